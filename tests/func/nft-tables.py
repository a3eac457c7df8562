# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Prints the names of the tables of nf_tables in the families bridge and netdev,
# without nft.

import socket
import struct

GETTABLE, DUMP = 10 << 8 | 1, 0x301
NAME = 1


def names(data):
    at = 20
    while at + 4 <= len(data):
        length, kind = struct.unpack_from("=HH", data, at)
        if kind & 0x3fff == NAME:
            yield data[at + 4:at + length - 1].decode()
        at += max(4, length + 3 & ~3)


def messages(sock):
    while True:
        data = sock.recv(65536)
        while data:
            length, kind = struct.unpack_from("=IH", data)
            if kind in (2, 3):
                return
            yield data[:length]
            data = data[length + 3 & ~3:]


for family in (7, 5):
    sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)
    sock.send(struct.pack("=IHHIIBBH", 20, GETTABLE, DUMP, 1, 0, family, 0, 0))
    for message in messages(sock):
        for name in names(message):
            print(name)
