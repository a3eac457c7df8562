#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Runs the examples in brctl(8).
#
# environment: ns

load ../common.bash

page=$tests_dir/../man/brctl.8.in

setup()
{
	PATH=${BRCTL%/*}:${VCONFIG%/*}:$PATH
	cd "$BATS_TEST_TMPDIR" || return
}

manual()
{
	awk "$@" -f "$tests_dir/manual.awk" "$page"
}

# example TITLE [N]: prints the Nth block (default 1) with this title in the
# section EXAMPLES.
example()
{
	manual -v section=EXAMPLES -v title="$1" |
		awk -v n="${2:-1}" '$0 == "#" { k++; next } k == n'
}

# follow TITLE [N]: runs the block as a script, which must succeed.
follow()
{
	local script

	script=$(example "$@")
	[ -n "$script" ]
	bash -e -c "$script"
}

# follow_lines PATTERN: runs the one-line examples of COMMANDS; those that match
# are left out. MST needs a bridge without VLANs at first: see setmst.bats.
follow_lines()
{
	local line count=0

	while IFS= read -r line; do
		echo "$line"
		case $line in
		*" watch "* | *" --interval="*) line="timeout 0.2 $line || [ \$? = 124 ]" ;;
		# These may have findings, because an earlier line sets an MTU.
		*" check "* | *" why "*) line="$line || [ \$? = 1 ]" ;;
		esac
		bash -e -c "$line" < /dev/null
		count=$((count + 1))
	done < <(manual -v section=COMMANDS -v lines=1 | grep -vE "$1")
	[ "$count" -gt 25 ]
}

devices()
{
	veth eth0 w0
	veth eth1 w3
	veth eth2 w4
	veth vnet0 w1
	veth vnet1 w2
}

bridges()
{
	devices
	ip link add br0 type bridge
	ip link set br0 up
}

# The device of the examples, which need not have a VNI filter.
with_vxlan()
{
	bridges
	ip link add vxlan0 master br0 type vxlan id 10 dstport 4789
}

option()
{
	cat "/sys/class/net/$1"
}

@test "each title in the section EXAMPLES has a test" {
	local title count=0

	while IFS= read -r title; do
		grep -qE "(follow |example |copy=)\"$title\"" \
			"$BATS_TEST_FILENAME" || { echo "$title"; return 1; }
		count=$((count + 1))
	done < <(sed -e '1,/^\.Sh EXAMPLES/d' -e '/^\.Sh /,$d' "$page" |
		sed -n 's/^\.Ss \(\\&\)\{0,1\}//p')
	[ "$count" -ge 9 ]
}

@test "the one-line examples work, one after the other" {
	with_vxlan
	follow_lines 'vlan|setmst|addvni|trace.*live|brctl (set)?nf'
	[ "$(option br0/bridge/priority)" = 4096 ]
	[ "$(option vnet0/brport/path_cost)" = 100 ]
}

@test "the one-line examples about VLANs work" {
	needs vlan_filtering
	with_vxlan
	brctl addif br0 eth0
	brctl set br0 vlan_filtering=on
	# For the example of getmac.
	brctl addvlan br0 eth0 10
	brctl addmac br0 eth0 52:54:00:12:34:56 static vlan 10
	forwarding eth0
	# Groups with a filter or a protocol need Linux 6.2, and run above.
	follow_lines 'mst|addvni|vxlan|group.*(filter|proto)|getgroup|trace.*live|brctl (set)?nf'
	bridge vlan show dev eth0 | grep -qw 24
	! bridge vlan show dev eth0 | grep -qw 25
}

@test "the one-line examples about bridge netfilter work" {
	needs br_netfilter
	local file=/proc/sys/net/bridge/bridge-nf-call-iptables

	echo 1 > $file
	with_vxlan
	follow_lines 'vlan|setmst|addvni|trace.*live'
	[ "$(cat $file)" = 0 ]
}

# without_age: removes the ageing timers of entries that are not local from the
# output of showmacs.
without_age()
{
	sed -E '/	no	/s/[0-9.]+$//; s/ +$//'
}

@test "a bridge for a virtual machine forwards and learns" {
	local mac=52:54:00:40:ba:3b

	guest vm0 vnet0 $mac
	nic eth0 00:0c:29:9e:44:1b world
	follow "A bridge for a virtual machine"
	forwarding vnet0
	[ "$(option br0/bridge/stp_state)" = 0 ]
	bridge fdb add $mac dev vnet0 master dynamic
	[ "$(example "A bridge for a virtual machine" 2 | head -n 1)" = \
		'$ brctl showmacs br0' ]
	# With VLAN filtering in the kernel, each address also has an entry in
	# VLAN 1.
	diff <(example "A bridge for a virtual machine" 2 | sed 1d |
		without_age) <(brctl showmacs br0 | without_age | uniq)
}

@test "a bridge on a remote machine, and back" {
	nic eth0 00:0c:29:9e:44:1b world
	ip -n world address add 10.0.0.2/24 dev eth0
	ip address add 10.0.0.1/24 dev eth0
	ip route add default via 10.0.0.2
	guest vm0 vnet0
	follow "A bridge on a remote machine"
	ip route | grep -qx 'default via 10.0.0.2 dev eth0 '
	follow "A bridge on a remote machine" 2
	ip route | grep -qx 'default via 10.0.0.2 dev br0 '
	ping -q -c 1 -W 2 10.0.0.2
	follow "A bridge on a remote machine" 3
	ip route | grep -qx 'default via 10.0.0.2 dev eth0 '
	ping -q -c 1 -W 2 10.0.0.2
	[ ! -e /sys/class/net/br0 ]
}

# vlans_of DEVICE: prints the VLANs as bridge(8) shows them, as "10;20 PVID;".
vlans_of()
{
	bridge -c=never vlan show dev "$1" |
		sed '1d; s/^[^[:blank:]]*[[:blank:]]*//; s/[[:blank:]]*$//' |
		tr '\n' ';'
}

@test "access ports, and a trunk" {
	needs vlan_filtering 8021q
	devices
	follow "An access port"
	[ "$(vlans_of vnet0)" = "10 PVID Egress Untagged;" ]
	[ "$(vlans_of vnet1)" = "20 PVID Egress Untagged;" ]
	follow "A trunk"
	[ "$(vlans_of eth0)" = "10;$(printf '%d;' {20..29})" ]
	[ "$(vlans_of br0)" = "10;" ]
	ip -o link show br0.10 | grep -q '[<,]UP[,>]'
}

@test "options are copied to another bridge; a port moves with its options" {
	local copy="Copying the settings of a bridge to another bridge"

	bridges
	ip link add br1 type bridge
	brctl addif br0 vnet0
	brctl set br0 ageing_time=60 stp_state=1 multicast_querier=on
	brctl setport br0 vnet0 isolated=on path_cost=7
	follow "$copy"
	[ "$(option br1/bridge/ageing_time)" = 6000 ]
	[ "$(option br1/bridge/stp_state)" = 1 ]
	[ "$(option br1/bridge/multicast_querier)" = 1 ]
	follow "$copy" 2
	[[ $(readlink /sys/class/net/vnet0/master) == */br1 ]]
	[ "$(option vnet0/brport/isolated)" = 1 ]
	[ "$(option vnet0/brport/path_cost)" = 7 ]
	# Checks that the example also works if there is nothing left to set.
	follow "$copy"
}

@test "a port moves with its VLANs" {
	local copy="Copying the settings of a bridge to another bridge"

	needs vlan_filtering
	bridges
	ip link add br1 type bridge
	brctl addif br0 vnet0
	brctl set br0 vlan_filtering=on default_pvid=0
	brctl addvlan br0 vnet0 10 pvid untagged
	brctl addvlan br0 vnet0 20-29
	brctl addvlan br0 vnet0 30 untagged
	follow "$copy"
	[ "$(option br1/bridge/vlan_filtering)" = 1 ]
	follow "$copy" 2
	[ "$(vlans_of vnet0)" = "10 PVID Egress Untagged;$(printf '%d;' \
		{20..29})30 Egress Untagged;" ]
}

@test "two guests cannot talk: the steps find the reason" {
	local step

	bridges
	brctl addif br0 vnet0 vnet1
	brctl setport br0 vnet0 isolated=on
	run -0 follow "Two guests cannot talk"
	[[ $output == *vnet0*vnet1* ]]
	run -0 follow "Two guests cannot talk" 2
	grep -qx 'vnet0 isolated=on' <<< "$output"
	grep -qx 'vnet1 isolated=off' <<< "$output"
	for step in 3 4 5; do
		follow "Two guests cannot talk" $step
	done
	[ "$(example "Two guests cannot talk" 6)" = "brctl watch links fdb" ]
	[ -z "$(example "Two guests cannot talk" 7)" ]
}

@test "JSON with jq" {
	needs_jq
	bridges
	brctl addif br0 vnet0 vnet1
	forwarding vnet0
	bridge fdb add 02:aa:00:00:00:01 dev vnet0 master dynamic
	bridge fdb add 02:aa:00:00:00:02 dev vnet0 master static
	ip link set w2 down
	poll 10 grep -q 0 /sys/class/net/vnet1/brport/state
	run -0 follow "JSON with jq"
	[ "$output" = $'br0 vnet0\nbr0 vnet1' ]
	run -0 follow "JSON with jq" 2
	[[ $output == *02:aa:00:00:00:01* ]]
	[[ $output != *02:aa:00:00:00:02* ]]
	run -0 follow "JSON with jq" 3
	[ "$output" = vnet1 ]
	run -0 follow "JSON with jq" 5
	[ "$output" = $'vnet0\nvnet1' ]
}

@test "JSON with jq: the members of a VLAN" {
	needs vlan_filtering
	needs_jq
	bridges
	brctl addif br0 vnet0 vnet1
	brctl addvlan br0 vnet0 10-29
	brctl addvlan br0 vnet1 21
	run -0 follow "JSON with jq" 4
	[ "$output" = vnet0 ]
}

@test "the network namespace of a container" {
	local pid script

	bridges
	ip netns add blue
	ip netns exec blue sleep 100 3>&- &
	pid=$!
	child_pids+=("$pid")
	poll 10 bash -c "[ /proc/$pid/ns/net -ef /run/netns/blue ]"
	follow "The network namespace of a container" 3
	follow "The network namespace of a container" 3
	run -0 ip -n blue -br link show type bridge
	[[ $output == br0* ]]
	script=$(example "The network namespace of a container")
	run -0 bash -e -c "${script//4242/$pid}"
	[[ ${lines[1]} == br0* ]]
	script=$(example "The network namespace of a container" 2)
	bash -e -c "${script//4242/$pid}"
	ip -n blue link show eth0
	[[ $(readlink /sys/class/net/veth0/master) == */br0 ]]
}

@test "bridged frames without iptables" {
	needs br_netfilter
	local nf=/proc/sys/net/bridge/bridge-nf

	echo 1 > $nf-call-arptables
	follow "Bridged frames without iptables"
	[ "$(cat $nf-{call-{ip,ip6,arp}tables,filter-{vlan,pppoe}-tagged} |
		sort -u)" = 0 ]
}

@test "a sticky entry keeps an address on its port" {
	bridges
	brctl addif br0 vnet0
	follow "An address that stays on its port"
	bridge fdb show dev vnet0 |
		grep -q '^52:54:00:40:ba:3b .*sticky.* static'
}

@test "a dry run prints what the page shows" {
	bridges
	diff <(example "A dry run") <(example "A dry run" |
		sed -n 's/^\$ //p' | while IFS= read -r line; do
			printf '$ %s\n' "$line"
			bash -c "$line" 2>&1
		done)
	[ ! -e /sys/class/net/eth1/master ]
	[ -e /sys/class/net/br0 ]
}
