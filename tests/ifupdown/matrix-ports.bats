#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Applies interfaces files with our hooks and with Debian's, both with our
# programs, and compares the state of the kernel. Which devices become ports.
#
# environment: ns

load ../common.bash
load ifupdown.bash

# Options that only our hooks have are tested in other suites.
@test "the files have each option of Debian's hooks" {
	local option missing='' page=$tests_dir/../man/vbridge-interfaces.5

	while read -r option; do
		case $option in
		bridge_vids|bridge_pvid|bridge_access) continue ;;
		bridge_allow_untagged) continue ;;
		vlan_id|vlan_protocol) continue ;;
		esac
		cat "$tests_dir"/ifupdown/matrix/* | tr - _ |
			grep -q "^ *$option " || missing+=" $option"
	done < <(sed -nE 's/^\.It Cm ((bridge|vlan|ip|hw)_[a-z_]*).*/\1/p' "$page")
	[ "$missing" = "" ]
	[ "$(find "$tests_dir/ifupdown/matrix" -type f | wc -l)" -eq 30 ]
	grep -q '^\.It Cm bridge_ports' "$page"
}

@test "the same with both hooks: tutorial 4's bridge, with an address" {
	same 01-tutorial
}

@test "the same with both hooks: bridge_ports none" {
	same 02-none
}

@test "the same with both hooks: only the ports" {
	same 03-defaults
}

@test "the same with both hooks: bridge_ports all" {
	same 04-all
}

@test "the same with both hooks: bridge_ports all, and another" {
	same 05-all-and-more
}

@test "the same with both hooks: an expression with an alternative" {
	same 06-regex
}

@test "the same with both hooks: an expression that matches many" {
	same 07-regex-many
}

@test "the same with both hooks: expressions and names alternately" {
	same 08-noregex
}

@test "the same with both hooks: an expression that matches nothing" {
	same 09-regex-matches-nothing
}

@test "the same with both hooks: a missing port" {
	same 10-port-not-there
}

@test "the same with both hooks: a port that is named twice" {
	same 11-port-twice
}
