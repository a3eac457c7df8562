#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vbridge-iproute2(7): each command of ours has the same effect as the command
# of iproute2 beside it.
#
# environment: ns

load ../common.bash

rows=$tests_dir/../man/iproute2.rows

# same SECTION: checks the rows of this section.
same()
{
	# shellcheck disable=SC2086 # words
	"$PYTHON" -I "$tests_dir/func/iproute2.py" "$rows" "$1" $VB_FEATURES
}

@test "bridges" {
	needs json
	same Bridges
}

@test "options of bridges" {
	needs json
	same "Options of bridges"
}

@test "options of bridges that filter VLANs" {
	needs json vlan_filtering
	same "VLANs of bridges"
}

@test "ports" {
	needs json
	same Ports
}

@test "options of ports" {
	needs json
	same "Options of ports"
}

@test "VLANs of ports" {
	needs json vlan_filtering
	same "VLANs of ports"
}

@test "the FDB" {
	needs json
	same "The FDB"
}

@test "multicast groups" {
	needs json
	same "Multicast groups"
}

@test "VLAN devices" {
	needs json 8021q
	same "VLAN devices"
}

@test "each section has a test" {
	local section

	while IFS= read -r section; do
		grep -q "same \"*${section#== }\"*\$" "$BATS_TEST_FILENAME"
	done < <(grep '^== ' "$rows")
}
