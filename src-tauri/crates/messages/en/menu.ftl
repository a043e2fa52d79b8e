### The window's menu, the question when it closes, and the About dialog.

leave = Changes in AWS are still in progress
leave-why = If you quit, they stop after the current change. You can undo completed changes later. If AWS doesn’t respond within 3 seconds, we check the last change at the next start.
leave-stop = Stop and quit
leave-stay = Don’t quit

menu-app = nOps SSO Setup
menu-hide = Hide nOps SSO Setup
menu-hide-others = Hide others
menu-show-all = Show all
menu-file = &File
menu-setups = &All setups
menu-choose-file = &Open a colleague’s file…
menu-save = &Save report…
menu-hand-over = &Hand over…
menu-quit = &Quit
menu-edit = &Edit
menu-undo = &Undo
menu-redo = &Redo
menu-cut = Cu&t
menu-copy = &Copy
menu-paste = &Paste
menu-select-all = Select &all
menu-view = &View
menu-mini-window = &Mini window
menu-zoom-in = Zoom &in
menu-zoom-out = Zoom &out
menu-zoom-reset = A&ctual size
menu-go = &Go
menu-continue = &Continue
menu-back = &Back
menu-step = { $number }  { $step }
menu-help = &Help
menu-help-steps = The &ten steps
menu-help-glossary = &Glossary
menu-help-problems = T&roubleshooting
menu-help-findings = All f&indings
menu-help-data = &Data and privacy
menu-keys = &Keyboard shortcuts
menu-support = &Support details…
menu-folder = Open setups &folder
menu-update = Check for a new &version
menu-about = &About nOps SSO Setup

failure-folder = Couldn’t open the folder { $folder }. Open it in your file manager.

about-version = Version { $version }
about-tauri = Tauri
about-webview = Web view
about-folder = Setups folder
about-open-folder = Open folder
about-inside = { $count ->
    [one] Includes 1 third-party package
   *[other] Includes { $count } third-party packages
  }
about-package = Package
about-package-version = Version
about-license = License

## Support details. The values are names from the program, which support looks up.

support = Support details
support-why = Send this text to support. It doesn’t contain names, addresses, IDs, or other values from your setup.
support-copy = Copy details
support-program =
    nOps SSO Setup { $version }, { $platform }
    Tauri { $tauri }, web view { $webview }
explain-start =
    { $variable ->
        [attribute] An attribute
        [name] An attribute
        [provider] The identity provider
        [key] A value
       *[count] Some
    }
support-setup =
    Setup: { $kind }, { $mode }
    AWS connection: { $connection }
    Steps: { $steps }
    Findings: { $findings }
    Last AWS errors (permission, error, request ID): { $calls }
    Assumptions confirmed: { $yes }
    Assumptions contradicted: { $no }
    Assumptions not checked: { $unseen }

## The result of Check for a new version

update-newer = Version { $new } is available. You have version { $current }.
update-none = No newer version found. You have version { $current }.
update-unreadable = { $host } didn’t send the newest version. Try again later.
