#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# check: for each rule, a topology with the fault, where the commands of the
# finding mend it, and one without.
#
# environment: ns

load ../common.bash
load check.bash

@test "a sane bridge, an empty one, and one that is down: nothing" {
	sane_bridge
	ip -batch - <<-END
	address add 10.0.0.1/24 dev br0
	link set br0 address 02:00:00:00:00:b0
	route add default via 10.0.0.9
	link add docker0 type bridge
	address add 172.17.0.1/16 dev docker0
	link set docker0 up
	link add br2 type bridge
	END
	silent
	gives 0 "[]" "" check -j
	gives 0 "" "" check br0 docker0
}

@test "libvirt's bridge, with its tap device that is down: nothing" {
	needs tap
	ip -batch - <<-END
	link add virbr0 address 52:54:00:00:00:01 type bridge stp_state 1
	address add 192.168.122.1/24 dev virbr0
	tuntap add dev virbr0-nic mode tap
	link set virbr0-nic address 52:54:00:00:00:01
	link set virbr0-nic master virbr0
	link set virbr0 up
	END
	silent
}

@test "bridge-down: no port forwards" {
	sane_bridge
	ip link set br0 down
	finds_and_mends 1 'warning bridge-down: bridge "br0" is down, although'\
' some of its ports are up
	no frame passes from port to port
	$ brctl link br0 up'
}

@test "port-down" {
	sane_bridge
	ip link set v1 down
	finds_and_mends 1 'warning port-down: bridge "br0": port "v1" is down
	no frame passes through this port
	$ brctl link v1 up'
}

@test "no-carrier: only with the default route" {
	sane_bridge
	ip -batch - <<-END
	link set br0 address 02:00:00:00:00:b0
	address add 10.0.0.1/24 dev br0
	link set w0 down
	link set w1 down
	END
	poll 10 is br0/carrier 0
	finds_of no-carrier 0 ""
	ip route add default via 10.0.0.9
	finds_of no-carrier 1 'error no-carrier: bridge "br0" has the default route, but none'\
' of its ports is connected
	the host reaches no other network'
	ip link set br0 down
	ip link set v0 down
	finds 1 'warning bridge-down: bridge "br0" is down, although some of its'\
' ports are up
	no frame passes from port to port
	$ brctl link br0 up'
}

@test "mtu-mismatch: a port that is smaller" {
	sane_bridge
	ip link set v1 mtu 1400
	ip link set br0 mtu 1500
	finds_and_mends 1 'warning mtu-mismatch: bridge "br0": port "v1" has MTU'\
' 1400, the bridge 1500
	larger frames to this port are dropped without a word
	$ brctl link v1 mtu 1500'
}

@test "mtu-mismatch: one that is larger than most, and the bridge" {
	sane_bridge
	pair v2 w2
	ip link set v2 master br0
	ip -batch - <<-END
	link set w2 up
	link set v2 up
	link set v2 mtu 9000
	link set br0 mtu 2000
	END
	finds_and_mends 1 'warning mtu-mismatch: bridge "br0": port "v2" has MTU'\
' 9000, other ports 1500
	larger frames from this port to others are dropped without a word
	$ brctl link v2 mtu 1500
warning mtu-mismatch: bridge "br0" has MTU 2000, its ports 1500
	larger frames of the host are dropped without a word
	$ brctl link br0 mtu 1500'
}

@test "same-mac" {
	local index

	sane_bridge
	ip link set v1 address 02:00:00:00:00:20
	read -r index < /sys/class/net/v1/ifindex
	finds_and_mends 1 'warning same-mac: bridge "br0": ports "v0" and "v1" have'\
' the same MAC address 02:00:00:00:00:20
	switches and the bridge take one for the other, and frames are lost
	$ brctl link v1 address 02:00:00:'"$(printf %02x:%02x:%02x \
		$((index >> 16)) $((index >> 8 & 255)) $((index & 255)))"
}

@test "port-has-address, and the default route" {
	sane_bridge
	ip -batch - <<-END
	link set br0 address 02:00:00:00:00:b0
	address add 10.0.0.1/24 dev v0
	address add 10.0.1.1/24 dev v0
	route add default via 10.0.0.9 dev v0
	END
	finds_and_mends 1 'warning port-has-address: bridge "br0": port "v0" has the'\
' address 10.0.0.1/24
	the bridge takes the answers, so the host does not get them through the port
	$ ip address del 10.0.0.1/24 dev v0
	$ ip address add 10.0.0.1/24 dev br0
	$ ip address del 10.0.1.1/24 dev v0
	$ ip address add 10.0.1.1/24 dev br0
	$ ip -4 route replace default via 10.0.0.9 dev br0'
	ip route show default > "$BATS_TEST_TMPDIR/route"
	grep -q "^default via 10.0.0.9 dev br0" "$BATS_TEST_TMPDIR/route"
	ip route del default
	ip route add default dev v0
	finds_and_mends 1 'warning port-has-address: bridge "br0": port "v0" has the'\
' default route
	the bridge takes the answers, so the host does not get them through the port
	$ ip -4 route replace default dev br0'
}

@test "an IPv6 address of a port, but not one that the kernel made" {
	[ -e /proc/sys/net/ipv6 ] || skip "needs IPv6"
	sane_bridge
	echo 0 > /proc/sys/net/ipv6/conf/v0/disable_ipv6
	echo 0 > /proc/sys/net/ipv6/conf/br0/disable_ipv6
	ip -batch - <<-END
	link set br0 address 02:00:00:00:00:b0
	address add fe80::5/64 dev v0 nodad
	END
	silent
	ip address add 2001:db8::1/64 dev v0 nodad
	finds_and_mends 1 'warning port-has-address: bridge "br0": port "v0" has the'\
' address 2001:db8::1/64
	the bridge takes the answers, so the host does not get them through the port
	$ ip address del 2001:db8::1/64 dev v0
	$ ip address add 2001:db8::1/64 dev br0'
}

@test "empty-bridge: the only device that is free is named" {
	pair nic far
	ip netns add away
	ip -batch - <<-END
	link set far netns away
	link add br0 address 02:00:00:00:00:b0 type bridge
	address add 10.0.0.1/24 dev br0
	link set br0 up
	link set nic up
	END
	silent
	ip route add default via 10.0.0.9
	finds 1 'error empty-bridge: bridge "br0" has the default route, but no port
	the host reaches no network; often the network card has got another name
	$ brctl addif br0 nic'
	mends
	ip -n away link set far up
	poll 10 port_forwards nic
	silent
	ip netns del away
}

@test "mac-floats: a remark, but a warning with an uplink" {
	sane_bridge
	ip address add 10.0.0.1/24 dev br0
	finds 0 'remark mac-floats: bridge "br0" has the MAC address of port "v0",'\
' which is that of a guest
	when the guest stops, the address changes, and the host is unreachable for minutes
	$ brctl link br0 address 02:00:00:00:00:20'
	uplink
	finds_and_mends 1 'warning mac-floats: bridge "br0" has the MAC address of'\
' port "v0", which is that of a guest
	when the guest stops, the address changes, and the host is unreachable for minutes
	$ brctl link br0 address 02:00:00:00:00:20'
	is br0/address 02:00:00:00:00:20
}

@test "mac-floats cannot look without /sys" {
	sane_bridge
	ip address add 10.0.0.1/24 dev br0
	mount -t tmpfs tmpfs /sys
	gives 0 "" "brctl: not checked: mac-floats: /sys does not show the devices of\
 this network namespace" check
	umount /sys
}

@test "not-forwarding" {
	sane_bridge
	works setport br0 v1 state=disabled
	finds_and_mends 1 'warning not-forwarding: bridge "br0": port "v1" does not'\
' forward, although STP is off
	somebody set its state, and nothing sets it back
	$ brctl setport br0 v1 state=forwarding'
}

@test "stp-wait: a remark that says when, and nothing once all forward" {
	sane_bridge
	works set br0 forward_delay=30
	works stp br0 on
	ip -batch - <<-END
	link set br0 address 02:00:00:00:00:b0
	address add 10.0.0.1/24 dev br0
	route add default via 10.0.0.9
	END
	silent
	ip link set v1 down
	ip link set v1 up
	poll 10 is v1/brport/state 1
	quiet check
	grep -qE '^remark stp-wait: bridge "br0": STP lets port "v1" forward in (60|5[0-9]) s$' \
		"$BATS_TEST_TMPDIR/out"
	cp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/found"
	mends
	poll 10 silent
	# While all ports wait, the bridge has no carrier.
	works stp br0 on
	ip -batch - <<-END
	link set v0 down
	link set v1 down
	link set v0 up
	link set v1 up
	END
	poll 10 is br0/carrier 0
	poll 10 is v0/brport/state 1
	finds_of no-carrier 0 ""
}

# joined: br0 and br1, with the pairs a0-b0 and a1-b1 between them.
joined()
{
	ip -batch - <<-END
	link add br0 type bridge
	link add br1 type bridge
	link add a0 type veth peer name b0
	link add a1 type veth peer name b1
	link set a0 master br0
	link set a1 master br0
	link set b0 master br1
	link set b1 master br1
	END
	no_ipv6
}

@test "joined-twice, which STP makes harmless" {
	joined
	ip -batch - <<-END
	link set a0 up
	link set a1 up
	link set b0 up
	link set b1 up
	link set br0 up
	link set br1 up
	END
	# A frame may go round meanwhile.
	finds_of joined-twice 1 'error joined-twice: bridge "br0": port "a1" joins bridge "br1" once more
	a broadcast goes round for ever and takes the whole network down
	$ brctl delif br0 a1
error joined-twice: bridge "br1": port "b1" joins bridge "br0" once more
	a broadcast goes round for ever and takes the whole network down
	$ brctl delif br1 b1'
	mends
	poll 10 silent
	works stp br0 on
	works addif br0 a1
	works addif br1 b1
	quiet check
	run ! grep joined-twice "$BATS_TEST_TMPDIR/out"
}

@test "joined-twice: a pair within one bridge" {
	sane_bridge
	ip link set w1 master br0
	finds 1 'error joined-twice: bridge "br0": both ends of the pair of port "w1"'\
' are ports of it
	a broadcast goes round for ever and takes the whole network down
	$ brctl delif br0 w1'
	mends
	silent
}

@test "no-learning: with more than two ports" {
	sane_bridge
	works setageing br0 0
	silent
	pair v2 w2
	ip link set w2 up
	ip link set v2 up
	ip link set v2 master br0
	finds_and_mends 1 'warning no-learning: bridge "br0" has an ageing time of 0
	it learns no address, and sends each frame to all ports like a hub
	$ brctl setageing br0 300'
}

@test "fdb-full" {
	sane_bridge
	"$BRCTL" set br0 fdb_max_learned=1 2> /dev/null ||
		skip "this kernel has no limit"
	silent
	frame send w0
	finds_and_mends 1 'warning fdb-full: bridge "br0" has learned as many addresses'\
' as it may: 1
	frames for other addresses go to all ports
	$ brctl set br0 fdb_max_learned=2'
}

@test "isolated ports: one alone, and the uplink" {
	sane_bridge
	works setport br0 v0 isolated=on
	finds_and_mends 0 'remark lone-isolated: bridge "br0": port "v0" is the only'\
' isolated port
	isolated ports are kept apart from each other only, so nothing is kept apart
	$ brctl setport br0 v0 isolated=off'
	works setport br0 v0 isolated=on
	works setport br0 v1 isolated=on
	uplink
	silent
	works setport br0 up0 isolated=on
	finds_and_mends 1 'warning isolated-uplink: bridge "br0": port "up0" is'\
' isolated, and it leads to the network
	the other isolated ports cannot reach the network
	$ brctl setport br0 up0 isolated=off'
}

@test "group-forward names the protocols" {
	sane_bridge
	works set br0 group_fwd_mask=0x4010
	works setport br0 v0 group_fwd_mask=0x5
	finds_and_mends 0 'remark group-forward: bridge "br0" passes frames of'\
' 01:80:c2:00:00:04, LLDP
	the devices at its ports see each other as if there were no bridge
	$ brctl set br0 group_fwd_mask=0
remark group-forward: bridge "br0": port "v0" passes frames of STP, LACP
	the devices at its ports see each other as if there were no bridge
	$ brctl setport br0 v0 group_fwd_mask=0'
}

# --- VLANs -------------------------------------------------------------------

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
	finds_and_mends 1 'warning vlan-leak: bridge "br0": "v1" has PVID 10, and'\
' still sends VLAN 1 untagged, too
	frames of this VLAN leak out, and the answers come into another VLAN
	$ brctl delvlan br0 v1 1'
	in_vlans v1 10pu
}

@test "many-untagged: and then they are tagged" {
	needs vlan_filtering
	filters
	works addvlan br0 v1 20-22 untagged
	works addvlan br0 v1 30 untagged
	works addvlan br0 v1 40
	finds_and_mends 1 'warning many-untagged: bridge "br0": "v1" has PVID 1, and'\
' sends VLAN 20 untagged, too
	frames of this VLAN leak out, and the answers come into another VLAN
	$ brctl addvlan br0 v1 20-22
	$ brctl addvlan br0 v1 30'
	in_vlans v1 "1pu 20 21 22 30 40"
}

@test "no-pvid" {
	needs vlan_filtering
	filters
	quiet addvlan br0 v1 1 untagged
	finds_and_mends 1 'warning no-pvid: bridge "br0": port "v1" sends VLAN 1'\
' untagged, but has no PVID
	untagged frames that come in are dropped
	$ brctl addvlan br0 v1 1 pvid untagged'
}

@test "unfiltered" {
	needs vlan_filtering
	filters
	works addvlan br0 v1 20-22
	silent
	works set br0 vlan_filtering=off
	finds_and_mends 1 'warning unfiltered: bridge "br0" does not filter VLANs,'\
' although "v1" is in VLAN 20
	frames pass to all ports, whatever their VLAN is
	$ brctl set br0 vlan_filtering=on'
}

@test "host-locked-out: no PVID, and one without ports" {
	needs vlan_filtering
	filters
	ip link set br0 address 02:00:00:00:00:b0
	works delvlan br0 br0 1
	silent
	ip address add 10.0.0.1/24 dev br0
	finds_and_mends 1 'error host-locked-out: bridge "br0" has an address, but no'\
' PVID
	nobody reaches the host at this address
	$ brctl addvlan br0 br0 1 pvid untagged'
	quiet addvlan br0 v0,v1 10 pvid untagged
	works delvlan br0 v0,v1 1
	quiet check || :
	sed -n '/host-locked-out/,/^[a-z]/p' "$BATS_TEST_TMPDIR/out" |
		grep -v "^remark" > "$BATS_TEST_TMPDIR/found"
	same_text finding 'error host-locked-out: bridge "br0" has an address, but its'\
' PVID is 1, and no port is in this VLAN
	nobody reaches the host at this address
	$ brctl addvlan br0 br0 10 pvid untagged
	$ brctl delvlan br0 br0 1' "$BATS_TEST_TMPDIR/found" check
	mends
	run -0 "$BRCTL" check
	[[ $output != *host-locked-out* ]]
}

@test "host-not-in-vlan: only while the device is up" {
	needs vlan_filtering 8021q
	filters
	ip link add link br0 name br0.10 type vlan id 10
	silent
	ip link set br0.10 up
	finds_and_mends 1 'error host-not-in-vlan: bridge "br0": VLAN device "br0.10"'\
' is on it, but the bridge itself is not in VLAN 10
	the bridge drops all that this device sends, and gives it nothing
	$ brctl addvlan br0 br0 10'
	in_vlans br0 "1pu 10"
}

@test "vlan-device: on a port, and used or not" {
	needs vlan_filtering 8021q
	filters
	ip link add link v0 name v0.10 type vlan id 10
	silent
	works addvlan br0 v0 10
	finds_and_mends 1 'warning vlan-device: bridge "br0": VLAN device "v0.10" takes'\
' the frames of VLAN 10 from port "v0"
	what comes in with this tag does not reach the bridge, although it can send with it
	$ vconfig rem v0.10'
	ip link add link v0 name v0.10 type vlan id 10
	ip address add 10.0.10.1/24 dev v0.10
	finds_and_mends 1 'warning vlan-device: bridge "br0": VLAN device "v0.10" takes'\
' the frames of VLAN 10 from port "v0"
	what comes in with this tag does not reach the bridge, although it can send with it
	$ brctl delvlan br0 v0 10'
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
	finds_and_mends 1 'warning nic-twice: bridge "br0": ports "eth0.10" and'\
' "eth0.20" are on the same device, and both have PVID 1
	the bridge makes one network of two VLANs, which may be a loop
	$ brctl addvlan br0 eth0.20 20 pvid untagged
	$ brctl delvlan br0 eth0.20 1'
	in_vlans eth0.20 20pu
}

@test "late-ports: a remark" {
	needs vlan_filtering
	filters
	quiet addvlan br0 v0,v1 10 pvid untagged
	works delvlan br0 v0 1
	quiet check || [ $? -eq 1 ]
	run ! grep late-ports "$BATS_TEST_TMPDIR/out"
	works delvlan br0 v1 1
	finds_and_mends 0 'remark late-ports: bridge "br0" puts new ports into VLAN 1, in'\
' which it has no port
	a port that joins later reaches nobody, or others that were forgotten
	$ brctl set br0 default_pvid=0'
	in_vlans v0 10pu
	is br0/bridge/vlan_filtering 1
}

# --- the command --------------------------------------------------------------

@test "bridges that are named, and what is none" {
	ip link add br0 type bridge
	ip link add br1 type bridge
	pair v0 w0
	ip link set v0 master br1
	ip link set v0 up
	gives 0 "" "" check br0
	run -1 "$BRCTL" check br0 br1
	gives 2 "" 'brctl: cannot read bridge "nope": No such device' check nope
	gives 2 "" 'brctl: cannot read bridge "v0": it is not a bridge' check v0
	gives 2 "" 'brctl: cannot read bridge "nope": No such device' \
		check -j br0 nope
}

@test "rules: the list, and one explained" {
	local rule rest

	quiet check --list
	while IFS=$'\t' read -r rule rest; do
		[[ $rest = error$'\t'?* || $rest = warning$'\t'?* ||
			$rest = remark$'\t'?* ]]
		# Each has a test in one of these files; local-macs is never
		# found, and no device here has LRO.
		[[ $rule != @(local-macs|lro) ]] || continue
		grep -q "^[^#]*$rule: " "${BATS_TEST_FILENAME%.bats}"*.bats
	done < "$BATS_TEST_TMPDIR/out"
	gives 0 'port-down (warning)
a port is down

A device that becomes a port keeps its state, and new devices are down. A tap
device is not reported: the program that opens it sets it up.' "" \
		check --explain port-down
	gives 2 "" 'brctl: there is no rule "port-dwn"
brctl: did you mean port-down?' check --explain=port-dwn
	gives 2 "" 'brctl: there is no rule "x\033"
brctl: for a list: brctl check --list' check --explain $'x\e'
	gives 2 "" 'brctl: --list and --explain take neither bridges nor --json' \
		check --list br0
	gives 1 "" 'brctl: show: option --list is not supported' show --list
	gives 2 "" 'brctl: check: option --long is not supported' check --long
	run -2 "$BRCTL" check --foo
	run -2 "$BRCTL" check br0 --explain
	run -1 "$BRCTL" show --foo
}

@test "names that a shell or a terminal would not take" {
	ip link add br0 type bridge
	ip link add $'a\e;b' type veth peer name w0
	ip link set $'a\e;b' master br0
	ip link set br0 up
	finds 1 'warning port-down: bridge "br0": port "a\033;b" is down
	no frame passes through this port
	$ brctl link '"'a\\033;b'"' up'
	needs json
	quiet check -j || [ $? -eq 1 ]
	grep -qiF '"fix":["brctl link '"'a\\u001b;b'"' up"]' "$BATS_TEST_TMPDIR/out"
}

@test "without the capability it is the same" {
	sane_bridge
	poor check
	same_text stdout "" "$BATS_TEST_TMPDIR/out" check
}

@test "a full disk: nobody has seen the findings" {
	sane_bridge
	ip link set v1 down
	run -2 --separate-stderr sh -c 'exec "$0" check > /dev/full' "$BRCTL"
	[ "$stderr" = "brctl: write error: No space left on device" ]
}

@test "on a terminal, 50 findings of a rule are shown" {
	: | script -qec true /dev/null || skip "needs script"
	{
		echo "link add br0 type bridge"
		for i in {1..52}; do
			echo "link add v$i type veth peer name w$i"
			echo "link set v$i master br0"
		done
		echo "link set br0 up"
	} | ip -batch -
	run -1 script -qec "$BRCTL check" /dev/null
	[ "$(grep -c "^warning port-down" <<< "$output")" -eq 50 ]
	[[ $output = *"brctl: port-down: 2 more, which --json prints"* ]]
	quiet check || [ $? -eq 1 ]
	[ "$(grep -c "^warning port-down" "$BATS_TEST_TMPDIR/out")" -eq 52 ]
}
