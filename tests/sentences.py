#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
"""Prints random sentences of the documentation, the comments and the messages.

Somebody who does not know the text reads them. A sentence that must be read
twice is rewritten. The same seed prints the same sentences of the same tree:

    tests/sentences.py [SEED [COUNT]]
"""

import pathlib
import random
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
DOCUMENTS = ("*.md", "man/*.[58]", "man/*.8.in")
SOURCES = ("*.c", "*.h", "*.sh", "*.bash", "*.bats", "*.py", "*.awk")
ROFF = re.compile(r"^[.'](?:\\\"|SH|SS|TP|PP|EX|EE|TH|RS|RE|IP|nf|fi|de|TS|TE|br|sp).*|^\.[A-Z]+ ?|"
                  r"\\f[BIRP]|\\&", re.M)


def files(patterns):
    names = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=TOP,
                           check=True, capture_output=True, text=True).stdout
    return filter(None, names.split("\0"))


def paragraphs(name, text):
    """Returns the parts of a file that people read."""
    if not name.endswith((".c", ".h")):
        if not name.endswith((".md", ".5", ".8", ".in")):
            return re.findall(r"(?:^[ \t]*# .*\n)+", text, re.M)
        text = re.sub(r"^\.EX.*?^\.EE|^```.*?^```|^    .*$", "\n", text,
                      flags=re.M | re.S)
        return re.split(r"\n\s*\n|^[-*] |^\|", ROFF.sub("", text), flags=re.M)
    comments = re.findall(r"/\*.*?\*/|(?:^[ \t]*//.*\n)+", text, re.M | re.S)
    messages = re.findall(r'\b[NP]?_\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)', text)
    return comments + [re.sub(r'"\s*"', "", m) for m in messages]


def sentences(paragraph):
    plain = re.sub(r"^[ \t]*(?:#|//|/?\*+/?)|\*/", " ", paragraph, flags=re.M)
    plain = " ".join(plain.split())
    for sentence in re.split(r"(?<=[.!?:]) (?=[A-Z\"`*])", plain):
        if len(sentence.split()) >= 5 and "SPDX" not in sentence:
            yield sentence


def main():
    seed = sys.argv[1] if len(sys.argv) > 1 else str(random.randrange(10**6))
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    found = {}
    for name in files(DOCUMENTS + SOURCES):
        text = (TOP / name).read_text(encoding="utf-8", errors="replace")
        for paragraph in paragraphs(name, text):
            for sentence in sentences(paragraph):
                found[sentence] = name
    everything = sorted(found.items())
    print(f"seed {seed}: {count} of {len(everything)} sentences")
    chosen = random.Random(seed).sample(everything,
                                        min(count, len(everything)))
    for sentence, name in chosen:
        print(f"\n{name}:\n    {sentence}")


main()
