// The page is there, and so is its one button.
performance.mark("usable");
