#!/usr/bin/python3 -I
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
"""json-many.py WORD...: runs brctl -j WORD..., which must print a JSON array.
Prints the length of the array, the size of the output in bytes, and the peak
memory usage of brctl in kilobytes."""

import json
import os
import subprocess
import sys


def peak(pid):
    """Returns 0 if the program has ended: the file then lacks this line."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


def main():
    child = subprocess.Popen([os.environ["BRCTL"], "-j", *sys.argv[1:]],
                             stdout=subprocess.PIPE)
    text = bytearray()
    most = 0
    # Most outputs do not fit into the pipe, so brctl waits for each read.
    while True:
        most = max(most, peak(child.pid))
        piece = os.read(child.stdout.fileno(), 16384)
        if not piece:
            break
        text += piece
    if child.wait() != 0:
        return child.returncode
    print(len(json.loads(text)), len(text), most)
    return 0


sys.exit(main())
