#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# reach: which members can talk to each other, in each VLAN. oracle/reach-table
# sends real frames between all members of random bridges.
#
# environment: ns

load ../common.bash
load exact.bash
load forwarding.bash

A=02:00:00:00:00:0a
TAB=$'\t'

# br0 with the ports va, vb, vc and vd, which forward.
setup()
{
	forwarding_bridge va vb vc vd
}

# says TABLE WORD...: checks the output of reach, without the note about
# br_netfilter.
says()
{
	local want=$1 status=0

	shift
	brctl reach "$@" > "$BATS_TEST_TMPDIR/out" 2> "$BATS_TEST_TMPDIR/err" ||
		status=$?
	grep -v "^note${TAB}netfilter decides here" "$BATS_TEST_TMPDIR/out" \
		> "$BATS_TEST_TMPDIR/lines" || true
	same_text stdout "$want" "$BATS_TEST_TMPDIR/lines" "reach $*" &&
	same_text stderr "" "$BATS_TEST_TMPDIR/err" "reach $*" &&
	[ "$status" -eq 0 ]
}

# refuses MESSAGE WORD...: checks that reach fails with this error and exit
# status 2.
refuses()
{
	local want=$1 status=0

	shift
	brctl reach "$@" > "$BATS_TEST_TMPDIR/out" 2> "$BATS_TEST_TMPDIR/err" ||
		status=$?
	same_text stderr "brctl: $want" "$BATS_TEST_TMPDIR/err" "reach $*" &&
	[ "$status" -eq 2 ]
}

# joins MEMBERS VIDS [FLAG...]: runs addvlan, and hides the message about lost
# flags.
joins()
{
	brctl addvlan br0 "$@" 2> /dev/null
}

@test "all members can talk to each other" {
	says 'br0 (VLANs are not filtered)
  1
1 x  va vb vc vd host' br0
	[ -z "$(bridge fdb show br br0 dynamic)" ]
}

@test "isolated ports, and one that is down" {
	works setport br0 va,vb isolated=on
	ip link set vd down
	poll 5 eval 'brctl showstp br0 | grep -A2 "^vd" | grep -q disabled'
	says 'br0 (VLANs are not filtered)
  1 2 3
1 . x .  va vb
2 x x .  vc host
3 . . -  vd' br0
}

@test "a locked port, without and with an FDB entry" {
	works setport br0 vb learning=off locked=on
	says 'br0 (VLANs are not filtered)
  1 2
1 x .  va vc vd host
2 . -  vb' br0
	works addmac br0 vb $A
	says 'br0 (VLANs are not filtered)
  1
1 x  va vb vc vd host' br0
}

@test "members that reach each other in one direction only" {
	works setport br0 va broadcast_flood=off
	says 'br0 (VLANs are not filtered)
  1 2 3
1 - . x  va
2 . x x  vb vc vd
3 x x -  host' br0
}

@test "several bridges, and one without ports" {
	ip link add br1 type bridge
	ip link set br1 up
	says 'br0 (VLANs are not filtered)
  1
1 x  va vb vc vd host

br1 (VLANs are not filtered)
  1
1 -  host' br0,br1
	brctl reach | grep -v '^note' > "$BATS_TEST_TMPDIR/all"
	brctl reach all | grep -v '^note' | cmp - "$BATS_TEST_TMPDIR/all"
	[ "$(grep -c '^br' "$BATS_TEST_TMPDIR/all")" -eq 2 ]
}

@test "no bridge at all" {
	ip link del br0
	says ''
	refuses 'cannot read bridge "br0": No such device' br0
}

@test "many names take several lines" {
	local i

	for i in {10..29}; do
		veth "long-port-$i" "far-$i"
		ip link set "long-port-$i" master br0
	done
	forwarding long-port-{10..29}
	says 'br0 (VLANs are not filtered)
  1
1 x  long-port-10 long-port-11 long-port-12 long-port-13 long-port-14
     long-port-15 long-port-16 long-port-17 long-port-18 long-port-19
     long-port-20 long-port-21 long-port-22 long-port-23 long-port-24
     long-port-25 long-port-26 long-port-27 long-port-28 long-port-29 va vb vc
     vd host' br0
}

@test "control characters in names are escaped" {
	veth $'e\e' far
	ip link set $'e\e' master br0
	forwarding $'e\e'
	says 'br0 (VLANs are not filtered)
  1
1 x  e\033 va vb vc vd host' br0
}

@test "ports that are added and removed during the command" {
	local i status

	port_comes_and_goes
	for i in {1..40}; do
		status=0
		brctl reach br0 > "$BATS_TEST_TMPDIR/out" \
			2> "$BATS_TEST_TMPDIR/err" || status=$?
		[ "$status" -eq 0 ] ||
			grep -q 'its ports changed meanwhile' \
				"$BATS_TEST_TMPDIR/err"
	done
	wait
}

@test "errors return exit status 2" {
	refuses 'cannot read bridge "nope": No such device' nope
	refuses 'cannot read bridge "va": it is not a bridge' va
	refuses 'cannot read bridge "n\033": No such device' $'n\e'
	run -2 brctl reach br0 br0
	run -2 brctl reach --may-exist br0
	run -2 bash -c '"$0" reach br0 > /dev/full' "$BRCTL"
}

@test "output as JSON" {
	needs json
	works setport br0 va,vb isolated=on
	run -0 brctl -j reach br0
	[[ $output = *'{"bridge":"br0","tables":[{"vlans":[],"groups":[{"members":["va","vb"],"among":false,"others":["vc","vd","host"]},{"members":["vc","vd","host"],"among":true,"others":["va","vb"]}]}],"notes":['* ]]
	ip link del vc
	ip link del vd
	run -0 brctl -j reach
	[[ $output = *'{"members":["host"],"others":["va","vb"]}'* ]]
}

@test "a network, guests and a host in VLANs" {
	needs vlan_filtering
	works set br0 vlan_filtering=on
	works addvlan br0 va 10,20-22
	joins vb,vc 10 pvid untagged
	works setport br0 vb,vc isolated=on
	joins vd 20 pvid untagged
	works delvlan br0 vb,vc,vd 1
	says 'br0 VLAN 1
  1
1 x  va host

br0 VLAN 10
  1 2
1 - x  va
2 x .  vb vc

br0 VLAN 20
  1
1 x  va vd

br0 VLAN 21-22
  1
1 -  va' br0
}

@test "an access port with another PVID receives, but cannot answer" {
	needs vlan_filtering
	works set br0 vlan_filtering=on
	works addvlan br0 va 10 untagged
	works addvlan br0 vb,vc 10
	works delvlan br0 all 1
	works delvlan br0 br0 1
	says 'br0 VLAN 10
  1 2
1 - .  va
2 . x  vb vc' br0
}

@test "VLANs with the same members share a table" {
	needs vlan_filtering
	works set br0 vlan_filtering=on
	works addvlan br0 va,vb 5,7-9,11
	works delvlan br0 vc,vd 1
	works addvlan br0 va,vb,br0 6
	says 'br0 VLAN 1,6
  1
1 x  va vb host

br0 VLAN 5,7-9,11
  1
1 x  va vb
note	the host has no VLAN device on "br0" for VLAN 6: vconfig add' br0
}

@test "the host needs a VLAN device" {
	needs vlan_filtering
	needs 8021q
	works set br0 vlan_filtering=on
	works addvlan br0 va,br0 5-7,9
	works delvlan br0 br0,vb,vc,vd 1
	says 'br0 VLAN 1
  1
1 -  va

br0 VLAN 5-7,9
  1
1 x  va host
note	the host has no VLAN device on "br0" for VLAN 5-7,9: vconfig add' br0
	ip link add link br0 name br0.6 type vlan id 6
	says 'br0 VLAN 1
  1
1 -  va

br0 VLAN 5,7,9
  1
1 x  va host

br0 VLAN 6
  1
1 .  va host
note	the host has no VLAN device on "br0" for VLAN 5,7,9: vconfig add' br0
}

@test "VLANs as JSON" {
	needs json
	needs vlan_filtering
	works set br0 vlan_filtering=on
	works addvlan br0 va,vb 5,7-9
	works delvlan br0 br0,va,vb,vc,vd 1
	run -0 brctl -j reach br0
	[[ $output = *'{"bridge":"br0","tables":[{"vlans":[{"first":5,"last":5},{"first":7,"last":9}],"groups":[{"members":["va","vb"],"among":true,"others":[]}]}],"notes":['* ]]
}

@test "reach and why agree for each pair" {
	local one other status seen

	works setport br0 va,vb isolated=on
	works setport br0 vc unicast_flood=off learning=off
	for one in va vb vc vd; do
		for other in vb vc vd host; do
			[ $one != $other ] || continue
			status=0
			brctl why br0 $one $other > "$BATS_TEST_TMPDIR/why" ||
				status=$?
			seen=$(brctl -j reach br0 | jq -r \
				--arg a $one --arg b $other '.[].tables[].groups[]
				| select(.members | index($a))
				| if (.members | index($b)) then .among
				  else (.others | index($b)) != null end')
			[ "$seen $status" = "true 0" ] ||
				[ "$seen $status" = "false 1" ]
		done
	done
}

@test "what a command would change" {
	says 'br0: va loses vb' --after 'setport br0 va,vb isolated=on' br0
	says 'br0: vc loses va, vb, vd, host' --after 'delif br0 vc'
	works delif br0 vc
	says 'br0: vc gains va, vb, vd, host' --after 'addif br0 vc'
	says '' --after 'set br0 ageing_time=60'
	[ -d /sys/class/net/vc ] && [ ! -e /sys/class/net/vc/master ]
	refuses 'cannot read "--after": line 1: "flush" is not a command of a configuration' \
		--after 'flush br0'
}

# fails LINE COMMAND: checks that reach prints why COMMAND would fail.
fails()
{
	local status=0

	brctl reach --after "$2" br0 > "$BATS_TEST_TMPDIR/out" \
		2> "$BATS_TEST_TMPDIR/err" || status=$?
	same_text stdout "" "$BATS_TEST_TMPDIR/out" "$2" &&
	same_text stderr "$1
brctl: this command would fail: $2" "$BATS_TEST_TMPDIR/err" "$2" &&
	[ "$status" -eq 2 ]
}

@test "a command that would fail" {
	fails 'interface nope does not exist!' 'addif br0 nope'
	fails "device va is already a member of a bridge; can't add it to bridge br0." \
		'addif br0 va'
	fails 'device far-va is not a port of br0' 'delif br0 far-va'
	fails "bridge br0 is still up; can't delete it" 'delbr br0'
	fails 'brctl: cannot set isolated of port "nope" of bridge "br0": No such device' \
		'setport br0 nope isolated=on'
	[ "$(brctl show br0 | grep -c v)" -eq 4 ]
}

# Only the first command can be tried.
@test "a device that the kernel refuses as a port" {
	local why='it has no Ethernet address of its own'

	says "note${TAB}the kernel refuses \"lo\" as a port: $why" \
		--after $'addbr br9\naddif br0 lo'
	needs tap
	ip tuntap add dev tun0 mode tun
	says "note${TAB}the kernel refuses \"tun0\" as a port: $why" \
		--after $'addbr br9\naddif br0 tun0'
}

@test "what a file would change, and a plan with it" {
	brctl save br0 > "$BATS_TEST_TMPDIR/file"
	works setport br0 va,vb isolated=on
	echo "brctl setport br0 va isolated=off" >> "$BATS_TEST_TMPDIR/file"
	says 'br0: va gains vb' --diff "$BATS_TEST_TMPDIR/file"
	brctl restore --dry-run "$BATS_TEST_TMPDIR/file" 2> /dev/null |
		grep -qx '# reach: br0: va gains vb'
}

@test "what a command would change in VLANs" {
	needs vlan_filtering
	works set br0 vlan_filtering=on
	says 'br0: va gains vb, vc in VLAN 10-20
br0: vb gains vc in VLAN 10-20' --after 'addvlan br0 va,vb,vc 10-20'
	says 'br0: vc loses va, vb, vd, host in VLAN 1' \
		--after 'delvlan br0 vc 1'
	says '' --after 'set br0 vlan_filtering=off'
}
