#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# save: prints the commands that create the bridges again.

load ../common.bash
load vlans.bash

setup()
{
	SAVED="$BATS_TEST_TMPDIR/saved"
}

# saves FILE: writes the output of save to FILE.
saves()
{
	quiet save
	cp "$BATS_TEST_TMPDIR/out" "$1"
}

# has LINE: checks that the saved file has this line.
has()
{
	grep -qxF -e "$1" "$SAVED" && return 0
	echo "not in the file: $1"
	cat "$SAVED"
	return 1
}

# comes_back DEVICE...: deletes the devices, and checks that the saved file
# creates them again, as a batch and with restore.
comes_back()
{
	local command device

	for command in batch restore; do
		for device; do
			ip link del dev "$device"
		done
		quiet "$command" "$SAVED"
		saves "$SAVED.2"
		diff -u "$SAVED" "$SAVED.2"
		quiet diff "$SAVED"
		quiet diff --exact "$SAVED"
	done
}

@test "a new bridge is saved as one line" {
	ip link add br0 type bridge
	gives 0 '#!/bin/sh -e
# Bridges, as "brctl save" wrote them. To make them again: "brctl batch FILE".

brctl addbr br0' "" save
}

@test "options, ports, FDB entries and groups, in the order that is needed" {
	pair v0 w0
	pair v1 w1
	ip link set w0 up
	ip link set w1 up
	ip link set v0 up
	works addbr br0
	works link br0 address 02:00:00:00:00:07 up
	works set br0 stp_state=off forward_delay=0 ageing_time=5
	works addif br0 v0 v1
	works setport br0 v0 isolated=on path_cost=77
	works setport br0 v1 backup_port=v0
	works addmac br0 v0 02:00:00:00:00:99 static sticky
	works addmac br0 br0 02:00:00:00:00:98
	works link br0 mtu 1400
	poll 10 port_forwards v0
	works addgroup br0 v0 239.1.1.1
	saves "$SAVED"
	diff -u - "$SAVED" <<-'END'
	#!/bin/sh -e
	# Bridges, as "brctl save" wrote them. To make them again: "brctl batch FILE".
	# These devices must exist, this file does not make them:
	#   v0
	#   v1

	brctl addbr br0
	brctl link br0 address 02:00:00:00:00:07
	brctl set br0 forward_delay=0.00 ageing_time=5.00
	brctl addif br0 v0
	brctl setport br0 v0 path_cost=77 isolated=on
	brctl addif br0 v1
	brctl setport br0 v1 path_cost=2
	brctl setport br0 v1 backup_port=v0
	brctl addmac br0 br0 02:00:00:00:00:98 local
	brctl addmac br0 v0 02:00:00:00:00:99 static sticky
	brctl link v0 up
	brctl link v1 down
	brctl link br0 mtu 1400
	brctl link br0 up
	brctl addgroup br0 v0 239.1.1.1
	END
	comes_back br0
}

@test "the name of a backup port is quoted" {
	pair 'x;y' w0
	pair v1 w1
	works addbr br0
	works addif br0 'x;y' v1
	works setport br0 v1 'backup_port=x;y'
	saves "$SAVED"
	has "brctl setport br0 v1 'backup_port=x;y'"
	comes_back br0
}

@test "the file is a shell script, with quoted names" {
	works addbr "a'b\$x"
	works addbr -- -n
	saves "$SAVED"
	has "brctl addbr 'a'\\''b\$x'"
	has "brctl addbr -- -n"
	comes_back -n "a'b\$x"
	ip link del dev -n
	mkdir "$BATS_TEST_TMPDIR/bin"
	ln -s "$BRCTL" "$BATS_TEST_TMPDIR/bin/brctl"
	ip link del dev "a'b\$x"
	PATH="$BATS_TEST_TMPDIR/bin:$PATH" sh "$SAVED"
	exists -n
}

@test "only the named bridges are saved" {
	works addbr br0
	works addbr br1
	works addbr br2
	gives 0 '#!/bin/sh -e
# Bridges, as "brctl save" wrote them. To make them again: "brctl batch FILE".

brctl addbr br2

brctl addbr br0' "" save br2 br0 br2
	ip link add v0 type veth peer name w0
	refuses 'brctl: cannot read bridge "v0": it is not a bridge' save v0
	refuses 'brctl: cannot read bridge "nope": No such device' save br0 nope
}

@test "without a bridge, no commands are printed" {
	gives 0 '#!/bin/sh -e
# Bridges, as "brctl save" wrote them. To make them again: "brctl batch FILE".' \
		"" save
}

@test "entries that cannot be saved are reported" {
	pair v0 w0
	works addbr br0
	works addif br0 v0
	bridge fdb add 02:00:00:00:00:99 dev v0 master extern_learn
	run -0 --separate-stderr "$BRCTL" save
	[[ $stderr = 'brctl: not saved: bridge "br0": FDB entries that a program'\
' or hardware learned: '[12] ]]
	[[ $output != *addmac* ]]
}

# forwarding_port: creates br0 with a port v0 that forwards.
forwarding_port()
{
	pair v0 w0
	ip link set w0 up
	ip link set v0 up
	works addbr br0
	works addif br0 v0
	works link br0 up
	poll 10 port_forwards v0
}

# loses TEXT: checks that save reports TEXT on stderr, and that its output is a
# valid batch.
loses()
{
	run -0 --separate-stderr "$BRCTL" save
	[ "$stderr" = "brctl: not saved: bridge \"br0\": $1" ] || {
		echo "$stderr"
		return 1
	}
	"$BRCTL" save > "$SAVED" 2> /dev/null
	ip link del br0
	works batch "$SAVED"
}

@test "groups of a bridge that is down are not saved" {
	forwarding_port
	works addgroup br0 v0 239.1.1.1
	works link br0 down
	loses 'group 239.1.1.1 of "v0": the bridge is down'
}

@test "more groups than a port's limit that was lowered later" {
	forwarding_port
	"$BRCTL" -j getport br0 v0 mcast_max_groups ||
		skip "this kernel has no limit"
	works addgroup br0 v0 239.1.1.1
	works addgroup br0 v0 239.1.1.2
	quiet setport br0 v0 mcast_max_groups=1
	saves "$SAVED"
	comes_back br0
}

@test "more groups than the bridge's limit, or than a new bridge accepts" {
	# Without IPv6 groups: with one more group, the kernel would turn
	# multicast_snooping off.
	no_ipv6
	forwarding_port
	works addgroup br0 v0 239.1.1.1
	works addgroup br0 v0 239.1.1.2
	works addgroup br0 v0 239.1.1.3
	works set br0 hash_max=2
	saves "$SAVED"
	[ "$(tail -n 1 "$SAVED")" = "brctl set br0 hash_max=2" ]
	comes_back br0
	works set br0 hash_max=8192
	saves "$SAVED"
	[ "$(grep -nx "brctl set br0 hash_max=8192" "$SAVED" | cut -d : -f 1)" \
		-lt "$(grep -n -m 1 "^brctl addgroup" "$SAVED" | cut -d : -f 1)" ]
	comes_back br0
}

@test "FDB entries for multicast addresses are not saved" {
	pair v0 w0
	works addbr br0
	works addif br0 v0
	bridge fdb add 01:00:5e:00:00:05 dev v0 master static
	run -0 --separate-stderr "$BRCTL" save
	[[ $stderr = 'brctl: not saved: bridge "br0": FDB entries for'\
' multicast addresses, or in VLANs that the port has left: '[12] ]]
	[[ $output != *addmac* ]]
}

@test "a bridge with control characters in its name is not saved" {
	ip link add $'br\x1b' type bridge
	run -0 --separate-stderr "$BRCTL" save
	[ "$stderr" = 'brctl: not saved: "br\033" and its ports: there are'\
' control characters in a name' ]
	[[ $output != *addbr* ]]
}

@test "a full disk is reported as an error" {
	works addbr br0
	run -1 --separate-stderr sh -c 'exec "$0" save > /dev/full' "$BRCTL"
	[ "$stderr" = "brctl: write error: No space left on device" ]
}

@test "VLANs of ports, their options and tunnels" {
	full_vlan_bridge
	saves "$SAVED"
	has "brctl set br0 default_pvid=5"
	has "brctl delvlan br0 v1 5"
	has "brctl addvlan br0 v1 7 pvid untagged"
	has "brctl addvlan br0 v1 10-20"
	has "brctl addvlan br0 v0 100-102 tunnel 1000"
	has "brctl addvlan br0 br0 30"
	has "brctl setvlan br0 v1 10 state=blocking"
	has "brctl setvlan br0 br0 10 mcast_querier=on"
	has "brctl delmac br0 v1 02:00:00:00:00:98 vlan 7"
	comes_back br0
}

@test "groups in a VLAN that no longer snoops" {
	vlan_bridge
	ip link set w0 up
	ip link set v0 up
	works link br0 up
	works set br0 mcast_vlan_snooping=on
	poll 10 port_forwards v0
	works addgroup br0 v0 239.1.1.1 vlan 1
	works setvlan br0 br0 1 mcast_snooping=off
	saves "$SAVED"
	has "brctl setvlan br0 br0 1 mcast_snooping=off"
	comes_back br0
}

@test "the group address of a provider bridge" {
	vlan_bridge
	works set br0 vlan_protocol=802.1ad
	saves "$SAVED"
	has "brctl set br0 vlan_filtering=on vlan_protocol=802.1ad vlan_stats_enabled=on"
	works set br0 group_addr=01:80:c2:00:00:00
	saves "$SAVED"
	has "brctl set br0 group_addr=01:80:c2:00:00:00 vlan_filtering=on\
 vlan_protocol=802.1ad vlan_stats_enabled=on"
	comes_back br0
}

@test "an FDB entry in a VLAN that the port has left is not saved" {
	vlan_bridge
	works addvlan br0 v0 7
	works addmac br0 v0 02:00:00:00:00:99 vlan 7 static
	works delvlan br0 v0 7
	loses 'FDB entries for multicast addresses, or in VLANs that the port has'\
' left: 1'
}

@test "MST: the tree of each VLAN" {
	needs vlan_filtering
	ip link add br0 type bridge vlan_filtering 1
	works set br0 mst_enabled=on
	works addvlan br0 br0 10
	works setvlan br0 br0 10 msti=3
	saves "$SAVED"
	has "brctl set br0 vlan_filtering=on mst_enabled=on"
	has "brctl setvlan br0 br0 10 msti=3"
	comes_back br0
}

@test "VLAN devices below and above a bridge, in the needed order" {
	needs 8021q veth
	pair a0 b0
	ip -batch - <<-END
	link set a0 up
	link add link a0 name z type vlan id 5 protocol 802.1ad
	link add link z name in address 02:00:00:00:00:55 type vlan id 6 gvrp on egress 17:3 1:2 ingress 3:4
	link set z up
	link set in mtu 1400 up
	link add br0 type bridge
	link set in master br0
	link set br0 up
	link add link br0 name br0.9 type vlan id 9 reorder_hdr off
	link add br1 type bridge
	link set br0.9 master br1
	link add link br0 name up9 type vlan id 10
	link add link up9 name up3 type vlan id 3
	link add link a0 name alone type vlan id 77
	END
	saves "$SAVED"
	has "#   a0"
	has "brctl link a0 up"
	has "vconfig add a0 5 protocol 802.1ad name z"
	has "vconfig add z 6 name in"
	has "vconfig set_flag in gvrp on"
	has "vconfig set_flag br0.9 reorder_hdr off"
	has "vconfig set_ingress_map in 4 3"
	has "vconfig set_egress_map in 1 2"
	has "vconfig set_egress_map in 17 3"
	has "vconfig add up9 3 name up3"
	has "brctl link in address 02:00:00:00:00:55 mtu 1400 up"
	run ! grep -q alone "$SAVED"
	comes_back br1 br0 z
}
