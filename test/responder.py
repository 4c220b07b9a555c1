#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""responder OURS QEMUS MODE [KEY=VALUE...]: a DHCP server with faults.

It is what a network card of QEMU is plugged into (-nic dgram with two Unix
sockets: OURS is the path that it listens on, QEMUS that of QEMU); each datagram
is an Ethernet frame. What it saw is printed, a line for each packet. Modes:

  lease     an ordinary lease: address, mask, router, name server ...
  norouter  the same without a router
  routes    classless routes (option 121), and a router that they replace
  bootp     answers as BOOTP does, without a type
  nak       offers, and refuses every request
  silent    answers nothing
  late      silent for the first after=N packets
  lossy     loses percent=N of all packets, both ways, always the same ones
  hostile   sends garbage of every kind before each good answer
  gone      offers, and is never seen again until after=N packets

It ends when whoever started it is gone, or after 300 s.
"""
import os
import random
import select
import socket
import struct
import sys
import time

OURS, QEMUS, MODE = sys.argv[1:4]
OPTIONS = dict(word.split("=", 1) for word in sys.argv[4:])
MAC = bytes([2, 0, 0, 0, 0, 254])
SERVER = bytes([192, 0, 2, 1])
CLIENT = bytes([192, 0, 2, 50])
COOKIE = b"\x63\x82\x53\x63"
DISCOVER, OFFER, REQUEST, ACK, NAK = 1, 2, 3, 5, 6


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def frame(payload):
    """A broadcast from port 67 to port 68."""
    udp = struct.pack("!4H", 67, 68, 8 + len(payload), 0) + payload
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 1, 0, 64, 17,
                       0, SERVER, b"\xff" * 4)
    head = head[:10] + struct.pack("!H", checksum(head)) + head[12:]
    return b"\xff" * 6 + MAC + b"\x08\x00" + head + udp


def bootp_of(data):
    """The DHCP packet in a frame, or None."""
    if len(data) < 282 or data[12:14] != b"\x08\x00" or data[23] != 17:
        return None
    udp = 14 + (data[14] & 15) * 4
    return data[udp + 8:] if data[udp + 2:udp + 4] == b"\0\x43" else None


def options_of(packet):
    found, at = {}, 240
    while at + 1 < len(packet) and packet[at] != 255:
        if packet[at] == 0:
            at += 1
            continue
        size = packet[at + 1]
        found[packet[at]] = packet[at + 2:at + 2 + size]
        at += 2 + size
    return found


def option(code, value):
    return bytes([code, len(value)]) + value


def lease_options():
    text = option(1, bytes([255, 255, 255, 0])) + option(51, b"\0\0\x0e\x10")
    text += option(6, bytes([192, 0, 2, 3])) + option(42, bytes([192, 0, 2, 4]))
    text += option(12, b"guest") + option(15, b"example.org")
    text += option(17, b"192.0.2.2:/srv/it's") + option(26, b"\x05\x14")
    text += option(119, b"\3eng\7example\3org\0\3ops\xc0\4")
    if MODE != "norouter":
        text += option(3, bytes([192, 0, 2, 254]))
    if MODE == "routes":
        text += option(121, bytes([0, 192, 0, 2, 7, 24, 198, 51, 100, 192, 0,
                                   2, 8, 24, 203, 0, 113, 0, 0, 0, 0]))
    return text


def reply(ask, kind, extra, address=CLIENT, xid=None):
    head = bytes([2, 1, 6, 0]) + (xid or ask[4:8]) + ask[8:12]
    head += bytes(4) + (bytes(4) if kind == NAK else address)
    head += bytes([192, 0, 2, 2]) + bytes(4) + ask[28:44] + bytes(192)
    typed = b"" if kind is None else option(53, bytes([kind]))
    named = b"" if kind is None else option(54, SERVER)
    return head + COOKIE + typed + named + extra + b"\xff"


def garbage(ask, kind):
    """What must not be taken, and must not hurt."""
    good = reply(ask, kind, lease_options())
    yield b""
    yield b"\x02"
    yield good[:100]
    yield good[:236] + bytes(4)
    yield good[:260]
    yield good[:-1] + b"\x0c\xff"
    yield b"\x01" + good[1:]
    yield good[:2] + b"\xff" + good[3:]
    yield good[:28] + bytes([6]) * 6 + good[34:]
    yield reply(ask, kind, lease_options(), xid=b"\xde\xad\xbe\xef")
    yield reply(ask, kind, lease_options(), address=bytes(4))
    yield reply(ask, kind, lease_options(), address=bytes([127, 0, 0, 1]))
    yield reply(ask, kind, lease_options(), address=b"\xff" * 4)
    yield reply(ask, 99, lease_options())
    yield reply(ask, kind, option(52, b"\7"))
    yield reply(ask, kind, option(52, b"\3"))[:44] + b"\x0c\xf0" * 96 + \
        good[236:240] + option(53, bytes([kind])) + option(54, SERVER) + \
        option(52, b"\3") + b"\xff"
    yield reply(ask, NAK, option(56, b"\x1b[2Jnot our server")).replace(
        option(54, SERVER), option(54, b"\x01\x02\x03\x04"))
    yield good + bytes(1400)
    rng = random.Random(7)
    for _ in range(50):
        yield bytes(rng.randrange(256) for _ in range(rng.randrange(600)))
    for _ in range(50):
        torn = bytearray(good)
        for _ in range(8):
            torn[rng.randrange(240, len(torn))] = rng.randrange(256)
        torn[4] ^= 0x80
        yield bytes(torn)


def hostile_lease(ask, kind):
    """Right, but each value of it is an attack."""
    extra = option(1, bytes([255, 0, 255, 0])) + option(51, b"\0\0\x0e\x10")
    extra += option(12, b"$(reboot)") + option(15, b"a'; reboot #")
    extra += option(17, b"/srv/\x1b[2J") + option(26, b"\0\1")
    extra += option(119, b"\1a\xc0\0") + option(6, b"\xff\xff\xff\xff")
    extra += option(121, bytes([33, 1, 2, 3, 4, 5, 192, 0, 2, 1]))
    extra += option(3, bytes([127, 0, 0, 1]))
    return reply(ask, kind, extra)


def answers(ask, kind, seen):
    if MODE == "silent" or (MODE == "late" and seen <= int(OPTIONS["after"])):
        return
    if MODE == "bootp":
        yield reply(ask, None, lease_options())
    elif MODE == "nak" and kind == REQUEST:
        yield reply(ask, NAK, option(56, b"address not for you"))
    elif MODE == "gone" and kind == REQUEST and seen <= int(OPTIONS["after"]):
        return
    elif MODE == "hostile":
        yield from garbage(ask, OFFER if kind == DISCOVER else ACK)
        yield hostile_lease(ask, OFFER if kind == DISCOVER else ACK)
    else:
        yield reply(ask, OFFER if kind == DISCOVER else ACK, lease_options())


def main():
    ours = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    ours.bind(OURS)
    rng, seen, parent = random.Random(1), 0, os.getppid()
    end = time.monotonic() + 300
    loss = int(OPTIONS.get("percent", 0))
    while time.monotonic() < end and os.getppid() == parent:
        if not select.select([ours], [], [], 1)[0]:
            continue
        ask = bootp_of(ours.recv(65536))
        if not ask or ask[0] != 1:
            continue
        told = options_of(ask)
        kind = told.get(53, b"\0")[0]
        seen += 1
        print(seen, "type=%d" % kind, "class=%s" % told.get(60, b"").decode(),
              "host=%s" % told.get(12, b"").decode(),
              "id=%s" % told.get(61, b"").hex(), flush=True)
        if rng.randrange(100) < loss:
            continue
        for packet in answers(ask, kind, seen):
            if rng.randrange(100) >= loss:
                ours.sendto(frame(packet), QEMUS)


main()
