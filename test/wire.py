#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""wire OURS QEMUS [percent=N] [packets=N]: what lies between a network card of
QEMU (-netdev dgram with two Unix sockets: OURS is the path that this listens
on, QEMUS that of QEMU) and a new interface tap0 of this network namespace. The
first packets=N frames (all, if that is not given) may be lost, percent=N of
them, both ways and always the same ones.
"""
import fcntl
import os
import random
import select
import socket
import struct
import sys

OURS, QEMUS = sys.argv[1:3]
OPTIONS = dict(word.split("=", 1) for word in sys.argv[3:])
TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454CA, 2, 0x1000

tap = os.open("/dev/net/tun", os.O_RDWR)
fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", b"tap0",
                                        IFF_TAP | IFF_NO_PI))
card = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
card.bind(OURS)
rng = random.Random(1)
loss = int(OPTIONS.get("percent", 0))
left = int(OPTIONS.get("packets", 1 << 30))
lost = 0
while True:
    for one in select.select([tap, card], [], [])[0]:
        frame = os.read(tap, 65536) if one == tap else card.recv(65536)
        left -= 1
        if left >= 0 and rng.randrange(100) < loss:
            lost += 1
            print("lost", lost, "of", len(frame), "bytes", flush=True)
            continue
        try:
            if one == tap:
                card.sendto(frame, QEMUS)
            else:
                os.write(tap, frame)
        except OSError:
            pass  # one of the two is not up yet
