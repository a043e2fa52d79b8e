"""Another window on the same desktop: what a file is dragged from, and what else uses the clipboard.

Usage: other_window.py drag FILE     shows a window with the file; prints `ready`, then `dropped`
       other_window.py clipboard     prints the text on the clipboard
       other_window.py copy          puts what it reads on the clipboard; prints `ready`, and stays
"""

import pathlib
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402


def drag(file):
    window = Gtk.Window(type=Gtk.WindowType.POPUP)
    window.move(1400, 80)
    window.set_size_request(120, 80)
    handle = Gtk.EventBox()
    handle.add(Gtk.Label(label=file.name))
    handle.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
    handle.drag_source_add_uri_targets()
    handle.connect("drag-data-get", lambda _w, _c, data, _i, _t: data.set_uris([file.as_uri()]))
    handle.connect("drag-end", lambda _w, _c: finish())
    window.add(handle)
    window.show_all()
    GLib.idle_add(say, "ready")
    Gtk.main()


def clipboard():
    text = Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD).wait_for_text()
    sys.stdout.write(text or "")


def copy(text):
    board = Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD)
    board.set_text(text, -1)
    GLib.idle_add(say, "ready")
    Gtk.main()


def finish():
    say("dropped")
    Gtk.main_quit()


def say(word):
    print(word, flush=True)


def main():
    match sys.argv[1:]:
        case ["drag", file]:
            drag(pathlib.Path(file))
        case ["clipboard"]:
            clipboard()
        case ["copy"]:
            copy(sys.stdin.buffer.read().decode())
        case _:
            sys.exit(__doc__)


main()
