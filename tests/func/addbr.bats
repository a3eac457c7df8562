#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# addbr: bridges that are made, and names that are refused.
#
# environment: ns

load ../common.bash
load exact.bash

@test "a bridge is made, and nothing is printed" {
	works addbr br0
	exists br0/bridge
	is br0/bridge/stp_state 0
}

@test "a name that is taken is refused" {
	works addbr br0
	refuses "device br0 already exists; can't create bridge with the same name" \
		addbr br0
	refuses "device lo already exists; can't create bridge with the same name" \
		addbr lo
}

@test "names that no device can have are refused" {
	local name

	for name in "" . .. a/b "a b" a:b %s a%db%d; do
		explains "add bridge failed: Invalid argument" \
			"cannot add bridge \"$name\": a device name is not\
 empty, \".\" or \"..\", and has no blanks and none of \"/\", \":\" and \"%\"" \
			addbr "$name"
	done
	[ "$(ip -o link show | wc -l)" -eq 1 ]
}

@test "the names that stand for all devices and for new ones" {
	local name

	for name in all default; do
		explains "add bridge failed: Invalid argument" \
			"cannot add bridge \"$name\": the kernel reserves the\
 names \"all\" and \"default\"" addbr "$name"
	done
}

@test "a name of 15 bytes is taken, and one of 16 is not cut to it" {
	works addbr abcdefghijklmno
	exists abcdefghijklmno
	works delbr abcdefghijklmno
	refuses "brctl: cannot add bridge \"abcdefghijklmnop\": a device name\
 has at most 15 bytes, this one has 16" addbr abcdefghijklmnop
	missing abcdefghijklmno
}

@test "%d in a name is the first free number" {
	works addbr br%d
	works addbr br%d
	exists br0
	exists br1
}

@test "a name may begin with a dash, after two dashes" {
	works addbr -- -x
	exists -x
	works delbr -- -x
	missing -x
}

@test "more words are passed over" {
	gives 0 "" 'brctl: ignored: "br1"' addbr br0 br1
	exists br0
	missing br1
}
