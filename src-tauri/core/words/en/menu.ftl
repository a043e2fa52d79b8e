### The menu of the window, and what the window asks when it is closed.

leave = Changes in AWS are being made
leave-why = They stop before the next call. What was done stays, is in the journal and can be taken back.
leave-stop = Stop and quit
leave-stay = Go on
