#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# -j of long tables: the rows are printed one by one, not collected first.
#
# environment: ns

load ../common.bash
load exact.bash

# The options make AddressSanitizer reuse freed memory at once.
many()
{
	local options=${ASAN_OPTIONS:+$ASAN_OPTIONS:}quarantine_size_mb=0

	ASAN_OPTIONS=$options:thread_local_quarantine_size_kb=0 "$PYTHON" -I "$tests_dir/func/json-many.py" "$@"
}

# entries FIRST LAST: adds static entries of the port v0. A loop in bash takes
# seconds, because bats traces each command.
entries()
{
	awk -v i="$1" -v last="$2" 'BEGIN {
		for (; i <= last; i++)
			printf "fdb add 02:bb:00:00:%02x:%02x dev v0 master " \
				"static\n", i / 256, i % 256
	}' | bridge -batch -
}

@test "20,000 FDB entries need little more memory than 1,000" {
	needs json
	local few few_bytes few_peak count bytes most limit

	no_ipv6
	ip link add br0 type bridge
	[ ! -e /sys/class/net/br0/bridge/default_pvid ] ||
		ip link set br0 type bridge vlan_default_pvid 0
	pair v0 w0
	ip link set v0 master br0
	entries 1 999
	read -r few few_bytes few_peak <<< "$(many showmacs br0)"
	entries 1000 19999
	read -r count bytes most <<< "$(many showmacs br0)"
	echo "$few entries: $few_bytes bytes, $few_peak KiB;" \
		"$count entries: $bytes bytes, $most KiB"
	[ "$few" -eq 1000 ]
	[ "$count" -eq 20000 ]
	[ "$few_peak" -gt 0 ]
	# The program keeps the FDB in memory, which is smaller than its text.
	# JSON values of the whole FDB would need many times more.
	limit=$((bytes / 1024))
	! grep -q __asan_init "$BRCTL" || limit=8192
	[ $((most - few_peak)) -lt $limit ]
}
