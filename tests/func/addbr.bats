#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# addbr: adds bridges and refuses invalid names.
#
# environment: ns

load ../common.bash
load exact.bash

@test "a bridge is added, and nothing is printed" {
	works addbr br0
	exists br0/bridge
	is br0/bridge/stp_state 0
}

@test "a name that already exists is refused" {
	works addbr br0
	refuses "device br0 already exists; can't create bridge with the same name" \
		addbr br0
	refuses "device lo already exists; can't create bridge with the same name" \
		addbr lo
}

@test "invalid device names are refused" {
	local name

	for name in "" . .. a/b "a b" a:b %s a%db%d; do
		explains "add bridge failed: Invalid argument" \
			"cannot add bridge \"$name\": a device name is not\
 empty, \".\" or \"..\", and has no blanks and none of \"/\", \":\" and \"%\"" \
			addbr "$name"
	done
	[ "$(ip -o link show | wc -l)" -eq 1 ]
}

@test "the reserved names all and default are refused" {
	local name

	for name in all default; do
		explains "add bridge failed: Invalid argument" \
			"cannot add bridge \"$name\": the kernel reserves the\
 names \"all\" and \"default\"" addbr "$name"
	done
}

@test "a name may have 15 bytes; one of 16 is refused, not cut" {
	works addbr abcdefghijklmno
	exists abcdefghijklmno
	works delbr abcdefghijklmno
	refuses "brctl: cannot add bridge \"abcdefghijklmnop\": a device name\
 has at most 15 bytes, this one has 16" addbr abcdefghijklmnop
	missing abcdefghijklmno
}

@test "%d in a name is replaced with the first free number" {
	works addbr br%d
	works addbr br%d
	exists br0
	exists br1
}

@test "after two dashes a name may begin with a dash" {
	works addbr -- -x
	exists -x
	works delbr -- -x
	missing -x
}

@test "extra arguments are ignored with a warning" {
	gives 0 "" 'brctl: ignored: "br1"' addbr br0 br1
	exists br0
	missing br1
}
