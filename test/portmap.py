#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# portmap.py: a portmapper (RFC 1833) for a namespace of a test's own, where no
# user is there whom the real one could become. Every registration is taken; the
# ports are those that stand on the command line.
#
#	portmap.py LOCAL_SOCKET PROGRAM:VERSION:PORT...

import os
import selectors
import socket
import struct
import sys

GETPORT = 3
PORTMAP_V2 = 2
table = {}
for word in sys.argv[2:]:
    program, version, port = map(int, word.split(":"))
    table[program, version] = port


def answer(call):
    """The reply to one call, or None when it is none."""
    if len(call) < 24:
        return None
    xid, kind, _, _, version, procedure = struct.unpack(">6I", call[:24])
    if kind != 0:
        return None
    value = 1  # a registration: TRUE
    if version == PORTMAP_V2 and procedure == GETPORT:
        asked = call[-16:]
        value = table.get(struct.unpack(">2I", asked[:8]), 0)
    reply = struct.pack(">6I", xid, 1, 0, 0, 0, 0)
    return reply + (b"" if procedure == 0 else struct.pack(">I", value))


def serve_stream(sock):
    head = sock.recv(4)
    size = struct.unpack(">I", head)[0] & 0x7FFFFFFF if len(head) == 4 else 0
    reply = answer(sock.recv(size)) if size else None
    if reply is None:
        selector.unregister(sock)
        sock.close()
        return
    sock.sendall(struct.pack(">I", 0x80000000 | len(reply)) + reply)


def serve_datagram(sock):
    call, peer = sock.recvfrom(2048)
    reply = answer(call)
    if reply is not None:
        sock.sendto(reply, peer)


def take(listener):
    sock, _ = listener.accept()
    selector.register(sock, selectors.EVENT_READ, serve_stream)


selector = selectors.DefaultSelector()
if os.path.exists(sys.argv[1]):
    os.unlink(sys.argv[1])
for family, kind, at, serve in (
    (socket.AF_UNIX, socket.SOCK_STREAM, sys.argv[1], take),
    (socket.AF_INET, socket.SOCK_STREAM, ("", 111), take),
    (socket.AF_INET, socket.SOCK_DGRAM, ("", 111), serve_datagram),
):
    one = socket.socket(family, kind)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    one.bind(at)
    if kind == socket.SOCK_STREAM:
        one.listen()
    selector.register(one, selectors.EVENT_READ, serve)
while True:
    for key, _ in selector.select():
        try:
            key.data(key.fileobj)
        except OSError:
            pass
