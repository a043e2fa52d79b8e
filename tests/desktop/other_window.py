"""Another window on this desktop: the source of a drag, or another program using the clipboard.

Usage: other_window.py drag WHAT     shows a window with a file or a link; prints `ready`, then `dropped`
       other_window.py clipboard     prints the text on the clipboard
       other_window.py front         shows a window, prints `ready`, and keeps running
       other_window.py dying         owns the wizard's name on the bus, and exits when notified of a second start
       other_window.py close NUMBER  asks a window to close, as its title bar button does
       other_window.py copy FILE...  copies files, as a file manager does; prints `ready`, and keeps running
       other_window.py copy-html     the same with HTML (text and cells), as a browser does
       other_window.py copy-text     the same with plain text, as an editor does
"""

import ctypes
import os
import pathlib
import re
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402


def drag(what):
    is_link = "://" in what
    window = Gtk.Window(type=Gtk.WindowType.POPUP)
    window.move(1400, 80)
    window.set_size_request(120, 80)
    handle = Gtk.EventBox()
    handle.add(Gtk.Label(label=what))
    actions = Gdk.DragAction.COPY | Gdk.DragAction.LINK
    # Firefox offers a link in this form, and file managers offer files as a list of URIs.
    links = [Gtk.TargetEntry.new("_NETSCAPE_URL", 0, 0)] if is_link else []
    handle.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, links, actions)
    if is_link:
        content = f"{what}\nA link".encode()
        handle.connect("drag-data-get", lambda _w, _c, data, _i, _t: data.set(data.get_target(), 8, content))
    else:
        uri = pathlib.Path(what).as_uri()
        handle.drag_source_add_uri_targets()
        handle.connect("drag-data-get", lambda _w, _c, data, _i, _t: data.set_uris([uri]))
    handle.connect("drag-end", lambda _w, _c: finish())
    window.add(handle)
    window.show_all()
    GLib.idle_add(say, "ready")
    Gtk.main()


def clipboard():
    text = Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD).wait_for_text()
    sys.stdout.write(text or "")


def front():
    window = Gtk.Window(title="other")
    window.set_default_size(300, 200)
    window.connect("map-event", lambda _w, _e: say("ready"))
    window.show_all()
    Gtk.main()


def dying():
    name = "io.nops.sso-setup.SingleInstance"
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    node = Gio.DBusNodeInfo.new_for_xml(
        "<node><interface name='org.SingleInstance.DBus'><method name='ExecuteCallback'>"
        "<arg type='as' direction='in'/><arg type='s' direction='in'/></method></interface></node>"
    )
    path = "/" + name.replace(".", "/").replace("-", "_")
    bus.register_object(path, node.interfaces[0], lambda *_call: os._exit(0), None, None)
    Gio.bus_own_name_on_connection(bus, name, Gio.BusNameOwnerFlags.NONE, lambda *_owned: say("ready"), None)
    GLib.MainLoop().run()


class ClientMessage(ctypes.Structure):
    """XClientMessageEvent of Xlib."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 16),
    ]


def close(window):
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x.XInternAtom.restype = ctypes.c_ulong
    x.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
    x.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x.XOpenDisplay(None)
    protocols = x.XInternAtom(display, b"WM_PROTOCOLS", 0)
    delete = x.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
    client_message = 33
    message = ClientMessage(type=client_message, window=window, message_type=protocols, format=32)
    message.data[0] = delete
    x.XSendEvent(display, window, 0, 0, ctypes.byref(message))
    x.XCloseDisplay(display)


def copy_kinds(kinds):
    """Takes ownership of the clipboard and provides the bytes of each content type."""
    owner = Gtk.Window(type=Gtk.WindowType.POPUP)
    owner.realize()
    for info, kind in enumerate(kinds):
        Gtk.selection_add_target(owner, Gdk.SELECTION_CLIPBOARD, Gdk.Atom.intern(kind, False), info)
    owner.connect("selection-get", lambda _w, data, _i, _t: answer(data, kinds))
    if not Gtk.selection_owner_set(owner, Gdk.SELECTION_CLIPBOARD, 0):
        sys.exit("the clipboard can't be had")
    GLib.idle_add(say, "ready")
    Gtk.main()


def answer(data, kinds):
    target = data.get_target()
    data.set(target, 8, kinds[target.name()])


def copy_files(files):
    links = "".join(f"{pathlib.Path(file).as_uri()}\r\n" for file in files)
    gnome = "copy\n" + "\n".join(pathlib.Path(file).as_uri() for file in files)
    paths = "\n".join(files)
    copy_kinds({
        "text/uri-list": links.encode(),
        "x-special/gnome-copied-files": gnome.encode(),
        "UTF8_STRING": paths.encode(),
        "text/plain;charset=utf-8": paths.encode(),
    })


def copy_html(html):
    text = re.sub(r"<[^>]*>", " ", html)
    copy_kinds({
        "text/html": html.encode(),
        "UTF8_STRING": text.encode(),
        "text/plain;charset=utf-8": text.encode(),
    })


def copy_text(text):
    copy_kinds({"UTF8_STRING": text.encode(), "text/plain;charset=utf-8": text.encode()})


def finish():
    say("dropped")
    Gtk.main_quit()


def say(word):
    print(word, flush=True)


def main():
    match sys.argv[1:]:
        case ["drag", file]:
            drag(file)
        case ["clipboard"]:
            clipboard()
        case ["copy", *files] if files:
            copy_files(files)
        case ["copy-html"]:
            copy_html(sys.stdin.buffer.read().decode())
        case ["copy-text"]:
            copy_text(sys.stdin.buffer.read().decode())
        case ["close", number]:
            close(int(number))
        case ["dying"]:
            dying()
        case ["front"]:
            front()
        case _:
            sys.exit(__doc__)


main()
