#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# adopt and release: what they move, refuse and report.

load ../common.bash
load exact.bash
load adopt.bash

setup()
{
	needs_jq
	host
}

addresses()
{
	ip -j address show dev "$1" | jq -c \
		'[.[].addr_info[] | {family, local, prefixlen, scope,
			"label": .label, noprefixroute, nodad, address}]' |
		sed 's/"\(br0\|eth0\)\([":]\)/"NIC\2/g'
}

@test "adopt moves the IP state to the bridge, and release moves it back" {
	local before own

	before=$(ip_state)
	own=$(moved_state eth0 br0)
	listed=$(addresses eth0)
	works adopt br0 eth0
	same_state "$own" "$(moved_state br0 br0)"
	same_state "$listed" "$(addresses br0)"
	[ "$(addresses eth0)" = "[]" ]
	[ "$(moved_state eth0 eth0)" = "" ]
	in_bridge br0 eth0
	is br0/address "$(cat /sys/class/net/eth0/address)"
	is br0/bridge/forward_delay 0
	[ "$(cat /proc/sys/net/ipv4/conf/br0/arp_notify)" = 1 ]
	[ "$(cat /proc/sys/net/ipv6/conf/br0/hop_limit)" = 7 ]
	[ "$(cat /proc/sys/net/ipv6/conf/br0/addr_gen_mode)" = 0 ]
	ping -q -c 1 -W 2 10.0.0.254
	ping -q -c 1 -W 2 fd00::254
	works release br0 eth0
	same_state "$before" "$(ip_state)"
	missing br0
	ping -q -c 1 -W 2 10.0.0.254
	ping -q -c 1 -W 2 fd00::254
}

@test "the port gets no new link-local address" {
	works adopt br0 eth0
	ip link set eth0 down
	ip link set eth0 up
	forwarding eth0
	run ! has_link_local
	works release br0 eth0
	has_link_local
}

@test "an existing bridge keeps its ports and addresses" {
	local own

	ip link add br0 type bridge forward_delay 0
	ip link set br0 up
	guest vm0 vnet0 "" 10.200.0.2/24
	brctl addif br0 vnet0
	ip address add 10.200.0.1/24 dev br0
	ip address add fd55::1/64 dev br0 nodad
	ip route add 10.201.0.0/16 via 10.200.0.2
	forwarding vnet0
	poll 5 ping -q -c 1 -W 1 10.200.0.2
	own=$(ip_state | grep '10[.]20[01]\.\|fd55' | grep -v ifname)
	works adopt br0 eth0
	same_state "$own" \
		"$(ip_state | grep '10[.]20[01]\.\|fd55' | grep -v ifname)"
	in_bridge br0 eth0 vnet0
	ping -q -c 1 -W 2 10.200.0.2
	ping -q -c 1 -W 2 10.0.0.254
	ping -q -c 1 -W 2 fd00::254
}

@test "release must be forced if other ports need the bridge" {
	local before

	works adopt br0 eth0
	pair v0 w0
	brctl addif br0 v0
	before=$(ip_state)
	refuses 'brctl: port "v0" of bridge "br0" is cut off from the network'\
' and from this host
brctl: cannot release "eth0" from bridge "br0": it would break something, and'\
' was not forced
brctl: to do it nevertheless: --force' release br0 eth0
	same_state "$before" "$(ip_state)"
	gives 0 "" 'brctl: port "v0" of bridge "br0" is cut off from the'\
' network and from this host' --force release br0 eth0
	in_bridge br0 v0
	ping -q -c 1 -W 2 10.0.0.254
}

# told MAC: checks that the other end sends to this address without having asked
# for it.
told()
{
	local address

	for address in 10.0.0.1 10.0.0.2 fd00::1; do
		ip -n peer neighbour show "$address" | grep -q "lladdr $1 " ||
			return 1
	done
}

# heard_by_peer: makes the other end learn our addresses.
heard_by_peer()
{
	local address

	for address in 10.0.0.1 10.0.0.2; do
		ip netns exec peer ping -q -c 1 -W 2 "$address"
	done
	ip netns exec peer ping -q -c 1 -W 2 fd00::1
}

@test "a bridge with another MAC address is left: others are told that of the NIC" {
	ip link add br0 address 02:00:00:00:00:99 type bridge forward_delay 0
	ip link set br0 up
	works adopt br0 eth0
	heard_by_peer
	told 02:00:00:00:00:99
	quiet release br0 eth0
	poll 1 told "$(cat /sys/class/net/eth0/address)"
	heard_by_peer
}

@test "a bridge with another MAC address is joined: others are told that one" {
	heard_by_peer
	told "$(cat /sys/class/net/eth0/address)"
	ip link add br0 address 02:00:00:00:00:99 type bridge forward_delay 0
	ip link set br0 up
	works adopt br0 eth0
	poll 1 told 02:00:00:00:00:99
	heard_by_peer
}

@test "adopt sets the bridge up" {
	ip link add br0 type bridge forward_delay 0
	works adopt br0 eth0
	ping -q -c 1 -W 2 10.0.0.254
}

@test "a NIC without carrier can be adopted" {
	ip -n peer link set far down
	poll 5 eval '[ "$(cat /sys/class/net/eth0/carrier)" = 0 ]'
	ip nexthop flush > /dev/null
	works adopt br0 eth0
	ip -n peer link set far up
	poll 5 ping -q -c 1 -W 1 10.0.0.254
}

@test "devices that cannot be adopted" {
	local cannot='brctl: cannot adopt'

	ip link add br1 type bridge
	pair v0 w0
	brctl addif br1 v0
	denies "$cannot \"nope\" into bridge \"br0\": No such device" \
		adopt br0 nope
	denies "$cannot \"v0\" into bridge \"br0\": it is a port of bridge"\
' "br1" already' adopt br0 v0
	denies "$cannot \"lo\" into bridge \"br0\": it is the loopback"\
' device, which cannot be a port' adopt br0 lo
	denies "$cannot \"br1\" into bridge \"br0\": it is a bridge; a"\
' bridge cannot be a port' adopt br0 br1
	denies "$cannot \"eth0\" into bridge \"v0\": \"v0\" is not a bridge" \
		adopt v0 eth0
	denies "$cannot \"eth0\" into bridge \"averyveryverylongname\": a"\
' device name has at most 15 bytes, this one has 21' \
		adopt averyveryverylongname eth0
	denies "$cannot \"eth0\" into bridge \"longnameofbr00\": the label of"\
' an address would become too long; choose a shorter name' \
		adopt longnameofbr00 eth0
}

@test "the slave of a bond cannot be adopted" {
	needs bond
	ip link add bond0 type bond
	pair v0 w0
	ip link set v0 master bond0
	denies 'brctl: cannot adopt "v0" into bridge "br0": it belongs to'\
' "bond0", which handles its traffic; adopt that device instead' adopt br0 v0
}

@test "adopt and release need CAP_NET_ADMIN" {
	powerless 'brctl: cannot adopt "eth0" into bridge "br0": Operation not'\
' permitted; the capability CAP_NET_ADMIN is needed' adopt br0 eth0
	works adopt br0 eth0
	powerless 'brctl: cannot release "eth0" from bridge "br0": Operation'\
' not permitted; the capability CAP_NET_ADMIN is needed; everything is as'\
' before' release br0 eth0
	ping -q -c 1 -W 2 10.0.0.254
}

@test "a NIC with a macvlan device cannot be adopted" {
	ip link add link eth0 name m0 type macvlan
	denies 'brctl: cannot adopt "eth0" into bridge "br0": it cannot be a port'\
' while "m0" is on it; delete that device first' adopt br0 eth0
}

@test "VLAN devices stay on the NIC" {
	needs 8021q
	ip link add link eth0 name eth0.5 type vlan id 5
	gives 0 "" 'brctl: VLAN device "eth0.5" stays on "eth0" and takes the'\
' frames of its VLAN, which the bridge does not get' adopt br0 eth0
}

@test "a bridge with STP must be forced" {
	ip link add br0 type bridge stp_state 1 forward_delay 1500
	refuses 'brctl: bridge "br0" uses STP: the port forwards nothing for'\
' 30 seconds; to turn STP off: brctl stp BRIDGE off
brctl: cannot adopt "eth0" into bridge "br0": it would break something, and'\
' was not forced
brctl: to do it nevertheless: --force' adopt br0 eth0
	brctl setfd br0 2
	gives 0 "" 'brctl: bridge "br0" uses STP: the port forwards nothing'\
' for 4 seconds; to turn STP off: brctl stp BRIDGE off' --force adopt br0 eth0
	ping -q -c 1 -W 2 10.0.0.254
}

@test "devices that cannot be released" {
	local cannot='brctl: cannot release'

	ip link add br0 type bridge
	pair v0 w0
	denies "$cannot \"nope\" from bridge \"br0\": No such device" \
		release br0 nope
	denies "$cannot \"eth0\" from bridge \"nope\": no such bridge" \
		release nope eth0
	denies "$cannot \"eth0\" from bridge \"br0\": it is not a port" \
		release br0 eth0
}

# hold_sockets WORD...: starts the test program, which keeps sockets open.
hold_sockets()
{
	"$tools/session" hold "$@" > "$BATS_TEST_TMPDIR/held" 3>&- &
	child_pids+=($!)
	poll 5 grep -q ready "$BATS_TEST_TMPDIR/held"
}

@test "sockets that are bound to the NIC are reported" {
	local packet bound

	hold_sockets eth0
	packet='brctl: a program, often a DHCP client, listens on "eth0" and'\
' will receive nothing; start it again on "br0"'
	bound='brctl: sockets that are bound to "eth0" stay there: 1; start'\
' their programs again'
	quiet adopt br0 eth0
	# The kernel may lack the module that lists UDP sockets.
	if grep -q 'are bound' "$BATS_TEST_TMPDIR/err"; then
		packet+=$'\n'$bound
	else
		[ "${VB_ENVIRONMENT:-ns}" = uml ]
	fi
	same_text stderr "$packet" "$BATS_TEST_TMPDIR/err" adopt br0 eth0
}

@test "TCP connections that are bound to the NIC must be forced" {
	local before

	ip netns exec peer "$tools/session" serve 7777 \
		> "$BATS_TEST_TMPDIR/served" 3>&- &
	child_pids+=($!)
	poll 5 grep -q ready "$BATS_TEST_TMPDIR/served"
	hold_sockets eth0 7777 10.0.0.254
	before=$(ip_state)
	refuses 'brctl: TCP connections that are bound to "eth0" will be lost: 1
brctl: cannot adopt "eth0" into bridge "br0": it would break something, and'\
' was not forced
brctl: to do it nevertheless: --force' adopt br0 eth0
	same_state "$before" "$(ip_state)"
	missing br0
}

@test "programs that configure the NIC are reported" {
	local bin=$BATS_TEST_TMPDIR/dhclient

	printf '#!/bin/sh\nread -r nothing\n' > "$bin"
	chmod +x "$bin"
	mkfifo "$BATS_TEST_TMPDIR/never"
	"$bin" eth0 <> "$BATS_TEST_TMPDIR/never" 3>&- &
	child_pids+=($!)
	poll 5 grep -q dhclient "/proc/$!/comm"
	mkdir -p /run/network
	echo eth0=eth0 > /run/network/ifstate
	said="brctl: dhclient (process $!) does not know of the move;"\
' start it again on "br0": the lease is not renewed
brctl: eth0: ifupdown has configured it; change /etc/network/interfaces, or'\
' the next start restores the old state'
	# The notes are printed before anything is changed, and so in a dry run,
	# too.
	quiet --dry-run adopt br0 eth0
	same_text stderr "$said" "$BATS_TEST_TMPDIR/err" --dry-run adopt br0 eth0
	gives 0 "" "$said" adopt br0 eth0
	rm /run/network/ifstate
}

@test "programs in another network namespace are told of, with --netns" {
	local bin=$BATS_TEST_TMPDIR/udhcpc

	printf '#!/bin/sh\nread -r nothing\n' > "$bin"
	chmod +x "$bin"
	mkfifo "$BATS_TEST_TMPDIR/never"
	ip netns exec peer "$bin" -i far <> "$BATS_TEST_TMPDIR/never" 3>&- &
	child_pids+=($!)
	poll 5 grep -q udhcpc "/proc/$!/comm"
	works adopt br0 eth0
	gives 0 "" "brctl: udhcpc (process $!) does not know of the move; start"\
' it again on "br9": the lease is not renewed' --netns peer adopt br9 far
}

@test "multicast groups that programs have joined are told of" {
	ip address add 239.1.2.3 dev eth0 autojoin
	ip -6 address add ff05::77 dev eth0 autojoin nodad
	quiet --dry-run adopt br0 eth0
	same_text stderr 'brctl: programs have joined multicast groups on'\
' "eth0" and will receive nothing from them; start them again: 239.1.2.3'\
' ff05::77' "$BATS_TEST_TMPDIR/err" --dry-run adopt br0 eth0
}

@test "rules of nftables that name the NIC are told of" {
	local rc=0

	"$PYTHON" -I "$tests_dir/func/nft.py" inet own forward accept eth0 ||
		rc=$?
	[ $rc -ne 77 ] || skip "needs nf_tables"
	gives 0 "" 'brctl: firewall rules (nft) name "eth0", but packets'\
' to and from this host will no longer pass through it: 1' adopt br0 eth0
	"$PYTHON" -I "$tests_dir/func/nft.py" inet own
}

@test "a dry run prints commands, and changes nothing" {
	local before

	before=$(ip_state)
	quiet --dry-run adopt br0 eth0
	same_state "$before" "$(ip_state)"
	grep -qx 'brctl addif br0 eth0' "$BATS_TEST_TMPDIR/out"
	grep -qx 'ip address add 10.0.0.1/24 dev br0' "$BATS_TEST_TMPDIR/out"
	grep -qx 'ip route replace default via 10.0.0.254 dev br0' \
		"$BATS_TEST_TMPDIR/out"
	grep -qx 'ip route replace 10.78.0.0/16 nexthop via 10.0.0.253 dev br0'\
' weight 1 nexthop via 10.0.0.252 dev br0 weight 1' "$BATS_TEST_TMPDIR/out"
	grep -qx 'ip route replace 10.79.0.0/16 via inet6 fe80::1 dev br0' \
		"$BATS_TEST_TMPDIR/out"
	grep -qx 'ip address del 10.0.0.1/24 dev eth0' "$BATS_TEST_TMPDIR/out"
	works adopt br0 eth0
	before=$(ip_state)
	quiet --dry-run release br0 eth0
	same_state "$before" "$(ip_state)"
	grep -qx 'brctl delbr br0' "$BATS_TEST_TMPDIR/out"
	grep -qx 'ip address add 10.0.0.1/24 dev eth0' "$BATS_TEST_TMPDIR/out"
}

# all_routes: without their origin and lifetime, which the commands do not set.
all_routes()
{
	{ ip route show table all; ip -6 route show table all; } |
		sed 's/ proto kernel//; s/ expires [0-9]*sec//'
}

@test "the routes and nexthops of a dry run are commands that work" {
	local before file=$BATS_TEST_TMPDIR/routes

	works adopt br0 eth0
	quiet --dry-run release br0 eth0
	grep '^ip.* replace' "$BATS_TEST_TMPDIR/out" |
		sed 's/ dev eth0/ dev br0/g' > "$file"
	[ "$(wc -l < "$file")" -gt 10 ]
	before=$(all_routes)
	sh -e "$file"
	diff -u <(echo "$before") <(all_routes)
}

@test "adopt and release work in another network namespace" {
	ip -n peer route add 10.9.0.0/16 via 10.0.0.1
	works --netns peer adopt br9 far
	ip -n peer route | grep -q '10.9.0.0/16 via 10.0.0.1 dev br9'
	ping -q -c 1 -W 2 10.0.0.254
	works --netns peer release br9 far
	ip -n peer route | grep -q '10.9.0.0/16 via 10.0.0.1 dev far'
}

@test "if two run at once, one succeeds" {
	local i first second

	for i in 1 2 3 4 5 6 7 8 9 10; do
		quiet adopt br0 eth0 &
		first=$!
		second=0
		"$BRCTL" adopt br1 eth0 2> "$BATS_TEST_TMPDIR/second" ||
			second=$?
		if wait "$first"; then
			[ "$second" -eq 1 ]
			missing br1
			in_bridge br0 eth0
			grep -q 'another adopt or release is running\|'\
'it is a port of bridge "br0" already' "$BATS_TEST_TMPDIR/second"
			works release br0 eth0
		else
			[ "$second" -eq 0 ]
			missing br0
			in_bridge br1 eth0
			works release br1 eth0
		fi
	done
}
