#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The maximum number of ports, and many bridges.
#
# environment: ns

load ../common.bash
load exact.bash

@test "a bridge accepts 1,023 ports, and the next is refused" {
	local i

	for ((i = 0; i < 512; i++)); do
		echo "link add p$i type veth peer name q$i"
	done | ip -batch -
	ip link add br0 type bridge
	# shellcheck disable=SC2046 # words
	works addif br0 $(seq -f p%g 0 511) $(seq -f q%g 0 510)
	[ "$(ls /sys/class/net/br0/brif | wc -l)" -eq 1023 ]
	explains "can't add q511 to bridge br0: Exchange full" \
		'a bridge has at most 1023 ports; "q511" needs another bridge' \
		addif br0 q511
	[ "$(brctl show | wc -l)" -eq 1024 ]
	[ "$(brctl showstp br0 | grep -c '^ port id')" -eq 1023 ]
	[ "$(brctl showmacs br0 | cut -f 1 | sort -n | tail -n 1)" -eq 1023 ]
}

@test "500 bridges are shown in order" {
	local i

	for ((i = 0; i < 500; i++)); do
		echo "link add br$i type bridge"
	done | ip -batch -
	brctl show | tail -n +2 | cut -f 1 > "$BATS_TEST_TMPDIR/got"
	[ "$(wc -l < "$BATS_TEST_TMPDIR/got")" -eq 500 ]
	LC_ALL=C sort -c "$BATS_TEST_TMPDIR/got"
}
