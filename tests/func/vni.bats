#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# addvni, delvni, showvnis: the VNI filters of VXLAN devices.

load ../common.bash
load exact.bash

setup()
{
	needs vxlan
	no_ipv6
	ip -batch - <<-END
	link add vx0 type vxlan id 42 dstport 4789 local 127.0.0.1
	link add vx1 type vxlan external vnifilter dstport 4790 local 127.0.0.1
	link add vx2 type vxlan external vnifilter dstport 4790 local 127.0.0.2
	link set vx1 up
	link set vx2 up
	END
}

state()
{
	bridge vni show
}

# vnis DEVICE: prints them as bridge(8) shows them, "100-105,200 10.0.0.1".
vnis()
{
	bridge -j vni show dev "$1" | "$PYTHON" -Ic '
import json, sys
print(",".join("%d%s%s" % (v["vni"], "-%d" % v["vniEnd"] if "vniEnd" in v
      else "", " " + v["remote"] if "remote" in v else "")
      for d in json.load(sys.stdin) for v in d["vnis"]))'
}

@test "VNIs are added, and deleted" {
	works addvni vx1 100-105,200
	[ "$(vnis vx1)" = 100-105,200 ]
	works addvni vx1 103-110
	[ "$(vnis vx1)" = 100-110,200 ]
	works delvni vx1 103-106,200
	[ "$(vnis vx1)" = 100-102,107-110 ]
}

@test "with a group, which can be changed" {
	works addvni vx1 100-101 group 10.0.0.9
	works addvni vx1 101 group 10.0.0.8
	[ "$(vnis vx1)" = "100 10.0.0.9,101 10.0.0.8" ]
	gives 0 "device	VNIs	group
vx1	100	10.0.0.9
vx1	101	10.0.0.8" "" showvnis
}

@test "showvnis, also as JSON" {
	needs json
	works addvni vx1 100-105,200
	works addvni vx2 300
	gives 0 "device	VNIs	group
vx1	100-105	-
vx1	200	-
vx2	300	-" "" showvnis
	gives 0 "[
{\"device\":\"vx2\",\"index\":$(cat /sys/class/net/vx2/ifindex),\
\"first\":300,\"last\":300}
]" "" -j showvnis vx2
}

@test "a VNI that another device has: none is added" {
	works addvni vx1 100-105
	works addvni vx2 90 group 10.0.0.9
	denies 'brctl: cannot add VNIs to "vx2": File exists; the kernel says:'\
' VNI in use' addvni vx2 300,90-101
	[ "$(vnis vx2)" = "90 10.0.0.9" ]
}

@test "a VNI that is not there: none is deleted" {
	works addvni vx1 100-105
	denies 'brctl: cannot delete VNIs of "vx1": it has no VNI 106' \
		delvni vx1 103-106
	works --if-exists delvni vx1 103-106
	denies 'brctl: cannot delete VNIs of "vx1": it has no VNI 106' \
		--dry-run delvni vx1 103-106
	[ "$(vnis vx1)" = 100-105 ]
}

@test "devices without a VNI filter" {
	ip link add v0 type veth peer name w0
	denies 'brctl: cannot add VNIs to "vx0": it has no VNI filter: a VXLAN'\
' device gets one only when it is made, by "external vnifilter"' addvni vx0 5
	denies 'brctl: cannot delete VNIs of "v0": it is not a VXLAN device' \
		delvni v0 5
	denies 'brctl: cannot list the VNIs of "nope": No such device' \
		showvnis nope
	works --if-exists delvni nope 5
}

@test "words that are no VNIs" {
	local word

	for word in 0 16777216 5-3 5-,6 x 1,,2 "1," "" -5; do
		refuses "brctl: \"$word\" is not a list of VNIs, such as\
 100-105,200: they range from 1 to 16777215" addvni -- vx1 "$word"
	done
	refuses 'brctl: cannot add VNIs to "vx1": "x" is not an IP address' \
		addvni vx1 5 group x
	refuses 'brctl: cannot add VNIs to "vx1": the VXLAN device uses the'\
' other version of IP' addvni vx1 5 group fe80::1
	refuses 'brctl: "x" is not the word group' addvni vx1 5 x
	refuses 'brctl: "group" needs a value' addvni vx1 5 group
	[ "$(vnis vx1)" = "" ]
}
