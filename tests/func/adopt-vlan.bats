#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# adopt and release with a VLAN: the addresses go to a VLAN device on the bridge.
#
# environment: ns

load ../common.bash
load exact.bash
load adopt.bash

setup()
{
	needs vlan_filtering
	needs 8021q
	needs_jq
	host
}


@test "the addresses go to a VLAN device, and connections continue" {
	local before own

	before=$(ip_state)
	own=$(moved_state eth0 br0.10)
	works adopt br0 eth0 vlan 10
	same_state "$own" "$(moved_state br0.10 br0.10)"
	[ "$(moved_state eth0 eth0)" = "" ]
	is br0/bridge/vlan_filtering 1
	in_bridge br0 eth0
	run -1 grep inet <(ip -o address show dev br0)
	ping -q -c 1 -W 2 10.0.0.254
	ping -q -c 1 -W 2 fd00::254
	bridge -j vlan show dev eth0 | jq -ce '.[0].vlans ==
		[{"vlan": 10, "flags": ["PVID", "Egress Untagged"]}]'
	works release br0 eth0 vlan 10
	same_state "$before" "$(ip_state)"
	missing br0
	missing br0.10
	ping -q -c 1 -W 2 10.0.0.254
}

@test "tagged: the other end must be in the VLAN, and the message says so" {
	gives 0 "" 'brctl: frames of this host will leave "eth0" with a tag:'\
' connections continue only if the other end is in VLAN 10' \
		adopt br0 eth0 vlan 10 tagged
	run ! ping -q -c 1 -W 1 10.0.0.254
	ip -n peer link add link far name far.10 type vlan id 10
	ip -n peer address del 10.0.0.254/24 dev far
	ip -n peer address add 10.0.0.254/24 dev far.10
	ip -n peer link set far.10 up
	ping -q -c 2 -W 2 10.0.0.254
}

@test "a bridge with VLANs is joined, and left as it was" {
	local before

	ip link add br0 type bridge vlan_filtering 1 forward_delay 0
	pair v0 w0
	ip link set v0 up
	ip link set w0 up
	brctl addif br0 v0
	ip link set br0 up
	forwarding v0
	bridge vlan add dev v0 vid 10
	poll 5 settled_addresses
	before=$(ip_state; bridge vlan show)
	works adopt br0 eth0 vlan 10
	ping -q -c 1 -W 2 10.0.0.254
	refuses 'brctl: port "v0" of bridge "br0" is cut off from the network'\
' and from this host
brctl: cannot release "eth0" from bridge "br0": it would break something, and'\
' was not forced
brctl: to do it nevertheless: --force' release br0 eth0 vlan 10
	quiet --force release br0 eth0 vlan 10
	# The bridge had another MAC address, which the other end asks for.
	poll 30 ping -q -c 1 -W 1 10.0.0.254
	ip link del br0.10
	bridge vlan del dev br0 vid 10 self
	same_state "$before" "$(ip_state; bridge vlan show)"
}

@test "steps that fail: everything is as before" {
	local verb before step error

	for verb in adopt release; do
		before=$(ip_state)
		step=1
		until error=$("$tools/move-faults" "$verb" br0 eth0 rest \
				"$step" 10); do
			echo "$verb $step: $error"
			same_state "$before" "$(ip_state)"
			step=$((step + ${VB_FAULT_STEP:-19}))
			[ "$step" -lt 200 ]
		done
		[ "$step" -gt 30 ]
	done
}

# The VLANs of the port with their options and tunnel ids, and its entries.
vlans_of_port()
{
	"$BRCTL" -j showvlans br0 eth0
	bridge fdb show br br0 brport eth0 | grep static | sort
	bridge mdb show dev br0 | grep permanent | sed 's/^[0-9]*: //' | sort
}

@test "release fails: VLANs keep their options, and entries stay in their VLANs" {
	local before step=15 error

	works adopt br0 eth0 vlan 10
	works addvlan br0 eth0 20-22
	works setport br0 eth0 vlan_tunnel=on
	bridge vlan add dev eth0 vid 20 tunnel_info id 500
	works setvlan br0 eth0 21 neigh_suppress=on || :
	works addmac br0 eth0 02:00:00:00:00:07
	works delmac br0 eth0 02:00:00:00:00:07 vlan 21
	works addmac br0 eth0 02:00:00:00:00:08 vlan 22
	works addgroup br0 eth0 239.1.1.1 vlan 20
	before=$(vlans_of_port)
	until error=$("$tools/move-faults" release br0 eth0 rest "$step" 10); do
		echo "$step: $error"
		same_state "$before" "$(vlans_of_port)"
		step=$((step + ${VB_FAULT_STEP:-7}))
		[ "$step" -lt 200 ]
	done
	[ "$step" -gt 30 ]
}

@test "--confirm: nobody confirms, and all is as before" {
	local before

	before=$(ip_state)
	quiet --confirm 1 adopt br0 eth0 vlan 10 tagged < /dev/null
	exists br0.10
	poll 20 eval '! exists br0'
	poll 10 ping -q -c 1 -W 1 10.0.0.254
	same_state "$before" "$(ip_state)"
}

@test "a dry run prints commands" {
	quiet --dry-run adopt br0 eth0 vlan 10
	head -n 8 "$BATS_TEST_TMPDIR/out" > "$BATS_TEST_TMPDIR/head"
	same_text stdout "brctl addbr br0
brctl setfd br0 0
brctl set br0 vlan_filtering=on
brctl link br0 up address $(cat /sys/class/net/eth0/address)
brctl addvlan br0 br0 10
ip link add link br0 name br0.10 type vlan id 10
brctl link br0.10 up
brctl addif br0 eth0" "$BATS_TEST_TMPDIR/head" --dry-run adopt
	missing br0
}

@test "what cannot be adopted into a VLAN" {
	local cannot='brctl: cannot adopt "eth0" into bridge "br0"'

	ip link add br0 type bridge
	denies "$cannot: the bridge does not filter VLANs; to turn it on: brctl"\
' set BRIDGE vlan_filtering=on' adopt br0 eth0 vlan 10
	ip link set br0 type bridge vlan_filtering 1
	denies "$cannot: the bridge itself has the VLAN without a tag; adopt"\
' without a VLAN' adopt br0 eth0 vlan 1
	ip link add br0.10 type dummy 2> /dev/null || pair br0.10 w1
	denies "$cannot: \"br0.10\" exists, and is not the device of this VLAN" \
		adopt br0 eth0 vlan 10
	denies 'brctl: "x" is not "vlan"' adopt br0 eth0 x
	denies 'brctl: "x" is neither untagged nor tagged' \
		adopt br0 eth0 vlan 10 x
	brctl addif br0 eth0
	denies 'brctl: cannot release "eth0" from bridge "br0": there is no'\
' "br0.20"' release br0 eth0 vlan 20
}
