#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# flush: deletes all FDB entries that match.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	no_ipv6
	pair v0 w0 02:00:00:00:00:20
	pair v1 w1 02:00:00:00:00:21
	ip link add br0 type bridge
	[ ! -e /sys/class/net/br0/bridge/default_pvid ] ||
		ip link set br0 type bridge vlan_default_pvid 0
	ip link set v0 master br0 up
	ip link set v1 master br0 up
	ip link set w0 up
	ip link set w1 up
	ip link set br0 up
	forwarding v0 v1
}

# fill: adds entries of all kinds; their last digits are 1 to 9.
fill()
{
	bridge -force -batch - 2> /dev/null <<-END || true
	fdb add 02:bb:00:00:00:01 dev v0 master static
	fdb add 02:bb:00:00:00:02 dev v1 master static
	fdb add 02:bb:00:00:00:03 dev v0 master static sticky
	fdb add 02:bb:00:00:00:04 dev v0 master dynamic
	fdb add 02:bb:00:00:00:05 dev v1 master dynamic
	fdb add 02:bb:00:00:00:06 dev v1 master extern_learn
	fdb add 02:bb:00:00:00:07 dev v0 master local
	fdb add 02:bb:00:00:00:08 dev br0 self local
	END
	frame send -s 02:bb:00:00:00:09 -d 02:00:00:00:00:20 w0
	poll 5 filled
}

digits()
{
	bridge fdb show br br0 | sed -n 's/^02:bb.*:0\(.\) .*/\1/p' | sort |
		tr -d '\n'
}

filled()
{
	[ "$(digits)" = 123456789 ]
}

# left DIGITS WORD...: fills the FDB, runs flush br0 WORD..., and checks that
# the entries DIGITS are left.
left()
{
	local want=$1 got

	shift
	fill
	works flush br0 "$@"
	got=$(digits)
	[ "$got" = "$want" ] || echo "flush br0 $*: $got are left, not $want"
	[ "$got" = "$want" ]
}

# refused WHY WORD...: checks that flush br0 is refused, and that no entry is
# deleted.
refused()
{
	local why=$1

	shift
	refuses "brctl: $why" flush br0 "$@"
	[ "$(digits)" = 123456789 ]
}

@test "without a state, learned entries are flushed" {
	left 12378
	left 12378 dynamic
	same fdb br0 7
}

@test "flush by state" {
	left 1234569 local
	left 456789 static
	left 4569 local static
	left 78 static dynamic
	left 78 all
	same fdb br0 2
	left "" all local
	same fdb br0 0
}

@test "after flush with the word all, the host can still be reached" {
	ip link set w0 down
	guest vm0 vm0 fe:54:00:00:00:01 10.0.0.1/24
	ip link set vm0 master br0
	ip address add 10.0.0.2/24 dev br0
	forwarding vm0
	works flush br0 all
	in_guest vm0 ping -c 1 -W 5 10.0.0.2
}

@test "flush by port" {
	left 1235678 port v0
	left 1234789 port v1
	left 25678 port v0 all
	left 123456789 port br0
	left 123456789 port br0 all
	left 12345679 local port br0
}

@test "flush by flag, and by missing flag" {
	left 123456789 sticky
	left 12456789 static sticky
	left 12456789 all sticky
	left 378 all nosticky
	left 12345789 extern
	left 12345789 all extern
	left 1236789 noextern user
	left 789 all user
	left 12345678 nouser
	left 123456789 all offloaded
	left 78 all nooffloaded
}

@test "flush by several conditions" {
	left 123456789 all sticky extern
	left 123456789 static sticky port v1
	left 12456789 static sticky port v0
	left 2356789 port v0 static user nosticky dynamic
}

@test "flush by VLAN" {
	needs vlan_filtering
	fill
	bridge vlan add dev v0 vid 10-11
	bridge fdb add 02:cc:00:00:00:0a dev v0 master static vlan 10
	bridge fdb add 02:cc:00:00:00:0b dev v0 master static vlan 11
	bridge fdb add 02:cc:00:00:00:0c dev v0 master dynamic vlan 11
	works flush br0 vlan 10
	same fdb br0 16
	works flush br0 vlan 10 all
	same fdb br0 15
	works flush br0 vlan 11 port v0
	same fdb br0 14
	[ "$(bridge fdb show br br0 | grep -c 02:cc)" -eq 1 ]
}

@test "an empty FDB, and the FDB of a bridge without ports" {
	works flush br0 all
	works flush br0 all
	ip link add br1 type bridge
	works flush br1 all
	[[ $(bridge fdb show br br1) = *" permanent"* ]]
	works flush br1 local
	same fdb br1 0
	works flush br1 local
}

@test "invalid arguments are refused" {
	fill
	refused '"vlan" needs a value' vlan
	refused '"0" is not a VLAN id: they range from 1 to 4094' vlan 0
	refused '"4095" is not a VLAN id: they range from 1 to 4094' vlan 4095
	refused '"port" must be followed by a name' all port
	refused '"nolocal" is not a word of flush: see "brctl help flush"' nolocal
	refused '"locked" is not a word of flush: see "brctl help flush"' all locked
	refused '"sticky" contradicts a word before it' static nosticky sticky
	refused '"nouser" contradicts a word before it' user all user nouser
	refused '"port" is given twice' port v0 port v1
	refused '"vlan" is given twice' vlan 3 vlan 4
	refused 'cannot flush the FDB entries of "w0" of bridge "br0": it is'\
' not a port' port w0
	refused 'cannot flush the FDB entries of "nope" of bridge "br0": No'\
' such device' port nope all
}

@test "devices that are not bridges are refused" {
	refuses 'brctl: cannot flush the FDB of bridge "nope": No such device' \
		flush nope
	refuses 'brctl: cannot flush the FDB of bridge "v0": it is not a bridge' \
		flush v0
	one_word_off "flush <bridges> [port <members>] [vlan <vid>]\
 [dynamic|static|local|all] [[no]user] [[no]extern] [[no]sticky]\
 [[no]offloaded] [self] [[no]router] [dst <ip>] [vni <vni>] [src_vni <vni>]\
 [nhid <id>]	delete the FDB entries that match" flush
}

@test "without CAP_NET_ADMIN nothing is flushed" {
	fill
	powerless "brctl: cannot flush the FDB of bridge \"br0\": Operation\
 not permitted; the capability CAP_NET_ADMIN is needed" flush br0 all
	[ "$(digits)" = 123456789 ]
}
