### The menu of the window, and what the window asks when it is closed.

leave = Changes in AWS are being made
leave-why = They stop before the next call. What was done stays, is in the change history and can be undone. A call that gets no answer within 3 seconds is checked in AWS at the next start.
leave-stop = Stop and quit
leave-stay = Go on

menu-file = &File
menu-shelf = &All setups
menu-save = &Save the report…
menu-quit = &Quit
menu-edit = &Edit
menu-undo = &Undo
menu-redo = &Redo
menu-cut = Cu&t
menu-copy = &Copy
menu-paste = &Paste
menu-select-all = Select &all
menu-view = &View
menu-companion = &mini window
menu-zoom-in = Zoom &in
menu-zoom-out = Zoom &out
menu-zoom-reset = A&ctual size
menu-go = &Go
menu-continue = &Continue
menu-back = &Back
menu-step = { $number }  { $step }
menu-help = &Help
menu-keys = &Keyboard
menu-folder = &Folder of the setups
menu-about = &About nOps SSO Setup

failure-folder = The folder { $folder } could not be opened: { $reason }

about-version = Version { $version }
about-tauri = Tauri
about-webview = Webview of this computer
about-folder = Setups are kept in
about-open-folder = Open the folder
about-inside = { $count ->
    [one] 1 package inside
   *[other] { $count } packages inside
  }
about-package = Package
about-package-version = Version
about-licence = Licence
