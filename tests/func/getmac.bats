#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# getmac: one entry of the FDB; and the flags that addmac gives.
#
# environment: ns

load ../common.bash
load exact.bash

MAC=02:bb:00:00:00:01

setup()
{
	no_ipv6
	ip -batch - <<-END
	link add br0 type bridge
	link add v0 type veth peer name w0
	link set v0 master br0
	link set v0 up
	link set w0 up
	link set br0 up
	END
}

state()
{
	bridge fdb show br br0 | sort
}

# row WORD...: prints the row of getmac without the heading and the age.
row()
{
	brctl getmac br0 "$@" | sed -n 's/\t *[0-9]*\.[0-9]*\t/\tAGE\t/; 2p'
}

@test "an entry as showmacs --long has it" {
	works addmac br0 v0 $MAC sticky
	[ "$(row $MAC)" = "$MAC	-	static	AGE	sticky	v0" ]
	[ "$(brctl getmac br0 $MAC | head -n 1)" = \
		"mac addr		VLAN	state	age	flags	port" ]
}

@test "as JSON" {
	needs json
	works addmac br0 v0 $MAC
	brctl -j getmac br0 $MAC |
		grep -F "{\"mac\":\"$MAC\",\"port\":\"v0\",\"index\":"
}

@test "no such entry" {
	refuses "brctl: cannot get $MAC of bridge \"br0\": there is no such\
 entry" getmac br0 $MAC
	refuses "brctl: cannot get $MAC of bridge \"br0\": there is no such\
 entry" getmac br0 $MAC vlan 5
	refuses "brctl: cannot get $MAC of bridge \"nope\": No such device" \
		getmac nope $MAC
	refuses "brctl: cannot get $MAC of bridge \"v0\": it is not a bridge" \
		getmac v0 $MAC
	refuses 'brctl: "x" is not a MAC address' getmac br0 x
	refuses 'brctl: "x" is not the word vlan' getmac br0 $MAC x
	refuses 'brctl: "0" is not a VLAN id: they range from 1 to 4094' \
		getmac br0 $MAC vlan 0
}

@test "of a VLAN; without one it says where there is one" {
	needs vlan_filtering
	ip link set br0 type bridge vlan_filtering 1
	brctl addmac br0 v0 $MAC vlan 1
	[ "$(row $MAC vlan 1)" = "$MAC	1	static	AGE	-	v0" ]
	refuses "brctl: cannot get $MAC of bridge \"br0\": there is no such\
 entry
brctl: there is an entry in VLAN 1" getmac br0 $MAC
}

@test "addmac: learned by a program" {
	works addmac br0 v0 $MAC extern_learn
	[ "$(row $MAC)" = "$MAC	-	learned	AGE	extern	v0" ]
	refuses "brctl: cannot add $MAC to \"v0\" of bridge \"br0\": File exists
brctl: \"v0\" has this address already (learned)" addmac br0 v0 $MAC extern
	works --may-exist addmac br0 v0 $MAC extern
	works addmac br0 v0 $MAC extern replace
}

@test "addmac: used, as if a frame came in" {
	forwarding v0
	works addmac br0 v0 $MAC use
	[ "$(row $MAC)" = "$MAC	-	learned	AGE	-	v0" ]
	works addmac br0 v0 $MAC use replace
	denies "brctl: cannot change 02:bb:00:00:00:02 of \"v0\" of bridge\
 \"br0\": there is no such entry" addmac br0 v0 02:bb:00:00:00:02 use replace
}

@test "addmac: activity" {
	works addmac br0 v0 $MAC activity_notify norefresh
	[ "$(row $MAC)" = "$MAC	-	static	AGE	activity_notify	v0" ]
	works addmac br0 v0 $MAC activity_notify inactive replace
	[ "$(row $MAC)" = \
		"$MAC	-	static	AGE	activity_notify,inactive	v0" ]
	brctl --long showmacs br0 inactive | grep $MAC
	[ "$(brctl --long showmacs br0 noactivity_notify | grep -c $MAC)" = 0 ]
}

@test "addmac: replace moves an entry, if there is one" {
	ip link add v1 type veth peer name w1
	ip link set v1 master br0
	denies "brctl: cannot change $MAC of \"v0\" of bridge \"br0\": there is\
 no such entry" addmac br0 v0 $MAC replace
	denies "brctl: cannot change $MAC of \"v0\" of bridge \"br0\": there is\
 no such entry" --dry-run addmac br0 v0 $MAC replace
	works addmac br0 v0 $MAC
	works addmac br0 v1 $MAC replace sticky
	[ "$(row $MAC)" = "$MAC	-	static	AGE	sticky	v1" ]
	works --may-exist addmac br0 v1 02:bb:00:00:00:02 replace
	[ "$(row 02:bb:00:00:00:02)" = \
		"02:bb:00:00:00:02	-	static	AGE	-	v1" ]
}

@test "addmac: in all VLANs of the port, or nothing is replaced" {
	needs vlan_filtering
	ip link set br0 type bridge vlan_filtering 1
	brctl addmac br0 v0 $MAC
	brctl delmac br0 v0 $MAC vlan 1
	denies "brctl: cannot change $MAC of \"v0\" of bridge \"br0\": there is\
 no such entry" addmac br0 v0 $MAC sticky replace
}

@test "addmac: words that contradict each other" {
	denies 'brctl: "static" contradicts a word before it' \
		addmac br0 v0 $MAC local static
	denies 'brctl: "append" contradicts a word before it' \
		addmac br0 v0 $MAC replace append
	denies "brctl: cannot add $MAC to \"v0\" of bridge \"br0\": an entry\
 that is used or that a program learned is not static" \
		addmac br0 v0 $MAC static use
	denies "brctl: cannot add $MAC to \"v0\" of bridge \"br0\": only VXLAN\
 devices have entries of routers, in their own table (self)" \
		addmac br0 v0 $MAC router
}
