#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Lists of bridges and ports, and "all": a command changes all of them or none.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	no_ipv6
	ip -batch - <<-END
	link add br0 type bridge
	link add br1 type bridge
	link add v0 type veth peer name w0
	link add v1 type veth peer name w1
	link set v0 master br0
	link set v1 master br0
	END
}

@test "set changes several bridges, or all" {
	works set br0,br1 ageing_time=20 stp_state=yes
	is br0/bridge/ageing_time 2000
	is br1/bridge/ageing_time 2000
	is br1/bridge/stp_state 1
	works set all stp_state=off
	is br0/bridge/stp_state 0
	is br1/bridge/stp_state 0
}

@test "setport changes several ports, or all of a bridge" {
	works setport br0 v1,v0 path_cost=7
	is v0/brport/path_cost 7
	is v1/brport/path_cost 7
	works setport br0 all isolated=yes
	is v0/brport/isolated 1
	is v1/brport/isolated 1
}

@test "a dry run covers all of them" {
	gives 0 "dry run: set all ageing_time=5" "" --dry-run set all ageing_time=5
	gives 0 "dry run: setport br0 v0,v1 path_cost=7" "" \
		--dry-run setport br0 v0,v1 path_cost=7
	is br1/bridge/ageing_time 30000
	denies 'brctl: cannot read bridge "nope": No such device' \
		--dry-run set br0,nope ageing_time=5
	denies "brctl: cannot set path_cost of port \"v0\" of bridge \"br0\":\
 Numerical result out of range; path_cost ranges from 1 to 65535" \
		--dry-run setport br0 all path_cost=0
}

# br1 uses STP, so the kernel refuses the value only for br1.
@test "if one bridge is refused, the others are set back" {
	works set br1 stp_state=on
	works set br0 forward_delay=7
	denies "brctl: cannot set options of bridge \"br1\": Numerical result\
 out of range; forward_delay ranges from 2.00 to 30.00 s" \
		set br0,br1 ageing_time=9 forward_delay=1
	is br0/bridge/forward_delay 700
}

# The old delay can only be set after STP is off again.
@test "options are set back in an order that the kernel accepts" {
	works set br0 stp_state=off forward_delay=1
	works set br1 stp_state=on
	denies "brctl: cannot set options of bridge \"br1\": Numerical result\
 out of range; forward_delay ranges from 2.00 to 30.00 s" \
		set br0,br1 stp_state=on forward_delay=40
	is br0/bridge/forward_delay 100
	is br0/bridge/stp_state 0
}

@test "options that vlan_filtering turns off are set back with it" {
	needs vlan_filtering
	works set br0 vlan_filtering=on mcast_vlan_snooping=on
	works delif br0 v0 v1
	works addif br1 v0
	denies "brctl: cannot set vlan_stats_per_port of bridge \"br1\": Device\
 or resource busy; it changes only while no port of the bridge is in a VLAN" \
		set br0,br1 vlan_filtering=off vlan_stats_per_port=on
	gives 0 "vlan_filtering=on
mcast_vlan_snooping=on" "" get br0 vlan_filtering mcast_vlan_snooping
}

# A port cannot be its own backup.
@test "if one port is refused, the others are set back" {
	works setport br0 v0 path_cost=7
	denies "brctl: cannot set backup_port of port \"v1\" of bridge \"br0\":\
 Invalid argument" setport br0 v0,v1 path_cost=9 backup_port=v1
	refuses 'brctl: backup_port is not set' getport br0 v0 backup_port
}

@test "values that the kernel adjusts are reported for each bridge" {
	gives 1 "" "brctl: br0: the kernel changed forward_delay=1.00 to 2.00
brctl: forward_delay ranges from 2.00 to 30.00 s
brctl: br1: the kernel changed forward_delay=1.00 to 2.00
brctl: forward_delay ranges from 2.00 to 30.00 s" \
		set br0,br1 stp_state=1 forward_delay=1
}

@test "a failed undo is reported" {
	works set br1 stp_state=on
	refuses 'brctl: cannot set options of bridge "br1": Numerical result out'\
' of range; forward_delay ranges from 2.00 to 30.00 s
brctl: "br0" may have been changed, and could not be set back' \
		set br0,br1 fdb_flush=on forward_delay=1
}

@test "lists with an empty, repeated or missing element are refused" {
	local list

	for list in 'br0,,br1' ',br0' 'br0,' ','; do
		denies "brctl: \"$list\" has an empty element" \
			set "$list" ageing_time=5
	done
	denies 'brctl: "br0" is given twice' set br0,br1,br0 ageing_time=5
	denies 'brctl: cannot read bridge "nope": No such device' \
		set br0,nope ageing_time=5
	denies 'brctl: cannot read port "nope" of bridge "br0": No such device' \
		setport br0 v0,nope path_cost=7
	denies 'brctl: "v0" is given twice' setport br0 v0,v0 path_cost=7
	denies 'brctl: bridge "br1" has no ports' setport br1 all path_cost=7
	ip link del br0
	ip link del br1
	denies 'brctl: there is no bridge' set all ageing_time=5
}

@test "a device that is given by two of its names is refused" {
	ip link property add dev v0 altname port-of-the-office ||
		skip "needs altnames"
	denies 'brctl: "v0" and "port-of-the-office" are the same device' \
		setport br0 v0,v1,port-of-the-office path_cost=7
	denies 'brctl: "port-of-the-office" and "v0" are the same device' \
		flush br0 port port-of-the-office,v0
	ip link property add dev br1 altname other
	denies 'brctl: "br1" and "other" are the same device' \
		set br1,other ageing_time=5
	refuses 'brctl: "other" and "br1" are the same device' \
		showgroups other,br0,br1
}

@test "a device whose name is the whole word is preferred to a list" {
	ip link add br0,br1 type bridge
	works set br0,br1 ageing_time=9
	is br0,br1/bridge/ageing_time 900
	is br0/bridge/ageing_time 30000
	ip link property add dev br1 altname all || skip "needs altnames"
	works set all ageing_time=8
	is br1/bridge/ageing_time 800
	is br0/bridge/ageing_time 30000
	ip link set w0 name b,c
	denies 'brctl: cannot set ageing_time of bridge "b,c": it is not a bridge' \
		set b,c ageing_time=8
}

@test "get on a list names each bridge, and its JSON is an array" {
	needs json
	gives 0 "br1 ageing_time=300.00
br0 ageing_time=300.00" "" get br1,br0 ageing_time
	gives 0 "br0 stp_state=0
br1 stp_state=0" "" get all stp_state
	gives 0 "stp_state=0" "" get br0 stp_state
	quiet -j get all stp_state
	[[ $(< "$BATS_TEST_TMPDIR/out") = '['*'"br0"'*'"br1"'*']' ]]
	gives 1 "br0 stp_state=0" \
		'brctl: cannot read bridge "nope": No such device' \
		get br0,nope stp_state
}

@test "getport shows the ports in the order of the list" {
	local all="v0 isolated=off
v1 isolated=off"

	gives 0 "v1 isolated=off
v0 isolated=off" "" getport br0 v1,v0 isolated
	gives 0 "$all" "" getport br0 all isolated
	gives 0 "$all" "" getport all isolated
	gives 0 "$all" "" getport br0,br1 all isolated
	refuses 'brctl: cannot read port "nope" of bridge "br0": No such device' \
		getport br0 v0,nope isolated
	# If an option of one port is not set, the next port is still shown.
	gives 1 "v0 isolated=off
v1 isolated=off" "brctl: v0: backup_port is not set
brctl: v1: backup_port is not set" getport br0 v0,v1 backup_port isolated
	run -1 --separate-stderr brctl -j getport br0 v0,v1 backup_port
	[ "$stderr" = "brctl: v0: backup_port is not set
brctl: v1: backup_port is not set" ]
	refuses 'brctl: "nope": unknown option' getport br0,br1 v0 nope
	ip link set v1 master br1
	gives 0 "v0 isolated=off" "" getport br0 isolated
	gives 0 "$all" "" getport br0,br1 isolated
}

@test "showvlans and showgroups accept lists" {
	needs json
	works showgroups br0,br1
	works showgroups all
	quiet showvlans br0,br1
	gives 1 "" 'brctl: cannot read bridge "nope": No such device' \
		showvlans br0,nope
	gives 1 "" 'brctl: cannot read bridge "nope": No such device' \
		-j showgroups br0,nope
	refuses 'brctl: "br0" is given twice' showgroups br0,br0
	quiet -j showgroups br1,br0
	[[ $(< "$BATS_TEST_TMPDIR/out") = '['*'"br1"'*'"br0"'*']' ]]
}

@test "showvlans prints the rows of all bridges of a list" {
	needs vlan_filtering
	gives 0 "bridge	port	VLAN	flags
br1	br1	1	pvid,untagged
br0	br0	1	pvid,untagged
br0	v0	1	pvid,untagged
br0	v1	1	pvid,untagged" "" showvlans br1,br0
}

# static DIGIT PORT: adds a static entry whose address ends in DIGIT.
static()
{
	works addmac "$(basename "$(readlink "/sys/class/net/$2/master")")" \
		"$2" "02:bb:00:00:00:0$1" static
}

left()
{
	local got

	# With VLAN filtering in the kernel, there is also an entry in each
	# VLAN of the port.
	got=$(bridge fdb show | sed -n 's/^02:bb.*:0\(.\) .*/\1/p' | sort -u |
		tr -d '\n')
	[ "$got" = "$1" ] && return 0
	echo "$got is left, not $1"
	return 1
}

@test "flush accepts several ports and bridges" {
	ip link set v1 master br1
	static 1 v0
	static 2 v1
	refuses 'brctl: cannot flush the FDB entries of "v0" of bridge "br1": it is a port of'\
' another bridge' flush br0,br1 port v0 all
	refuses 'brctl: cannot flush the FDB of bridge "nope": No such device' \
		flush br0,nope all
	left 12
	gives 0 "dry run: flush br0,br1 all" "" --dry-run flush br0,br1 all
	left 12
	works flush br0,br1 all
	left ""
	static 3 v0
	ip link set v1 master br0
	static 4 v1
	works flush br0 port v0,v1 static
	left ""
	static 5 v1
	works flush all static
	left ""
}

GROUP=239.1.1.1

# members PORT...: checks that exactly these ports are in the group.
members()
{
	local got

	got=$(bridge mdb show dev br0 | sed -n "s/.* port \([^ ]*\) grp $GROUP .*/\1/p" |
		sort | tr '\n' ' ')
	[ "$got" = "$*${*:+ }" ] && return 0
	echo "the members are $got"
	return 1
}

@test "addgroup adds several ports or none" {
	ip link set br0 up
	works addgroup br0 v0,v1 $GROUP
	members v0 v1
	works delgroup br0 all $GROUP
	members
	works addgroup br0 v1 $GROUP permanent
	quiet addgroup br0 v0,v1 $GROUP && return 1
	[[ $(< "$BATS_TEST_TMPDIR/err") = "brctl: cannot add \"v1\" of bridge\
 \"br0\" to group \"$GROUP\": File exists"* ]]
	members v1
	works --may-exist addgroup br0 all $GROUP
	members v0 v1
	gives 0 "" "" --may-exist --dry-run addgroup br0 all $GROUP
	refuses 'brctl: "temporary" contradicts another word' \
		addgroup br0 v0 $GROUP permanent,temporary
}

@test "delgroup reports the members that are already deleted" {
	ip link set br0 up
	works addgroup br0 v0 $GROUP
	refuses "brctl: cannot read port \"nope\" of bridge \"br0\": No such\
 device" delgroup br0 v0,nope $GROUP
	members v0
	refuses "brctl: cannot delete \"v1\" of bridge \"br0\" from group\
 \"$GROUP\": it is not a member
brctl: \"v0\" is not a member any more" delgroup br0 v0,v1 $GROUP
	works --if-exists delgroup br0 v0,v1,nope $GROUP
}
