#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# check: rules about the VLANs of ports and of the bridge.
#
# environment: ns

load ../common.bash
load check.bash

@test "access ports, a trunk, and a VLAN device on the bridge: nothing" {
	needs vlan_filtering 8021q
	filters
	uplink
	poll 10 port_forwards up0
	quiet addvlan br0 v0 10 pvid untagged
	works delvlan br0 v0 1
	works addvlan br0 up0,v1,br0 10,20
	ip -batch - <<-END
	link add link br0 name br0.10 type vlan id 10
	link set br0 address 02:00:00:00:00:b0
	link set br0.10 up
	address add 10.0.10.1/24 dev br0.10
	address add 10.0.0.1/24 dev br0
	route add default via 10.0.10.9
	END
	silent
	works delvlan br0 up0 1
	silent
}

@test "vlan-leak" {
	needs vlan_filtering
	filters
	quiet addvlan br0 v1 10 pvid untagged
	arrives 1 w1 w0
	arrives 0 w0 w1
	finds_and_mends 1 'warning vlan-leak: bridge "br0": "v1" has PVID 10, and'\
' still sends VLAN 1 untagged, too
	frames of this VLAN leak out, and the answers come into another VLAN
	$ brctl delvlan br0 v1 1'
	in_vlans v1 10pu
	arrives 0 w1 w0
}

@test "many-untagged: and then they are tagged" {
	needs vlan_filtering
	filters
	works addvlan br0 v1 20-22 untagged
	works addvlan br0 v1 30 untagged
	works addvlan br0 v1 40
	works addvlan br0 v0 20
	arrives -v none 1 w1 -v 20 w0
	finds_and_mends 1 'warning many-untagged: bridge "br0": "v1" has PVID 1, and'\
' sends VLAN 20 untagged, too
	frames of this VLAN leak out, and the answers come into another VLAN
	$ brctl addvlan br0 v1 20-22
	$ brctl addvlan br0 v1 30'
	in_vlans v1 "1pu 20 21 22 30 40"
	arrives -v 20 1 w1 -v 20 w0
}

@test "no-pvid" {
	needs vlan_filtering
	filters
	quiet addvlan br0 v1 1 untagged
	arrives 1 w1 w0
	arrives 0 w0 w1
	finds_and_mends 1 'warning no-pvid: bridge "br0": port "v1" sends VLAN 1'\
' untagged, but has no PVID
	untagged frames that come in are dropped
	$ brctl addvlan br0 v1 1 pvid untagged'
	arrives 1 w0 w1
}

@test "unfiltered" {
	needs vlan_filtering
	filters
	works addvlan br0 v1 20-22
	silent
	works set br0 vlan_filtering=off
	arrives 1 w1 -v 20 w0
	finds_and_mends 1 'warning unfiltered: bridge "br0" does not filter VLANs,'\
' although "v1" is in VLAN 20
	frames pass to all ports, whatever their VLAN is
	$ brctl set br0 vlan_filtering=on'
	arrives 0 w1 -v 20 w0
}

# A capture on the bridge would make it receive the frames of all VLANs, so the
# tests look at what the host sends.
@test "host-locked-out: no PVID, and one without ports" {
	needs vlan_filtering
	filters
	ip link set br0 address 02:00:00:00:00:b0
	works delvlan br0 br0 1
	silent
	ip address add 10.0.0.1/24 dev br0
	arrives 0 w0 br0
	finds_and_mends 1 'error host-locked-out: bridge "br0" has an address, but no'\
' PVID
	nobody reaches the host at this address
	$ brctl addvlan br0 br0 1 pvid untagged'
	quiet addvlan br0 v0,v1 10 pvid untagged
	works delvlan br0 v0,v1 1
	arrives 0 w0 br0
	quiet check || :
	sed -n '/host-locked-out/,/^[a-z]/p' "$BATS_TEST_TMPDIR/out" |
		grep -v "^remark" > "$BATS_TEST_TMPDIR/found"
	same_text finding 'error host-locked-out: bridge "br0" has an address, but its'\
' PVID is 1, and no port is in this VLAN
	nobody reaches the host at this address
	$ brctl addvlan br0 br0 10 pvid untagged
	$ brctl delvlan br0 br0 1' "$BATS_TEST_TMPDIR/found" check
	mends
	arrives 1 w0 br0
	run -0 "$BRCTL" check
	[[ $output != *host-locked-out* ]]
}

@test "host-not-in-vlan: only while the device is up" {
	needs vlan_filtering 8021q
	filters
	ip link add link br0 name br0.10 type vlan id 10
	silent
	works addvlan br0 v0 10
	ip link set br0.10 up
	arrives 0 w0 br0.10
	finds_and_mends 1 'error host-not-in-vlan: bridge "br0": VLAN device "br0.10"'\
' is on it, but the bridge itself is not in VLAN 10
	the bridge drops all frames that this device sends, and delivers none to it
	$ brctl addvlan br0 br0 10'
	in_vlans br0 "1pu 10"
	arrives -v 10 1 w0 br0.10
}

@test "vlan-device: on a port, and used or not" {
	needs vlan_filtering 8021q
	filters
	ip link add link v0 name v0.10 type vlan id 10
	silent
	works addvlan br0 v0,v1 10
	arrives 0 w1 -v 10 w0
	arrives 1 w0 -v 10 w1
	finds_and_mends 1 'warning vlan-device: bridge "br0": VLAN device "v0.10" takes'\
' the frames of VLAN 10 from port "v0"
	what comes in with this tag does not reach the bridge, although it can send with it
	$ vconfig rem v0.10'
	arrives 1 w1 -v 10 w0
	ip link add link v0 name v0.10 type vlan id 10
	ip address add 10.0.10.1/24 dev v0.10
	finds_and_mends 1 'warning vlan-device: bridge "br0": VLAN device "v0.10" takes'\
' the frames of VLAN 10 from port "v0"
	what comes in with this tag does not reach the bridge, although it can send with it
	$ brctl delvlan br0 v0 10'
	arrives 0 w0 -v 10 w1
	works delvlan br0 v1 10
	ip link set br0 type bridge vlan_filtering 0
	silent
	ip address del 10.0.10.1/24 dev v0.10
	finds_and_mends 1 'warning vlan-device: bridge "br0": VLAN device "v0.10" takes'\
' the frames of VLAN 10 from port "v0"
	what comes in with this tag does not reach the bridge, although it can send with it
	$ vconfig rem v0.10'
}

@test "nic-twice" {
	needs vlan_filtering 8021q
	filters
	ip -batch - <<-END
	link add eth0 type veth peer name far0
	link set far0 up
	link set eth0 up
	link add link eth0 name eth0.10 type vlan id 10
	link add link eth0 name eth0.20 type vlan id 20
	link set eth0.10 up
	link set eth0.20 up
	link set eth0.10 master br0
	link set eth0.20 master br0
	END
	forwarding eth0.10 eth0.20
	# Frames that come in from one VLAN are sent into the other.
	arrives -v 20 1 far0 -v 10 far0
	finds_and_mends 1 'warning nic-twice: bridge "br0": ports "eth0.10" and'\
' "eth0.20" are on the same device, and both have PVID 1
	the bridge makes one network of two VLANs, which may be a loop
	$ brctl addvlan br0 eth0.20 20 pvid untagged
	$ brctl delvlan br0 eth0.20 1'
	in_vlans eth0.20 20pu
	arrives -v 20 0 far0 -v 10 far0
}

# late_ports: v2 and v3 of br0, which nobody gives VLANs.
late_ports()
{
	ip link set v2 master br0
	ip link set v3 master br0
	forwarding v2 v3
}

@test "late-ports: a remark" {
	needs vlan_filtering
	filters
	quiet addvlan br0 v0,v1 10 pvid untagged
	works delvlan br0 v0 1
	quiet check || [ $? -eq 1 ]
	run ! grep late-ports "$BATS_TEST_TMPDIR/out"
	works delvlan br0 v1 1
	veth v2 w2
	veth v3 w3
	late_ports
	arrives 0 w0 w2
	arrives 1 w3 w2
	ip link set v2 nomaster
	ip link set v3 nomaster
	finds_and_mends 0 'remark late-ports: bridge "br0" puts new ports into VLAN 1, in'\
' which it has no port
	a port that joins later reaches nobody, or others that were forgotten
	$ brctl set br0 default_pvid=0'
	in_vlans v0 10pu
	late_ports
	arrives 0 w3 w2
	is br0/bridge/vlan_filtering 1
}
