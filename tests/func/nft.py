# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Adds an nf_tables chain for forwarded packets, or for the hook that its name says,
# without the program nft.
# nft.py FAMILY TABLE CHAIN POLICY [DEVICE]: packets that come from DEVICE are
# accepted. nft.py FAMILY TABLE: deletes the table. Exit status 77: the kernel
# has no nf_tables.

import errno
import os
import socket
import struct
import sys

FAMILIES = {"inet": 1, "ip": 2, "arp": 3, "bridge": 7, "ip6": 10}
POLICIES = {"drop": 0, "accept": 1}
FORWARD = 2
HOOKS = {"prerouting": 0, "input": 1, "output": 3, "postrouting": 4}
NEWTABLE, NEWCHAIN, NEWRULE, DELTABLE = 0, 3, 6, 2
CREATE = 0x400
NFT = 10 << 8
ACCEPT = 1


def attr(kind, data):
    data = struct.pack("=HH", len(data) + 4, kind) + data
    return data + bytes(-len(data) % 4)


def nest(kind, *attrs):
    return attr(kind | 0x8000, b"".join(attrs))


def number(kind, value):
    return attr(kind, struct.pack(">I", value))


def text(kind, value):
    return attr(kind, value.encode() + b"\0")


def message(kind, flags, family, body, resource=0):
    message.number += 1
    body = struct.pack("=BB", family, 0) + struct.pack(">H", resource) + body
    return struct.pack("=IHHII", len(body) + 16, kind, 1 | flags,
                       message.number, 0) + body


message.number = 0


def expression(name, *attrs):
    return nest(1, text(1, name), nest(2, *attrs))


def accept_from(device):
    """iifname DEVICE accept."""
    name = device.encode().ljust(16, b"\0")
    return nest(4,
                expression("meta", number(2, 6), number(1, 1)),
                expression("cmp", number(1, 1), number(2, 0),
                           nest(3, attr(1, name))),
                expression("immediate", number(1, 0),
                           nest(2, nest(2, number(1, ACCEPT)))))


def make(family, table, chain, policy, device=None):
    yield message(NFT | NEWTABLE, CREATE | 4, family, text(1, table))
    yield message(NFT | NEWCHAIN, CREATE | 4, family,
                  text(1, table) + text(3, chain) +
                  nest(4, number(1, HOOKS.get(chain, FORWARD)), number(2, 0)) +
                  number(5, POLICIES[policy]) + text(7, "filter"))
    if device:
        yield message(NFT | NEWRULE, CREATE | 4, family,
                      text(1, table) + text(2, chain) + accept_from(device))


def delete(family, table):
    yield message(NFT | DELTABLE, 4, family, text(1, table))


def main(family, table, *words):
    family = FAMILIES[family]
    changes = list(make(family, table, *words) if words
                   else delete(family, table))
    try:
        sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)
    except OSError:
        return 77
    sock.send(message(16, 0, 0, b"", 10) + b"".join(changes) +
              message(17, 0, 0, b"", 10))
    for change in changes:
        error = -struct.unpack_from("=i", sock.recv(65536), 16)[0]
        if error:
            print("nft.py:", os.strerror(error), file=sys.stderr)
            return 77 if error in (errno.EINVAL, errno.EOPNOTSUPP) else 1
    return 0


sys.exit(main(*sys.argv[1:]))
