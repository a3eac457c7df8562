#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# watch: prints changes line by line.
#
# environment: ns

load ../common.bash
load exact.bash

# listens [-n NETNS]: checks that a netlink socket there has joined a group.
listens()
{
	local -a there=()

	[ "${1:-}" != -n ] || there=(ip netns exec "$2")
	"${there[@]}" awk 'NR > 1 && $4 != "00000000" { found = 1 }
		END { exit !found }' /proc/net/netlink
}

# watch WORD...: starts watch in the background, and returns when it receives
# events.
watch()
{
	"$BRCTL" watch "$@" > "$BATS_TEST_TMPDIR/events" \
		2> "$BATS_TEST_TMPDIR/said" 3>&- &
	watcher=$!
	child_pids+=("$watcher")
	poll 10 listens "$@"
}

# told PATTERN: waits for a line whose part after the time matches this
# extended regular expression.
told()
{
	poll 10 grep -qE "^[0-9:.]{15} $1\$" "$BATS_TEST_TMPDIR/events" ||
		{ cat "$BATS_TEST_TMPDIR/events"; return 1; }
}

@test "bridges and ports are added, changed and deleted" {
	veth v0 w0
	watch links
	brctl addbr br0
	told "bridge br0 down"
	brctl addif br0 v0
	told "port br0 v0 disabled"
	ip link set br0 up
	told "bridge br0 up"
	ip link set w0 up
	ip link set v0 up
	told "port br0 v0 state: [a-z]+ -> forwarding"
	brctl delif br0 v0
	told "gone port br0 v0 disabled|gone port br0 v0"
	ip link set br0 down
	brctl delbr br0
	told "gone bridge br0 down"
	[ ! -s "$BATS_TEST_TMPDIR/said" ]
}

@test "a changed option is printed with its old and new value" {
	veth v0 w0
	# For a bridge that is down, the kernel sends no notification of
	# changes.
	ip link add br0 up type bridge
	ip link set v0 master br0
	# Waits for the carrier, which the kernel notices later, so that its
	# change is not among the events.
	poll 5 grep -qx up /sys/class/net/br0/operstate
	watch links
	brctl set br0 ageing_time=5 multicast_querier=on
	told "bridge br0 ageing_time: 300.00 -> 5.00"
	told "bridge br0 multicast_querier: off -> on"
	brctl set br0 ageing_time=6
	told "bridge br0 ageing_time: 5.00 -> 6.00"
	brctl setport br0 v0 isolated=on path_cost=7
	told "port br0 v0 isolated: off -> on"
	told "port br0 v0 path_cost: [0-9]+ -> 7"
	run -1 grep -E "bridge br0 (up|down)$|timer" "$BATS_TEST_TMPDIR/events"
	[ ! -s "$BATS_TEST_TMPDIR/said" ]
}

# Checks the JSON event, which has the values before and after the change.
change_told()
{
	[ "$(jq -cs 'map(select(.old))[0] | [.bridge, .old, .new,
		.options.ageing_time]' "$BATS_TEST_TMPDIR/events")" = \
		'["br0",{"ageing_time":300},{"ageing_time":5},5]' ]
}

@test "JSON has the old and the new value" {
	needs json
	needs_jq
	ip link add br0 up type bridge
	watch -j links
	brctl set br0 ageing_time=5
	poll 10 change_told
}

@test "FDB entries are added and deleted, and nothing else is printed" {
	veth v0 w0
	ip link add br0 type bridge
	ip link set v0 master br0
	watch fdb,groups
	brctl addmac br0 v0 02:00:00:00:00:01 static
	told "mac v0 02:00:00:00:00:01 static"
	brctl delmac br0 v0 02:00:00:00:00:01
	told "gone mac v0 02:00:00:00:00:01 static"
	ip link set br0 up
	brctl addmac br0 v0 02:00:00:00:00:02 static
	told "mac v0 02:00:00:00:00:02 static"
	run -1 grep -E " (bridge|port) " "$BATS_TEST_TMPDIR/events"
}

@test "members of groups are added and deleted" {
	veth v0 w0
	ip link add br0 up type bridge
	ip link set v0 master br0
	watch groups
	brctl addgroup br0 v0 239.1.2.3
	told "group br0 v0 239.1.2.3"
	brctl delgroup br0 v0 239.1.2.3
	told "gone group br0 v0 239.1.2.3"
}

@test "VLANs of ports, and VLAN devices" {
	needs vlan_filtering 8021q
	veth v0 w0
	ip link add br0 type bridge vlan_filtering 1
	ip link set v0 master br0
	watch
	brctl addvlan br0 v0 10-12
	told "vlan v0 10-12 -"
	brctl delvlan br0 v0 11
	told "gone vlan v0 11 -"
	vconfig add w0 5
	told "device w0 w0.5 vlan 5"
	# For a device that is down, the kernel sends no notification of
	# changes.
	ip link set w0.5 up
	told "device w0 w0.5 vlan 5"
	ip link set w0.5 type vlan loose_binding on
	told "device w0 w0.5 loose_binding: off -> on"
	vconfig rem w0.5
	told "gone device w0 w0.5 vlan 5"
}

# With VLAN filtering in the kernel, there is also an entry in the port's VLAN,
# which is left out.
both_told()
{
	[ "$(jq -cs 'map(select(.about == "mac" and .vlan == null and
		.mac == "02:00:00:00:00:01") | [.gone, .port, .state])' \
		"$BATS_TEST_TMPDIR/events")" = \
		'[[false,"v0","static"],[true,"v0","static"]]' ]
}

@test "JSON has one object per line" {
	needs json
	needs_jq
	veth v0 w0
	watch -j links fdb
	brctl addbr br0
	brctl addif br0 v0
	brctl addmac br0 v0 02:00:00:00:00:01 static
	brctl delmac br0 v0 02:00:00:00:00:01
	poll 10 both_told
	run -0 jq -cs 'map(select(.about == "port"))[-1] |
		[.bridge, .port, .options.state]' "$BATS_TEST_TMPDIR/events"
	[ "$output" = '["br0","v0","disabled"]' ]
	run -0 jq -r .time "$BATS_TEST_TMPDIR/events"
	[[ ${lines[0]} =~ ^[0-9-]{10}T[0-9:]{8}\.[0-9]{6}Z$ ]]
}

@test "events of a deleted device have its name" {
	veth v0 w0
	ip link add br0 type bridge
	ip link set v0 master br0
	brctl addmac br0 v0 02:00:00:00:00:01 static
	watch links fdb
	ip link set v0 down
	told "port br0 v0 disabled"
	kill -STOP $watcher
	ip link del v0
	kill -CONT $watcher
	told "gone mac v0 02:00:00:00:00:01 static"
}

@test "watch in another namespace" {
	ip netns add there
	watch -n there links
	ip -n there link add br9 type bridge
	told "bridge br9 down"
	kill "$watcher"
	ip netns del there
}

@test "unknown subjects are refused" {
	refuses 'brctl: "vlan" is not one of links, fdb, vlans and groups' \
		watch vlan
	refuses 'brctl: "" is not one of links, fdb, vlans and groups' \
		watch links,
}

@test "a full disk ends watch" {
	"$BRCTL" watch > /dev/full 2> "$BATS_TEST_TMPDIR/said" 3>&- &
	watcher=$!
	child_pids+=("$watcher")
	poll 10 listens
	ip link add br0 type bridge
	wait "$watcher" || status=$?
	[ "$status" -eq 1 ]
	cat "$BATS_TEST_TMPDIR/said"
	[ "$(cat "$BATS_TEST_TMPDIR/said")" = \
		"brctl: write error: No space left on device" ]
}

# The 20th allocation of jansson belongs to the first event.
@test "if memory runs out, the event is printed later and completely" {
	needs json
	local shim=$VB_BUILD/tests/tools/fail-jansson.so

	! grep -q __asan_init "$BRCTL" || skip "needs a build without sanitizers"
	VB_FAIL_AT=20 LD_PRELOAD=$shim watch -j links
	ip link add br0 type bridge
	poll 10 grep -q '"bridge":"br0"' "$BATS_TEST_TMPDIR/events"
	ip link add br1 type bridge
	poll 10 grep -q '"bridge":"br1"' "$BATS_TEST_TMPDIR/events"
	run -1 grep '"options":{}' "$BATS_TEST_TMPDIR/events"
	[ "$(head -n 1 "$BATS_TEST_TMPDIR/said")" = "brctl: cannot read what\
 changed: Cannot allocate memory" ]
}
