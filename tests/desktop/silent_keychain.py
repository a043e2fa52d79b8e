"""A keychain (Secret Service) that accepts every call and never responds."""

import os
import socket
import struct

address = os.environ["DBUS_SESSION_BUS_ADDRESS"].partition(":")[2].split(";")[0]
parts = dict(part.split("=", 1) for part in address.split(","))
bus = socket.socket(socket.AF_UNIX)
bus.connect("\0" + parts["abstract"] if "abstract" in parts else parts["path"])
bus.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
assert bus.recv(512).startswith(b"OK")
bus.sendall(b"BEGIN\r\n")


def padded(data, to):
    return data + b"\0" * (-len(data) % to)


def string(text):
    return struct.pack("<I", len(text)) + text.encode() + b"\0"


def call(serial, member, signature=b"", body=b""):
    """Makes a direct call to the bus, in the message format of the D-Bus specification."""
    fields = b""
    for code, kind, text in (
        (1, b"o", "/org/freedesktop/DBus"),
        (2, b"s", "org.freedesktop.DBus"),
        (3, b"s", member),
        (6, b"s", "org.freedesktop.DBus"),
    ):
        fields = padded(fields, 8) + struct.pack("B", code) + b"\1" + kind + b"\0" + string(text)
    if signature:
        fields = padded(fields, 8) + b"\x08\1g\0" + bytes([len(signature)]) + signature + b"\0"
    head = struct.pack("<BBBBII", ord("l"), 1, 0, 1, len(body), serial)
    bus.sendall(padded(head + struct.pack("<I", len(fields)) + fields, 8) + body)


call(1, "Hello")
call(2, "RequestName", b"su", padded(string("org.freedesktop.secrets"), 4) + struct.pack("<I", 0))
while bus.recv(65536):
    pass
