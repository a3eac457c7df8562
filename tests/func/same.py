#!/usr/bin/python3 -I
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
"""same.py WHAT BRIDGE COUNT: checks that our JSON and that of iproute2's bridge
agree on a bridge's vlans, counters, tunnels, fdb or mdb, in COUNT rows."""

import json
import os
import subprocess
import sys


def read(*words):
    text = subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout
    return json.loads(text) if text.strip() else []


def ours(*words):
    return read(os.environ["BRCTL"], "-j", *words)


def theirs(*words):
    return read("bridge", "-j", *words)


class Time(float):
    """A time that may differ, because the two readings are not simultaneous."""

    def __eq__(self, other):
        return abs(float(self) - float(other)) < 5

    def __repr__(self):
        return "~"


# --- VLANs: a row for each VLAN of each port ---------------------------------

def our_vlans(bridge, *words):
    for device in ours(*words, "showvlans", bridge):
        for row in device["vlans"]:
            for vid in range(row["first"], row["last"] + 1):
                yield device["port"], vid, row


def their_vlans(*words):
    for device in theirs(*words, "vlan", "show"):
        for row in device["vlans"]:
            first = row.get("vlan", row.get("vid"))
            for vid in range(first, row.get("vlanEnd", first) + 1):
                yield device["ifname"], vid, row


def vlans(bridge):
    left = [(port, vid, row["pvid"], row["untagged"],
             row["options"]["state"], row["options"].get("mcast_router"))
            for port, vid, row in our_vlans(bridge)]
    right = [(port, vid, "PVID" in row.get("flags", []),
              "Egress Untagged" in row.get("flags", []), row["state"],
              row.get("mcast_router"))
             for port, vid, row in their_vlans("-d")]
    return left, right


COUNTERS = "rx_bytes", "rx_packets", "tx_bytes", "tx_packets"


def counters(bridge):
    left = [(port, vid, *(row["options"][name] for name in COUNTERS))
            for port, vid, row in our_vlans(bridge, "-s")]
    right = [(port, vid, *(row[name] for name in COUNTERS))
             for port, vid, row in their_vlans("-s")]
    return left, right


def tunnels(bridge):
    left = [(port, vid, row["options"]["tunnel_id"] + vid - row["first"])
            for port, vid, row in our_vlans(bridge)
            if "tunnel_id" in row["options"]]
    right = [(device["ifname"], vid, row["tunid"] + vid - row["vlan"])
             for device in theirs("vlan", "tunnelshow")
             for row in device["tunnels"]
             for vid in range(row["vlan"],
                              row.get("vlanEnd", row["vlan"]) + 1)]
    return left, right


# --- the FDB, and groups -----------------------------------------------------

STATES = {"permanent": "local", "static": "static", "": "learned",
          "stale": "expired"}


def fdb(bridge):
    left = [(row["mac"], row["port"], row.get("vlan"), row["state"],
             row["sticky"], row["extern"], row["offloaded"],
             Time(row["age"]), Time(row["idle"]))
            for row in ours("showmacs", bridge)]
    right = [(row["mac"], row["ifname"], row.get("vlan"),
              STATES[row["state"]], "sticky" in row["flags"],
              "extern_learn" in row["flags"], "offload" in row["flags"],
              Time(row["updated"]), Time(row["used"]))
             for row in theirs("-s", "fdb", "show", "br", bridge)
             if row.get("master") == bridge]
    return left, right


FLAGS = "fast_leave", "star_excl", "blocked"


def mdb(bridge):
    groups, = ours("showgroups", bridge)
    left = [(row["port"], row["group"], row.get("vlan"), row.get("source"),
             row["permanent"], *(row[flag] for flag in FLAGS),
             row["include"],
             sorted(source["address"] for source in row["sources"]),
             Time(row["timer"]))
            for row in groups["groups"]]
    left += [("router", row["port"], row["type"], Time(row["timer"]))
             for row in groups["routers"]]
    answer, = theirs("-d", "-s", "mdb", "show", "dev", bridge)
    right = [(row["port"], row["grp"], row.get("vid"), row.get("src"),
              row["state"] == "permanent",
              *(flag in row["flags"] for flag in FLAGS),
              row.get("filter_mode") == "include",
              sorted(source["address"]
                     for source in row.get("source_list", [])),
              Time(row["timer"]))
             for row in answer["mdb"]]
    types = {"temp_query": 1, "permanent": 2, "temp": 3}
    right += [("router", row["port"], types[row["type"]],
               Time(row["timer"]))
              for row in answer.get("router", {}).get(bridge, [])]
    return left, right


def main():
    what, bridge, count = sys.argv[1:]
    left, right = (sorted(rows, key=repr) for rows in globals()[what](bridge))
    if left == right and len(left) == int(count):
        return 0
    for row in left:
        if row not in right:
            print("ours only:", *row)
    for row in right:
        if row not in left:
            print("theirs only:", *row)
    print(len(left), "and", len(right), "rows, to be", count)
    return 1


sys.exit(main())
