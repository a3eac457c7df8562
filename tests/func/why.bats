#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# why: whether two stations can talk, and what to change if not. oracle/reach
# tries the changes on random bridges, with real frames.
#
# environment: ns

load ../common.bash
load exact.bash
load forwarding.bash

A=02:00:00:00:00:0a
B=02:00:00:00:00:0b
TAB=$'\t'

# br0 with the ports va, vb and vc, which forward.
setup()
{
	forwarding_bridge va vb vc
}

# says STATUS LINES WORD...: checks the output of why, without the note about
# br_netfilter.
says()
{
	local want_status=$1 want=$2 status=0

	shift 2
	brctl why "$@" > "$BATS_TEST_TMPDIR/out" 2> "$BATS_TEST_TMPDIR/err" ||
		status=$?
	grep -v "^note${TAB}netfilter decides here" "$BATS_TEST_TMPDIR/out" \
		> "$BATS_TEST_TMPDIR/lines" || true
	same_text stdout "$want" "$BATS_TEST_TMPDIR/lines" "why $*" &&
	same_text stderr "" "$BATS_TEST_TMPDIR/err" "why $*" &&
	[ "$status" -eq "$want_status" ]
}

# arrives ONE OTHER: prints the expected lines for two stations that can talk.
arrives()
{
	local kind

	for kind in broadcast unicast; do
		printf '%s\t%s\t%s\tarrives\n' "$1" "$2" $kind "$2" "$1" $kind
	done
	echo "they can talk"
}

# mends ONE OTHER [vlan VID]: runs the commands that why prints, and checks
# that the stations can talk then.
mends()
{
	local line

	run -1 brctl why br0 "$@"
	while IFS= read -r line; do
		bash -e -c "${line/#brctl/$BRCTL}" || return 1
	done < <(printf '%s\n' "$output" | sed -n "s/^$TAB\\\$ //p")
	run -0 brctl why br0 "$@"
}

# refuses MESSAGE WORD...: checks that why fails with this error and exit
# status 2.
refuses()
{
	local want=$1 status=0

	shift
	brctl why "$@" > "$BATS_TEST_TMPDIR/out" 2> "$BATS_TEST_TMPDIR/err" ||
		status=$?
	same_text stderr "brctl: $want" "$BATS_TEST_TMPDIR/err" "why $*" &&
	[ "$status" -eq 2 ]
}

@test "two ports, and the host" {
	says 0 "$(arrives va vb)" br0 va vb
	says 0 "$(arrives va host)" br0 va host
	says 0 "$(arrives va br0)" br0 va br0
	[ -z "$(bridge fdb show br br0 dynamic)" ]
}

@test "isolated ports: changing one of them is enough" {
	works setport br0 va,vb isolated=on
	says 1 "va${TAB}vb${TAB}broadcast${TAB}stops${TAB}vb${TAB}isolated${TAB}both ports are isolated (isolated)
vb${TAB}va${TAB}broadcast${TAB}stops${TAB}va${TAB}isolated${TAB}both ports are isolated (isolated)
va${TAB}vb${TAB}unicast${TAB}stops${TAB}vb${TAB}isolated${TAB}both ports are isolated (isolated)
vb${TAB}va${TAB}unicast${TAB}stops${TAB}va${TAB}isolated${TAB}both ports are isolated (isolated)
they cannot talk
$TAB\$ brctl setport br0 va isolated=off
${TAB}other changes would do as well; these affect others the least" br0 va vb
	mends va vb
}

@test "of two solutions, the one that affects others less is printed" {
	# The locked port va only accepts frames from A.
	works addmac br0 va $A
	works setport br0 va learning=off
	works addmac br0 vb $B
	works setport br0 va unicast_flood=off locked=on
	works delmac br0 va $A
	works addmac br0 va $A dynamic
	says 0 "$(arrives $A $B)" br0 $A $B
	works setport br0 va,vb,vc isolated=on
	works setport br0 vc isolated=off
	run -1 brctl why br0 $A $B
	[[ $output = *"$TAB\$ brctl setport br0 va isolated=off"* ]]
}

@test "several changes are needed" {
	works setport br0 va broadcast_flood=off locked=on
	works setport br0 vb isolated=on
	works setport br0 va isolated=on
	ip link set vb down
	mends va vb || {
		# The port forwards only after the kernel has told the bridge
		# that it has a carrier.
		forwarding vb
		run -0 brctl why br0 va vb
	}
}

@test "stations given by MAC and IP address, and unknown addresses" {
	works addmac br0 va $A
	works addmac br0 vb $B
	says 0 "$(arrives $A $B)" br0 $A $B
	ip addr add 10.0.0.1/24 dev br0
	ip neigh add 10.0.0.2 lladdr $B dev br0
	says 0 "$(arrives 10.0.0.1 10.0.0.2)" br0 10.0.0.1 10.0.0.2
	refuses 'cannot find "10.0.0.9" on bridge "br0": the host does not have the address, and its neighbour tables do not know it: name the MAC address, or the port' \
		br0 va 10.0.0.9
	refuses 'cannot find "02:00:00:00:00:99" on bridge "br0": the FDB does not have the address: it has sent nothing yet, or its entry has expired; name its port instead' \
		br0 va 02:00:00:00:00:99
	ip neigh add 10.0.0.3 lladdr 02:00:00:00:00:99 dev br0
	refuses 'cannot find "10.0.0.3" on bridge "br0": the FDB does not have the address: it has sent nothing yet, or its entry has expired; name its port instead' \
		br0 va 10.0.0.3
	ip addr add 10.9.0.1/24 dev vc
	refuses 'cannot find "10.9.0.1" on bridge "br0": the host has the address on "vc"' \
		br0 va 10.9.0.1
	ip neigh add 10.9.0.2 lladdr $B dev far-vc
	refuses 'cannot find "10.9.0.2" on bridge "br0": the host knows the address through "far-vc"' \
		br0 va 10.9.0.2
}

@test "two stations behind the same port" {
	works addmac br0 va $A
	says 0 "note${TAB}both are behind the same port: their frames do not pass the bridge
they can talk" br0 va $A
}

@test "a station on another bridge" {
	ip link add br1 type bridge
	veth vx far-vx
	ip link set vx master br1
	says 1 "note${TAB}\"vx\" is on bridge \"br1\": only a route joins two bridges (an IP address of the host on both, and ip_forward), or a veth pair with one end in each
they cannot talk" br0 va vx
	run -1 brctl why br0 br1 va
	[[ $output = *'"br1" is on bridge "br1"'* ]]
}

@test "if there is no carrier, no change is printed" {
	ip link set far-vb down
	poll 5 eval '! brctl showstp br0 | grep -A2 "^vb" | grep -q forwarding'
	run -1 brctl why br0 va vb
	[[ $output = *"note${TAB}\"vb\" has no carrier: no cable, or the other end is down"* ]]
	[[ $output = *"no change that brctl can make lets them reach each other"* ]]
	[[ $output != *"$TAB\$ "* ]]
}

@test "turning STP off is not suggested" {
	ip link add br1 type bridge stp_state 1 mcast_snooping 0
	veth vx far-vx
	veth vy far-vy
	ip link set vx master br1
	ip link set vy master br1
	ip link set br1 up
	poll 5 eval 'brctl showstp br1 | grep -q listening'
	run -1 brctl why br1 vx vy
	[[ $output = *"note${TAB}the spanning tree keeps \"vx\" from forwarding, so that there is no loop"* ]]
	[[ $output != *"$TAB\$ "* ]]
}

@test "errors return exit status 2" {
	refuses 'cannot determine whether "va" and "va" reach each other through bridge "br0": both are the same station' \
		br0 va va
	refuses 'cannot determine whether "host" and "br0" reach each other through bridge "br0": both are the same station' \
		br0 host br0
	refuses 'cannot find "nope" on bridge "br0": no device has this name, and it is neither a MAC address nor an IP address' \
		br0 va nope
	refuses 'cannot find "far-va" on bridge "br0": it is not a port of the bridge' \
		br0 far-va vb
	refuses 'cannot find "01:00:5e:00:00:01" on bridge "br0": it is a multicast address, which is not that of one station' \
		br0 va 01:00:5e:00:00:01
	refuses 'cannot read bridge "nope": No such device' nope va vb
	refuses 'cannot read bridge "va": it is not a bridge' va va vb
	refuses '"vid" is not "vlan"' br0 va vb vid 5
	refuses '"4095" is not a VLAN id: they range from 1 to 4094' \
		br0 va vb vlan 4095
	refuses '"0" is not a VLAN id: they range from 1 to 4094' br0 va vb vlan 0
	refuses '"vlan" needs a value' br0 va vb vlan
	run -2 brctl why br0 va
}

@test "names with special characters are quoted in commands and escaped" {
	veth $'-e\e;$(x)' far
	ip link set $'-e\e;$(x)' master br0 down
	run -1 brctl why br0 va -- $'-e\e;$(x)'
	[[ $output != *$'\e'* ]]
	[[ $output = *"$TAB\$ brctl link -- '-e\\033;\$(x)' up"* ]]
}

@test "ports that are added and removed during the command" {
	local i status

	port_comes_and_goes
	for i in {1..40}; do
		status=0
		brctl why br0 va vb > /dev/null 2> "$BATS_TEST_TMPDIR/err" ||
			status=$?
		[ "$status" -le 2 ]
		[ "$status" -lt 2 ] ||
			grep -qE 'its ports changed meanwhile|it is not a port of the bridge|they changed|No such device|cannot' \
				"$BATS_TEST_TMPDIR/err"
	done
	wait
}

@test "output as JSON" {
	needs json
	works setport br0 va,vb isolated=on
	run -1 brctl -j why br0 va vb
	[[ $output = '{"bridge":"br0","a":{"name":"va","port":"va","mac":null,"tag":null},"b":{"name":"vb","port":"vb","mac":null,"tag":null},"vlan":null,"talk":false,"frames":[{"from":"va","to":"vb","kind":"broadcast","arrives":false,"step":"isolated","device":"vb","why":"both ports are isolated","option":"isolated"},'* ]]
	[[ $output = *'"changes":["brctl setport br0 va isolated=off"],"ties":true,"notes":['* ]]
}

@test "guests in different VLANs" {
	local member

	needs vlan_filtering
	works set br0 vlan_filtering=on
	brctl addvlan br0 va 5 pvid untagged 2> /dev/null
	works delvlan br0 va 1
	mends va vb
	brctl addvlan br0 vb 1 pvid untagged 2> /dev/null
	mends va vb vlan 5
	for member in va vb br0; do
		brctl delvlan --if-exists br0 $member 1
		brctl delvlan --if-exists br0 $member 5
	done
	mends va vb
	mends va host vlan 7
}

@test "a guest, and a network with tagged frames" {
	needs vlan_filtering
	works set br0 vlan_filtering=on
	works addvlan br0 va 5,6
	brctl addvlan br0 vb 7 pvid untagged 2> /dev/null
	run -1 brctl why br0 va vb vlan 7
	[[ $output = *"$TAB\$ brctl addvlan br0 va 7" ]]
	mends va vb vlan 7
}

@test "a locked port with an entry for a different station in each VLAN" {
	needs vlan_filtering
	works set br0 vlan_filtering=on
	works addvlan br0 va,vb 5
	works setport br0 va learning=off locked=on
	works addmac br0 va $A vlan 1
	works addmac br0 va $B vlan 5
	run -0 brctl why br0 va vb vlan 1
	run -0 brctl why br0 va vb vlan 5
	run -1 brctl why br0 $A vb vlan 5
}

@test "the host's VLAN device is down" {
	needs 8021q
	ip link add link br0 name br0.5 type vlan id 5
	run -1 brctl why br0 va host vlan 5
	[[ $output = *"va${TAB}host${TAB}broadcast${TAB}stops${TAB}br0.5${TAB}vlan-device${TAB}the VLAN device is down"* ]]
	[[ $output = *"$TAB\$ brctl link br0.5 up"* ]]
	mends va host vlan 5
}

@test "a VLAN device on a port takes the frames of its VLAN" {
	needs 8021q
	ip link add link va name va.5 type vlan id 5
	ip link set va.5 up
	says 1 "va${TAB}vb${TAB}broadcast${TAB}stops${TAB}va.5${TAB}vlan-device${TAB}a VLAN device on the port takes the frames of VLAN 5; the bridge does not see them
vb${TAB}va${TAB}broadcast${TAB}arrives
va${TAB}vb${TAB}unicast${TAB}stops${TAB}va.5${TAB}vlan-device${TAB}a VLAN device on the port takes the frames of VLAN 5; the bridge does not see them
vb${TAB}va${TAB}unicast${TAB}arrives
note${TAB}the host then no longer gets VLAN 5 from \"va\"
they cannot talk
$TAB\$ vconfig rem va.5" br0 va vb vlan 5
}
