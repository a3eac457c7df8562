#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig -n: another network namespace, by name, path and process id.

load ../common.bash
load vconfig.bash

setup()
{
	vlan_parent
	ip netns add there
	ip link add nic type veth peer name eth0 netns there
}

there()
{
	ip -n there -o link show dev "$1"
}

in_there()
{
	local file

	file=$(in_guest there cat $CONFIG)
	grep -qE "^$1 +\| $2 +\| $3\$" <<< "$file"
}

@test "a name in /run/netns" {
	gives 0 "$(added eth0 5)" "" -n there add eth0 5
	in_there eth0.5 5 eth0
	missing eth0.5
	[ "$(vlans)" -eq 0 ]
}

@test "the option in all its forms" {
	local vid=10 words

	for words in "-n there" "-nthere" "--netns there" "--netns=there"; do
		# shellcheck disable=SC2086 # words
		gives 0 "$(added eth0 $vid)" "" $words add eth0 $vid
		in_there eth0.$vid $vid eth0
		vid=$((vid + 1))
	done
	[ "$(vlans)" -eq 0 ]
}

@test "a path" {
	gives 0 "$(added eth0 5)" "" -n /run/netns/there add eth0 5
	in_there eth0.5 5 eth0
	missing eth0.5
}

same_netns()
{
	[ "/proc/$1/ns/net" -ef "$2" ]
}

@test "the id of a process" {
	# Descriptor 3 belongs to bats, and must not stay open after the test.
	ip netns exec there sleep 1000 3>&- &
	child_pids+=($!)
	poll 10 same_netns $! /run/netns/there
	gives 0 "$(added eth0 5)" "" -n $! add eth0 5
	in_there eth0.5 5 eth0
	missing eth0.5
}

@test "every command works there" {
	vconfig -n there add eth0 5
	gives 0 "Set flag on device -:eth0.5:-\
 Should be visible in /proc/net/vlan/eth0.5" "" -n there set_flag eth0.5 1 0
	gives 0 "Set egress mapping on device -:eth0.5:-\
 Should be visible in /proc/net/vlan/eth0.5" "" \
		-n there set_egress_map eth0.5 3 5
	gives 0 "Set ingress mapping on device -:eth0.5:-\
 Should be visible in /proc/net/vlan/eth0.5" "" \
		-n there set_ingress_map eth0.5 3 5
	gives 0 "$SHOW_HEADER"$'\neth0.5\t5\teth0\t802.1Q\t-\tingress 5:3\tegress 3:5' \
		"" -n there show
	gives 0 "Removed VLAN -:eth0.5:-" "" -n there rem eth0.5
	run -1 there eth0.5
}

@test "each namespace has its own name type" {
	gives 0 "Set name-type for VLAN subsystem.\
 Should be visible in /proc/net/vlan/config" "" \
		-n there set_name_type VLAN_PLUS_VID
	gives 0 "$(added eth0 5)" "" -n there add eth0 5
	in_there vlan0005 5 eth0
	adds eth0 5
	listed eth0.5 5 eth0
	[ "$(naming)" = VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD ]
}

@test "errors refer to the named namespace" {
	adds far 5
	answers 3 "ERROR: trying to add VLAN #5 to IF -:far:-\
  error: No such device" -n there add far 5
	answers 4 "ERROR: trying to remove VLAN -:nope:- error: No such device" \
		-n there rem nope
}

@test "a parent in another namespace is shown as -" {
	vconfig add eth0 5
	ip link set eth0.5 netns there
	gives 0 "$SHOW_HEADER"$'\neth0.5\t5\t-\t802.1Q\tREORDER_HDR' "" \
		-n there show
	works show
}

@test "an invalid namespace is refused, and no device is added here" {
	local word

	for word in nope /nope /run/netns/nope /dev/null 0 999999999 ""; do
		answers 1 "vconfig: *" -n "$word" add eth0 5
	done
	[ "$(vlans)" -eq 0 ]
}

@test "the error names a missing namespace" {
	turned_down nope -n nope add eth0 5
}
