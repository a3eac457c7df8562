#!/usr/bin/python3 -I
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
"""json-many.py WORD...: runs brctl -j WORD..., whose output has to be a JSON
array, and prints its length, the output's bytes and the most kilobytes that
brctl was seen to hold."""

import json
import os
import subprocess
import sys


def peak(pid):
    """Gone are these lines with the memory, when the program has ended."""
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
    # The pipe holds less than most outputs: brctl waits for us to read on.
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
