#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# delbr: deletes bridges, and refuses others.
#
# environment: ns

load ../common.bash
load exact.bash

@test "a bridge is deleted" {
	ip link add br0 type bridge
	works delbr br0
	missing br0
}

@test "the devices that were its ports remain" {
	pair v0 w0
	ip link add br0 type bridge
	ip link set v0 master br0
	works delbr br0
	exists v0
	missing v0/brport
}

@test "a bridge that is up is not deleted" {
	ip link add br0 type bridge
	ip link set br0 up
	refuses "bridge br0 is still up; can't delete it" delbr br0
	exists br0
}

@test "the error names a missing bridge" {
	refuses "bridge br0 doesn't exist; can't delete it" delbr br0
	refuses "bridge  doesn't exist; can't delete it" delbr ""
	refuses "bridge a/b doesn't exist; can't delete it" delbr a/b
}

@test "a device that is not a bridge is not deleted" {
	local name

	pair v0 w0

	for name in v0 lo; do
		explains "can't delete bridge $name: Operation not permitted" \
			"cannot delete bridge \"$name\": it is not a bridge" \
			delbr $name
	done
	exists v0
}

@test "a name of 16 bytes is not cut to the name of another bridge" {
	ip link add abcdefghijklmno type bridge
	refuses "bridge abcdefghijklmnop doesn't exist; can't delete it" \
		delbr abcdefghijklmnop
	exists abcdefghijklmno
}

@test "only the first bridge is deleted" {
	ip link add br0 type bridge
	ip link add br1 type bridge
	gives 0 "" 'brctl: ignored: "br1"' delbr br0 br1
	missing br0
	exists br1
}
