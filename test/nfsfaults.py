#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""nfsfaults MODE READY: an NFS server of version 3 with a fault, together with
its portmapper and mountd (RFC 5531, 1833, 1813), for a namespace of a test's
own. It serves no file. The file READY is made when it listens. Modes:

  silent        mountd takes calls and never answers
  gone          all of it is gone as soon as the directory itself is asked about
  stale         the handle that mountd gives is stale to the server
  unregistered  mountd is there, but the portmapper does not know it
"""
import selectors
import socket
import struct
import sys

MODE, READY = sys.argv[1:3]
PORTMAP, NFS, MOUNT = 100000, 100003, 100005
PORTS = {PORTMAP: 111, NFS: 2049, MOUNT: 20048}
GETPORT, MNT, STALE = 3, 1, 70
selector = selectors.DefaultSelector()


def words(*numbers):
    return struct.pack(">%dI" % len(numbers), *numbers)


def results(program, procedure, call):
    """What a call gives, or None for no answer."""
    if procedure == 0:
        return b""
    if program == PORTMAP and procedure == GETPORT:
        asked = struct.unpack(">4I", call[-16:])[0]
        known = asked in PORTS and (asked, MODE) != (MOUNT, "unregistered")
        return words(PORTS[asked] if known else 0)
    if program == MOUNT and procedure == MNT:
        handle = b"an old file handle that is stale"
        return None if MODE == "silent" else \
            words(0, len(handle)) + handle + words(1, 1)
    if program == NFS and MODE == "gone":
        for key in list(selector.get_map().values()):
            selector.unregister(key.fileobj)
            key.fileobj.close()
        return None
    return words(STALE, 0) if program == NFS else b""


def answer(call):
    if len(call) < 24:
        return None
    xid, kind, _, program, _, procedure = struct.unpack(">6I", call[:24])
    given = results(program, procedure, call) if kind == 0 else None
    return None if given is None else words(xid, 1, 0, 0, 0, 0) + given


def take(listener):
    sock, _ = listener.accept()
    selector.register(sock, selectors.EVENT_READ, serve_stream)


def serve_stream(sock):
    mark = sock.recv(4, socket.MSG_WAITALL)
    if len(mark) < 4:
        selector.unregister(sock)
        sock.close()
        return
    size = struct.unpack(">I", mark)[0] & 0x7FFFFFFF
    reply = answer(sock.recv(size, socket.MSG_WAITALL))
    if reply is not None:
        sock.sendall(words(0x80000000 | len(reply)) + reply)


def serve_datagram(sock):
    call, peer = sock.recvfrom(2048)
    reply = answer(call)
    if reply is not None:
        sock.sendto(reply, peer)


for port in PORTS.values():
    for kind, serve in ((socket.SOCK_STREAM, take),
                        (socket.SOCK_DGRAM, serve_datagram)):
        one = socket.socket(socket.AF_INET, kind)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(("", port))
        if kind == socket.SOCK_STREAM:
            one.listen()
        selector.register(one, selectors.EVENT_READ, serve)
open(READY, "w").close()
while True:
    for key, _ in selector.select():
        try:
            key.data(key.fileobj)
        except OSError:
            pass
