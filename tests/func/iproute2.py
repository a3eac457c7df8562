#!/usr/bin/python3 -I
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
"""iproute2.py ROWS SECTION FEATURE...: compares iproute2 with our tools.

Two network namespaces have the same devices. Of each row of a section of ROWS
(man/iproute2.rows), the command of iproute2 runs in one of them, and ours in the
other. After each row, iproute2 and brctl must report the same of both."""

import json
import os
import re
import shlex
import subprocess
import sys
import time

# The first device of each pair is br0's port or stays alone.
WORLD = """link add br0 address 02:00:00:00:00:10 type bridge
link add p1 address 02:00:00:00:00:11 type veth peer name q1 address 02:00:00:00:00:21
link add p2 address 02:00:00:00:00:12 type veth peer name q2 address 02:00:00:00:00:22
link add p3 address 02:00:00:00:00:13 type veth peer name q3 address 02:00:00:00:00:23
link add p4 address 02:00:00:00:00:14 type veth peer name q4 address 02:00:00:00:00:24
link set p1 master br0
link set p2 master br0
link set p1 up
link set q1 up
link set p2 up
link set q2 up
link set br0 up
link set br0 type bridge mcast_querier 0
"""
PROGRAMS = {"brctl": os.environ["BRCTL"], "vconfig": os.environ["VCONFIG"],
            "ip": "ip", "bridge": "bridge"}
# Values that the kernel counts or chooses.
VARYING = re.compile(r".*_timer|timer|ifindex|link_index|stats64|gc_timer|bridge_id|"
                     r"root_id|designated_.*|id|no|port_id|port_no|updated|used|"
                     r"index|idle|age|operstate")
# The address of a device that was made without one.
RANDOM = re.compile(r"(?!02:00:00)[0-9a-f][26ae](:[0-9a-f]{2}){5}")


def run(world, words):
    """Runs a command in a namespace."""
    return subprocess.run([PROGRAMS[words[0]], "-n", world, *words[1:]],
                          stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, check=False, timeout=30)


def reduce(value, is_link=False):
    """Drops what differs between the two by chance."""
    if isinstance(value, dict):
        return {key: "UP" in item if key == "flags" and is_link
                else reduce(item)
                for key, item in value.items() if not VARYING.fullmatch(key)}
    if isinstance(value, list):
        return sorted((reduce(item, is_link) for item in value), key=str)
    return "random" if RANDOM.fullmatch(str(value)) else value


def read(world, *words):
    result = run(world, list(words))
    text = result.stdout.strip()
    return json.loads(text) if result.returncode == 0 and text else []


LINKS = ["ip -d -j link show"]
# The commands that show the changes of a section: iproute2's and ours.
READERS = {
    "Bridges": [*LINKS, "brctl -j get all"],
    "Options of bridges": [*LINKS, "brctl -j get all"],
    "VLANs of bridges": [*LINKS, "brctl -j get all"],
    "Ports": [*LINKS, "brctl -j getport br0"],
    "Options of ports": [*LINKS, "brctl -j getport br0"],
    "VLANs of ports": ["bridge -d -j vlan show", "bridge -j vlan tunnelshow",
                       "bridge -d -j vlan global", "brctl -j showvlans"],
    "The FDB": ["bridge -j fdb show", "brctl -j showmacs br0"],
    "Multicast groups": ["bridge -d -j mdb show", "brctl -j showgroups"],
    "VLAN devices": [*LINKS, "vconfig -j show"],
}


def report(world, section):
    """What iproute2 and our tools say of a namespace."""
    return {command: reduce(read(world, *command.split()),
                            command in LINKS)
            for command in READERS[section]}


def rows_of(path, section):
    """The rows of a section: words of both commands, and what they need."""
    title = None
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("== "):
                title = line[3:]
            elif title == section and line and not line.startswith("#"):
                left, right, *needs = line.split(" | ")
                yield (left.startswith("? "), shlex.split(left.lstrip("? ")),
                       shlex.split(right), " ".join(needs).split())


def version():
    text = subprocess.run(["ip", "-V"], capture_output=True, text=True,
                          check=True).stdout
    found = re.search(r"iproute2-(?:ss)?(\d+)\.(\d+)", text)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def lacks(need, features):
    """Whether a need is not met here."""
    if need.startswith("iproute2-"):
        return tuple(map(int, need[9:].split("."))) > version()
    return need not in features


def fail(row, text):
    print(" ".join(row[1]), "|", " ".join(row[2]))
    print("   ", text)
    sys.exit(1)


def only_in(one, other):
    return json.dumps([item for item in one if item not in other])


def compare(row, section):
    """Returns what is reported of both namespaces."""
    left, right = report("left", section), report("right", section)
    for command, value in left.items():
        if value != right[command]:
            fail(row, f"{command}: {only_in(value, right[command])}\n"
                      f"    and not {only_in(right[command], value)}")
    return left


def options_of(world):
    """The options that this kernel has."""
    names = set()
    for words in ("get", "all"), ("getport", "br0"):
        for item in read(world, "brctl", "-j", *words):
            names |= set(item["options"])
    # A kernel without VLAN filtering reports that it is off.
    return names - {"vlan_filtering"}


def wait_for_carrier(world):
    """The kernel sets the state of a port when it sees the carrier."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        links = {link["ifname"]: link["operstate"]
                 for link in read(world, "ip", "-j", "link", "show")}
        if links["p1"] == links["p2"] == links["br0"] == "UP":
            return
        time.sleep(0.05)
    sys.exit(f"no carrier: {links}")


def make(world):
    subprocess.run(["ip", "netns", "add", world], check=True)
    # The bridges must not learn from neighbour discovery.
    subprocess.run(["ip", "netns", "exec", world, "sh", "-c",
                    "for f in /proc/sys/net/ipv6/conf/*/disable_ipv6;"
                    " do [ ! -e $f ] || echo 1 > $f; done"], check=True)
    subprocess.run(["ip", "-n", world, "-b", "-"], input=WORLD, text=True,
                   check=True)
    wait_for_carrier(world)


def try_row(row):
    """Runs both sides of a row."""
    is_reading, theirs, ours, _ = row
    for world, words in ("left", theirs), ("right", ours):
        result = run(world, words)
        if result.returncode or is_reading and not result.stdout:
            fail(row, f"{words[0]}: {result.stderr or result.returncode}")


def main():
    rows, section, *features = sys.argv[1:]
    tried = changed = skipped = 0
    for world in "left", "right":
        make(world)
    features += options_of("right")
    state = report("left", section)
    for row in rows_of(rows, section):
        missing = [need for need in row[3] if lacks(need, features)]
        if missing:
            print("# skipped:", *row[2], "needs", *missing)
            skipped += 1
            continue
        try_row(row)
        before, state = state, compare(row, section)
        changed += state != before
        tried += 1
    print(f"# {section}: {tried} rows, of which {changed} change something, "
          f"{skipped} skipped")


main()
