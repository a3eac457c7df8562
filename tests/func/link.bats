#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# link: the state, the MTU and the MAC address of any device.
#
# environment: ns

load ../common.bash
load exact.bash

MAC=02:00:00:00:00:07
OLD=02:00:00:00:00:01

setup()
{
	ip link add br0 type bridge
	ip link set br0 address $OLD
}

@test "a bridge can be set up with brctl only" {
	pair v0 w0
	works addbr br1
	works addif br1 v0
	works link br1 up
	works link v0 up
	gives 0 "v0 up mtu 1500 address $(cat /sys/class/net/v0/address)" "" \
		link v0
	[ "$(ip -o link show br1 up)" ]
}

@test "each word sets one property; several can be combined" {
	works link br0 up
	gives 0 "br0 up mtu 1500 address $OLD" "" link br0
	works link br0 mtu 1400
	gives 0 "br0 up mtu 1400 address $OLD" "" link br0
	works link br0 address $MAC
	gives 0 "br0 up mtu 1400 address $MAC" "" link br0
	works link br0 address $OLD down mtu 9000
	gives 0 "br0 down mtu 9000 address $OLD" "" link br0
}

@test "link accepts its own output as arguments" {
	local shown

	brctl link br0 up mtu 1400
	read -ra shown < <(brctl link br0)
	ip link set br0 down mtu 1500 address $MAC
	works link "${shown[@]}"
	gives 0 "br0 up mtu 1400 address $OLD" "" link br0
}

@test "JSON" {
	needs json
	local index

	index=$(cat /sys/class/net/br0/ifindex)
	gives 0 '{"device":"br0","index":'"$index"',"up":false,'\
'"carrier":false,"mtu":1500,"address":"'$OLD'"}' "" -j link br0
	refuses "brctl: --json cannot be used to set something" \
		-j link br0 up
}

@test "if one value is refused, nothing is set" {
	denies 'brctl: cannot change device "br0": its MTU ranges from 68 to 65535' \
		link br0 up mtu 67 address $MAC
	denies 'brctl: cannot change device "br0": the address of a'\
' device is neither a multicast address nor zero' link br0 up mtu 1400 address 01:00:5e:00:00:01
	denies 'brctl: cannot set the MTU of "br0": its MTU ranges from 68 to'\
' 65535' link br0 mtu 65536
	denies 'brctl: cannot read device "nope": No such device' link nope
	denies 'brctl: cannot set "nope" up: No such device' link nope up
}

@test "unknown, repeated and contradictory words are refused" {
	local row

	while IFS='|' read -r words why; do
		# shellcheck disable=SC2086 # several words
		denies "brctl: $why" link br0 $words
	done <<-'END'
	sideways|"sideways" is not one of up, down, mtu and address
	up sideways|"sideways" is not one of up, down, mtu and address
	mtu|"mtu" needs a value
	up address|"address" needs a value
	mtu x|"x" is not an MTU, a number of bytes
	mtu -1|"-1" is not an MTU, a number of bytes
	mtu 4294967296|"4294967296" is not an MTU, a number of bytes
	address 2:0:0:0:0|"2:0:0:0:0" is not a MAC address
	up down|"down" contradicts a word before it
	up up|"up" is given twice
	mtu 1400 mtu 1400|"mtu" is given twice
	END
	denies 'brctl: --dry-run needs something to set' --dry-run link br0
}

@test "a dry run checks the device and the values" {
	local before

	before=$(state)
	gives 0 "dry run: link br0 up mtu 1400" "" --dry-run link br0 up mtu 1400
	[ "$(state)" = "$before" ]
	denies 'brctl: cannot set "nope" up: No such device' \
		--dry-run link nope up
	denies 'brctl: cannot set the MTU of "br0": its MTU ranges from 68 to'\
' 65535' --dry-run link br0 mtu 10
}
