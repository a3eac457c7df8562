#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The library's examples, compiled as C and as C++. Other programs check what
# they do.
#
# environment: ns

load ../common.bash

guest_mac=52:54:00:40:ba:3b

# example NAME WORD...: runs the example in the language of the test.
example()
{
	local program=$VB_BUILD/tests/examples/$1-$language

	shift
	[ -x "${program%/*}/.libs/${program##*/}" ] &&
		program=${program%/*}/.libs/${program##*/}
	LD_LIBRARY_PATH=$VB_BUILD/lib/.libs "$program" "$@"
}

# each FUNCTION: runs a test with the C program and with the C++ program.
each()
{
	for language in c99 c++11; do
		if [ ! -e "$VB_BUILD/tests/examples/bridge-$language" ]; then
			[ "$language" = c++11 ] && skip "needs a C++ compiler"
		fi
		"$1"
		clean_devices
	done
}

# master NAME: prints the bridge of a port.
master()
{
	local link

	link=$(readlink "/sys/class/net/$1/master") || return 1
	echo "${link##*/}"
}

is_free()
{
	[ ! -e "/sys/class/net/$1/master" ]
}

option()
{
	cat "/sys/class/net/$1"
}

is_up()
{
	ip -o link show "$1" | grep -q '[<,]UP[,>]'
}

bridge_is_made()
{
	veth v0 w0
	veth v1 w1
	run -0 --separate-stderr example bridge br0 v0 v1
	[[ $output == $'v0 '*$'\nv1 '* ]]
	[ -z "$stderr" ]
	[ "$(master v0) $(master v1)" = "br0 br0" ]
	is_up br0 && is_up v0 && is_up v1
	[ "$(option br0/bridge/stp_state)" -gt 0 ]
	[ "$(option br0/bridge/priority)" = 16384 ]
	[ "$(option br0/bridge/forward_delay)" = 400 ]
	[ "$(option br0/bridge/ageing_time)" = 6000 ]
}

bridge_is_undone()
{
	veth v0 w0
	run -1 --separate-stderr example bridge br0 v0 nope
	[ "$stderr" = 'bridge: cannot add port "nope" to bridge "br0": No such device' ]
	[ ! -e /sys/class/net/br0 ]
	is_free v0
	ip link add br0 type bridge
	run -1 --separate-stderr example bridge br0 v0
	[ "$stderr" = 'bridge: cannot add bridge "br0": File exists' ]
	[ -e /sys/class/net/br0 ]
}

# vlans_of PORT: prints the VLANs as bridge(8) shows them, as "10;20 PVID;".
vlans_of()
{
	bridge -c=never vlan show dev "$1" |
		sed '1d; s/^[^[:blank:]]*[[:blank:]]*//; s/[[:blank:]]*$//' |
		tr '\n' ';'
}

trunk_is_made()
{
	veth v0 w0
	veth v1 w1
	veth v2 w2
	ip link add br0 type bridge
	for port in v0 v1 v2; do
		ip link set "$port" master br0
	done
	run -0 example trunk br0 v0 v1=10 v2=20
	[ -z "$output" ]
	[ "$(option br0/bridge/vlan_filtering)" = 1 ]
	[ "$(vlans_of v0)" = "10;20;" ]
	[ "$(vlans_of v1)" = "10 PVID Egress Untagged;" ]
	[ "$(vlans_of v2)" = "20 PVID Egress Untagged;" ]
}

trunk_is_refused()
{
	veth v0 w0
	ip link add br0 type bridge
	ip link set v0 master br0
	run -1 example trunk br0 v0 v1=10
	[ "$output" = 'trunk: cannot delete VLANs of "v1" of bridge "br0": No such device' ]
	run -1 example trunk br0 v0 v0=5000
	[ "$output" = 'trunk: v0=5000?' ]
	run -1 example trunk br0 v0 v0
	[ "$output" = 'trunk: v0?' ]
	[ "$(option br0/bridge/vlan_filtering)" = 0 ]
}

fdb_is_listed()
{
	veth v0 w0
	ip link add br0 type bridge
	ip link set v0 master br0
	for i in 1 2 3; do
		bridge fdb add "02:00:00:00:00:0$i" dev v0 master static
	done
	run -0 --separate-stderr example fdb br0
	grep -qxE '02:00:00:00:00:02 v0 vlan 0 static [0-9.]+' <<< "$output"
	[ "$(grep -c " vlan 0 static " <<< "$output")" = 3 ]
	grep -q " v0 vlan 0 local " <<< "$output"
	[ "$stderr" = "fdb: ${#lines[@]} entries" ]
	run -1 example fdb nope
	[[ $output == fdb:*": No such device" ]]
}

ports_are_followed()
{
	local told=$BATS_TEST_TMPDIR/told-$language

	veth v0 w0
	veth v1 w1
	ip link add br0 type bridge
	ip link set v0 master br0
	mkfifo "$told.end"
	example follow < "$told.end" > "$told" 3>&- &
	child_pids+=($!)
	exec 9> "$told.end"
	poll 10 grep -qx "1 ports" "$told"
	ip link set v1 master br0
	poll 10 grep -qx "2 ports" "$told"
	ip link del v1
	ip link del br0
	poll 10 grep -qx "0 ports" "$told"
	exec 9>&-
	wait "${child_pids[-1]}"
}

device_is_attached()
{
	veth v0 w0
	ip link add br0 type bridge vlan_filtering 1
	run -0 example attach br0 v0 30 "$guest_mac"
	[ -z "$output" ]
	[ "$(master v0)" = br0 ]
	is_up v0
	[ "$(option v0/brport/isolated)" = 1 ]
	[ "$(option v0/brport/bpdu_guard)" = 1 ]
	[ "$(vlans_of v0)" = "30 PVID Egress Untagged;" ]
	bridge fdb show dev v0 | grep -q "^$guest_mac vlan 30 master br0 static"
	run -1 example attach br0 v0 30 "$guest_mac"
	[ "$output" = 'attach: cannot add port "v0" to bridge "br0": it is a port of this bridge already' ]
	[ "$(master v0)" = br0 ]
	[ "$(vlans_of v0)" = "30 PVID Egress Untagged;" ]
}

attachment_is_undone()
{
	veth v0 w0
	ip link add br0 type bridge vlan_filtering 1
	ip address add 10.0.0.1/24 dev v0
	run -1 example attach br0 v0 0 "$guest_mac"
	[ "$output" = 'attach: cannot add port "v0" to bridge "br0": VLAN ids range from 1 to 4094' ]
	is_free v0
	run -1 example attach br0 v0 30 01:00:5e:00:00:01
	[ "$output" = 'attach: cannot add 01:00:5e:00:00:01 to "v0" of bridge "br0": this is the address of a multicast group, not of a station' ]
	is_free v0
	! is_up v0
	ip -o address show v0 | grep -q 10.0.0.1/24
	run -1 example attach br0 v0 x "$guest_mac"
	[ "$output" = "usage: attach BRIDGE DEVICE VID MAC" ]
	run -1 example attach nope v0 5 "$guest_mac"
	[ "$output" = 'attach: cannot add port "v0" to bridge "nope": no such bridge' ]
}

broadcast_is_traced()
{
	no_ipv6
	ip link add br0 type bridge
	veth v0 w0
	veth v1 w1
	veth v2 w2
	for port in v0 v1 v2; do
		ip link set $port master br0
	done
	ip link set br0 up
	forwarding v0 v1 v2
	bridge link set dev v2 bcast_flood off
	run -0 example trace br0 v0
	[ "$output" = "to v1, untagged
to the host
not to v0: the frame came in here (see hairpin_mode)
not to v2: the port gets no broadcast (see broadcast_flood)" ]
	run -1 example trace br0 nope
	[ "$output" = 'trace: cannot read port "nope" of bridge "br0": No such device' ]
	run -2 example trace br0
}

faults_are_monitored()
{
	veth v0 w0
	ip link add br0 type bridge
	ip link set br0 up
	ip link set v0 master br0
	run -0 example monitor
	[ "$output" = "BRIDGES OK - errors: 0, warnings: 0" ]
	ip link set v0 down
	run -1 example monitor br0
	[ "${lines[0]}" = "BRIDGES WARNING - errors: 0, warnings: 1" ]
	[ "${lines[1]}" = 'bridge "br0": port "v0" is down' ]
	ip link del v0
	ip -batch - <<-END
	address add 10.0.0.1/24 dev br0
	route add default via 10.0.0.9
	END
	run -2 example monitor
	[ "${lines[0]}" = "BRIDGES CRITICAL - errors: 1, warnings: 0" ]
	run -3 example monitor nope
	[ "$output" = 'BRIDGES UNKNOWN - cannot read bridge "nope": No such device' ]
}

machine_is_plugged_in()
{
	veth v0 w0
	ip link add br0 type bridge
	ip link set br0 up
	run -0 example plug br0 v0 sh -c 'echo "$0 runs"' vm
	[ "$output" = "vm runs" ]
	[ "$(master v0)" = br0 ]
	is_up v0
	[ "$(option v0/brport/isolated)" = 1 ]
	[ "$(option v0/brport/bpdu_guard)" = 1 ]
	run -0 example plug br0 v0 true
	[ -z "$output" ]
}

plug_is_undone()
{
	veth v0 w0
	ip link add br0 type bridge
	run -1 example plug br0 v0 false
	[ "$output" = 'plug: "false" has failed' ]
	is_free v0
	! is_up v0
	run -1 example plug br0 nope true
	[ "$output" = 'plug: cannot use "nope": No such device' ]
	ip link add br1 type bridge
	run -1 example plug br0 br1 true
	[ "$output" = 'plug: cannot add port "br1" to bridge "br0": line 1: it is a bridge itself' ]
	is_free br1
	! is_up br1
}

@test "bridge: adds a bridge with ports" {
	each bridge_is_made
}

@test "bridge: if a port is refused, no bridge is added" {
	each bridge_is_undone
}

@test "trunk: a bridge filters VLANs, with a trunk and access ports" {
	needs vlan_filtering
	each trunk_is_made
}

@test "trunk: invalid arguments are refused" {
	needs vlan_filtering
	each trunk_is_refused
}

@test "fdb: lists an FDB" {
	each fdb_is_listed
}

@test "follow: keeps a list of all ports up to date" {
	each ports_are_followed
}

@test "a guest's device is attached" {
	needs vlan_filtering
	each device_is_attached
}

@test "attach: if a step is refused, the device is not attached" {
	needs vlan_filtering
	each attachment_is_undone
}

@test "monitor: reports faults to a monitoring system" {
	each faults_are_monitored
}

# The other end of eth0 is w0. Nobody presses Enter, or somebody does.
nic_is_adopted()
{
	local keep=$BATS_TEST_TMPDIR/keep

	ip link add eth0 type veth peer name w0
	ip link set w0 up
	ip link set eth0 up
	ip address add 10.7.0.1/24 dev eth0
	rm -f "$keep"
	mkfifo "$keep"
	run -1 example adopt br0 eth0 1 <> "$keep"
	[ "$output" = "adopt: the change was not kept: it was undone" ]
	ip -o address show dev eth0 | grep -q 10.7.0.1/24
	[ ! -e /sys/class/net/br0 ]
	run -0 example adopt br0 eth0 60 <<< ""
	[ "$(master eth0)" = br0 ]
	ip -o address show dev br0 | grep -q 10.7.0.1/24
	run -1 example adopt br0 lo 60
	[[ $output = *"it is the loopback device, which cannot be a port" ]]
}

@test "a NIC is adopted, unless nobody presses Enter" {
	each nic_is_adopted
}

@test "no example has more than 80 lines" {
	for file in "$tests_dir"/../examples/*.c; do
		[ "$(wc -l < "$file")" -le 80 ] || { echo "$file"; return 1; }
	done
}

@test "plug: attaches a machine's device before the machine starts" {
	each machine_is_plugged_in
}

@test "plug: if the machine does not start, the device is detached" {
	each plug_is_undone
}

@test "a broadcast frame is traced" {
	each broadcast_is_traced
}
