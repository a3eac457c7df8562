#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# trace: the path of a frame through a bridge. oracle/trace compares it with
# real frames.
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

# traces LINES WORD...: checks the printed steps, without the one about
# br_netfilter.
traces()
{
	local want=$1

	shift
	quiet trace "$@" || { cat "$BATS_TEST_TMPDIR/err"; return 1; }
	grep -v "^netfilter$TAB" "$BATS_TEST_TMPDIR/out" \
		> "$BATS_TEST_TMPDIR/steps" || true
	same_text stdout "$want" "$BATS_TEST_TMPDIR/steps" "trace $*" &&
	same_text stderr "" "$BATS_TEST_TMPDIR/err" "trace $*"
}

PASS="ingress-vlan${TAB}va${TAB}pass${TAB}the bridge does not filter VLANs\
 (vlan_filtering)"
UNTAGGED="the frame goes out untagged"

@test "an unknown address is flooded, and the sender is learned" {
	traces "$PASS
learning${TAB}va${TAB}pass${TAB}the sender gets an FDB entry
lookup${TAB}br0${TAB}pass${TAB}the FDB does not know the address: the frame\
 goes to all ports
hairpin${TAB}va${TAB}skip${TAB}the frame came in here (hairpin_mode)
egress${TAB}vb${TAB}out${TAB}$UNTAGGED
egress${TAB}vc${TAB}out${TAB}$UNTAGGED" br0 in va src $A dst $B
}

@test "words may be in any order, and a trace learns nothing" {
	local before

	before=$(bridge fdb show br br0)
	quiet trace br0 dst $B src $A in va
	[ "$(bridge fdb show br br0)" = "$before" ]
}

@test "a known address is sent to one port; isolated ports drop the frame" {
	works addmac br0 vb $B
	traces "$PASS
lookup${TAB}vb${TAB}pass${TAB}the FDB says that the address is on this port
egress${TAB}vb${TAB}out${TAB}$UNTAGGED" br0 in va dst $B
	works setport br0 va,vb isolated=on
	traces "$PASS
lookup${TAB}vb${TAB}pass${TAB}the FDB says that the address is on this port
isolated${TAB}vb${TAB}skip${TAB}both ports are isolated (isolated)" \
		br0 in va dst $B
}

@test "frames from the host, and to the host" {
	traces "ingress-vlan${TAB}br0${TAB}pass${TAB}the bridge does not filter\
 VLANs (vlan_filtering)
lookup${TAB}br0${TAB}pass${TAB}broadcast goes to all ports
egress${TAB}va${TAB}out${TAB}$UNTAGGED
egress${TAB}vb${TAB}out${TAB}$UNTAGGED
egress${TAB}vc${TAB}out${TAB}$UNTAGGED" br0 in host dst ff:ff:ff:ff:ff:ff
	traces "$PASS
lookup${TAB}br0${TAB}pass${TAB}the FDB says that this is an address of the host
host${TAB}br0${TAB}host${TAB}the host gets the frame untagged" \
		br0 in va dst "$(mac_of br0)"
}

# shows TEXT: checks that brctl printed this text.
shows()
{
	grep -Fq -- "$1" "$BATS_TEST_TMPDIR/out" && return
	echo "not there: $1"
	cat "$BATS_TEST_TMPDIR/out"
	return 1
}

@test "JSON has null for missing values" {
	needs json
	works addmac br0 vb $B
	works setport br0 va,vb isolated=on
	quiet -j trace br0 in va dst $B vlan 0:5
	shows '{"bridge":"br0","in":"va","steps":[{"step":"ingress-vlan",'
	shows '{"step":"isolated","device":"vb","verdict":"skip","why":"both ports are isolated","option":"isolated"}'
	shows '],"out":[],"host":false,"learned":false,"dropped":"isolated"}'
	works setport br0 va isolated=off
	quiet -j trace br0 in va src $A dst $B vlan 0:5
	shows '"out":[{"port":"vb","vlan":0}],"host":false,"learned":true,"dropped":null}'
	quiet -j trace br0 in host dst $B
	shows '"in":"host",'
	shows '"why":"the frame goes out untagged","option":null}'
	shows '"out":[{"port":"vb","vlan":null}],'
}

@test "guests in different VLANs, and an untagged port" {
	needs vlan_filtering json
	works set br0 vlan_filtering=on
	works delvlan br0 all 1
	works addvlan br0 va,vc 10 pvid untagged
	works addvlan br0 vb 20 pvid untagged
	quiet -j trace br0 in va dst $B
	shows '"out":[{"port":"vc","vlan":null}],'
	shows '{"step":"egress-vlan","device":"vb","verdict":"skip","why":"the port is not a member of the frame'"'"'s VLAN","option":"vlan"}'
	quiet -j trace br0 in va dst $B vlan 20
	shows '"out":[],"host":false,"learned":false,"dropped":"ingress-vlan"}'
	brctl addvlan br0 vc 10 2> /dev/null
	quiet -j trace br0 in va dst $B
	shows '"out":[{"port":"vc","vlan":10}],'
}

@test "a VLAN device on a port takes the frames of its VLAN" {
	needs 8021q
	ip link add link va name va.10 type vlan id 10
	ip link set va.10 up
	traces "vlan-device${TAB}va.10${TAB}up${TAB}a VLAN device on the port\
 takes the frames of VLAN 10; the bridge does not see them" \
		br0 in va dst $B vlan 10
}

@test "a multicast group without and with snooping" {
	traces "$PASS
lookup${TAB}br0${TAB}pass${TAB}multicast_snooping is off: the frame goes to\
 all ports (multicast_snooping)
hairpin${TAB}va${TAB}skip${TAB}the frame came in here (hairpin_mode)
egress${TAB}vb${TAB}out${TAB}$UNTAGGED
egress${TAB}vc${TAB}out${TAB}$UNTAGGED
host${TAB}br0${TAB}host${TAB}the host gets the frame untagged" \
		br0 in va group 239.1.1.1
	works set br0 multicast_snooping=on multicast_querier=on
	works addgroup br0 vc 239.1.1.1
	traces "$PASS
lookup${TAB}br0${TAB}pass${TAB}the frame goes to the members of the group, and\
 to routers
egress${TAB}vc${TAB}out${TAB}$UNTAGGED" br0 in va group 239.1.1.1
}

@test "addresses by the name of a port, of the host, and of the gateway" {
	local lines

	works addmac br0 vb $B
	for lines in vb gateway; do
		quiet trace br0 in va dst $lines
		shows "lookup${TAB}vb${TAB}pass${TAB}the FDB says that the address is on this port"
		ip address add 10.0.0.1/24 dev br0 2> /dev/null || true
		ip neigh replace 10.0.0.2 lladdr $B dev br0
		ip route replace default via 10.0.0.2
	done
	quiet trace br0 in va dst host
	shows "host${TAB}br0${TAB}host${TAB}the host gets the frame untagged"
	works addmac br0 vb $A
	denies 'brctl: cannot find the MAC address of "vb" on bridge "br0": the FDB has several addresses on the port: name one of them' \
		trace br0 in va dst vb
}

@test "--follow: through the bridge behind a port, here and in a namespace" {
	ip netns add inside
	ip link set far-vb netns inside
	ip -n inside link add br1 type bridge mcast_snooping 0
	ip -n inside link add gone type veth peer name here
	ip -n inside link set far-vb master br1
	ip -n inside link set gone master br1
	for device in br1 far-vb gone here; do
		ip -n inside link set $device up
	done
	forwarding vb
	poll 10 in_netns_forwarding far-vb gone
	quiet trace --follow br0 in va dst ff:ff:ff:ff:ff:ff
	shows "follow${TAB}vb${TAB}pass${TAB}far-vb in namespace inside is a port of br1"
	shows "egress${TAB}gone${TAB}out${TAB}$UNTAGGED"
	shows "follow${TAB}gone${TAB}note${TAB}here is not a port of a bridge"
	shows "follow${TAB}vc${TAB}note${TAB}far-vc is not a port of a bridge"
	shows "host${TAB}br1${TAB}host${TAB}the host gets the frame untagged"
}

# in_netns_forwarding PORT...: all forward, in the namespace "inside".
in_netns_forwarding()
{
	local port

	for port in "$@"; do
		bridge -n inside link show dev "$port" | grep -q forwarding ||
			return 1
	done
}

@test "--follow as JSON, in which a loop of bridges ends" {
	needs json
	ip link add br1 type bridge mcast_snooping 0
	ip link set far-vb master br1
	ip link set far-vc master br1
	ip link set br1 up
	forwarding far-vb far-vc
	quiet -j trace --follow br0 in va dst ff:ff:ff:ff:ff:ff
	shows '"follow":[{"port":"vb","netns":null,"device":"far-vb","trace":{"bridge":"br1","in":"far-vb",'
	shows '"trace":null}'
}

@test "ports that are added and removed during the command" {
	local i status

	port_comes_and_goes
	for i in {1..40}; do
		status=0
		brctl trace br0 in vb dst $B > "$BATS_TEST_TMPDIR/out" \
			2> "$BATS_TEST_TMPDIR/err" || status=$?
		if [ "$status" -ne 0 ]; then
			grep -qE 'its ports changed meanwhile|it is not a port of the bridge|is not a port' \
				"$BATS_TEST_TMPDIR/err"
		else
			[ -s "$BATS_TEST_TMPDIR/out" ]
		fi
	done
	wait
}

@test "control characters in names are escaped" {
	veth $'evil\e[1m' far
	ip link set $'evil\e[1m' master br0
	quiet trace br0 in va dst ff:ff:ff:ff:ff:ff
	grep -Fq 'evil\033[1m' "$BATS_TEST_TMPDIR/out"
	run ! grep -q $'\e' "$BATS_TEST_TMPDIR/out"
}

@test "devices that are not bridges or ports of the bridge are refused" {
	ip link add br1 type bridge
	denies 'brctl: cannot read bridge "nope": No such device' \
		trace nope in host dst $B
	denies 'brctl: cannot read port "va" of bridge "nope": no such bridge' \
		trace nope in va dst $B
	denies 'brctl: cannot read port "nope" of bridge "br0": No such device' \
		trace br0 in nope dst $B
	denies 'brctl: cannot read port "va" of bridge "br1": it is a port of another bridge' \
		trace br1 in va dst $B
	denies 'brctl: cannot read bridge "va": it is not a bridge' \
		trace va in host dst $B
}

@test "missing, repeated and invalid words are refused" {
	local row

	while IFS='|' read -r words why; do
		# shellcheck disable=SC2086 # several words
		denies "brctl: $why" trace br0 $words
	done <<-END
	dst $B|the word "in" is missing
	in va|cannot trace a frame through bridge "br0": the frame has no destination
	in va dst|"dst" needs a value
	in va dst $B dst $A|"dst" is given twice
	in va to $B|"to" is not one of in, src, dst, vlan, inner, type, group, source and len
	in va dst 2:0|cannot find "2:0" on bridge "br0": no device has this name, and it is neither a MAC address nor an IP address
	in va dst vb|cannot find the MAC address of "vb" on bridge "br0": the FDB has no address on the port: nobody there has sent a frame lately
	in va dst gateway|cannot find "gateway" on bridge "br0": the host has no default route through a gateway
	in va dst $B inner 5|cannot trace a frame through bridge "br0": an inner tag needs an outer one
	in va dst $B vlan 10 inner 4095|"4095" is not a VLAN id from 1 to 4094
	in va dst $B source 10.0.0.1|cannot trace a frame through bridge "br0": an IP source needs a group of the same protocol
	in va group 239.1.1.1 source 239.1.1.2|cannot trace a frame through bridge "br0": the source is not the IPv4 or IPv6 address of a host
	in va src 01:00:5e:00:00:01 dst $B|cannot trace a frame through bridge "br0": the source is a multicast address, which no device sends from
	in va dst $B vlan 4095|"4095" is not a VLAN id from 0 to 4094, alone or with a priority as in 10:5
	in va dst $B vlan 10:8|"10:8" is not a VLAN id from 0 to 4094, alone or with a priority as in 10:5
	in va dst $B vlan x|"x" is not a VLAN id from 0 to 4094, alone or with a priority as in 10:5
	in va dst $B type ipx|"ipx" is not one of arp, ip, ip6 and a number such as 0x88cc
	in va dst $B len 13|"13" is not a length of a frame, 14 to 65535 bytes
	in va group 10.0.0.1|cannot trace a frame through bridge "br0": the group is not an IPv4 or IPv6 multicast address
	in va group ff05::1 type ip|cannot trace a frame through bridge "br0": the group is of another protocol than the frame
	END
}
