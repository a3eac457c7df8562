#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# --dry-run: prints what would be done, refuses what would be refused, and
# changes nothing.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	ip link add br0 type bridge
	ip link add br1 type bridge
	pair v0 w0
	pair v1 w1
	brctl addif br0 v0
}

# would WORD...: checks that a dry run of the command prints it and changes
# nothing, and that the command then works.
would()
{
	dry_run "$@"
	"$BRCTL" "$@"
}

# dry_run WORD...: checks only the dry run.
dry_run()
{
	local before words="$*"

	before=$(state)
	gives 0 "dry run: ${words#--*-exist* }" "" --dry-run "$@" || return 1
	[ "$(state)" = "$before" ]
}

# both_refuse STDERR WORD...: checks that the command is refused with and
# without the option, with the same output.
both_refuse()
{
	denies "$1" --dry-run "${@:2}" &&
	denies "$@"
}

@test "bridges and ports are not added or deleted" {
	would addbr br2
	would delbr br2
	would addif br0 v1
	would delif br0 v1
	would delif br0 v0
	would addif br0 v1 v0
}

@test "options are not set" {
	would set br0 ageing_time=5 priority=7 stp_state=1 hello_time=3
	would setport br0 v0 path_cost=5 isolated=on priority=3
	would setport br0 v0 path_cost=6
	would setageing br0 7
	would setageingtime br0 8
	would setbridgeprio br0 8
	would setfd br0 4
	would sethello br0 4
	would setmaxage br0 9
	would stp br0 off
	would hairpin br0 v0 on
	would setpathcost br0 v0 8
	would setportprio br0 v0 8
	would setmcsnoop br0 off
	would setportmcfl br0 v0 on
}

@test "a forward delay of 0 is accepted" {
	would setfd br0 0
}

@test "an option that the kernel only sends while it is set" {
	brctl addif br0 v1
	would setport br0 v0 backup_port=v1
	would setport br0 v0 backup_port=
}

@test "bridge-nf is not set" {
	needs br_netfilter
	local file=/proc/sys/net/bridge/bridge-nf-call-iptables

	echo 1 > $file
	dry_run setnf call-iptables call-arptables off
	[ "$(cat $file)" = 1 ]
}

@test "FDB entries are not flushed, added or deleted" {
	local before

	bridge fdb add 02:00:00:00:00:01 dev v0 master static
	before=$(bridge fdb show br br0)
	dry_run flush br0 all
	dry_run set br0 flush=1
	dry_run delmac br0 v0 02:00:00:00:00:01
	dry_run addmac br0 v0 02:00:00:00:00:02
	both_refuse "brctl: cannot add 02:00:00:00:00:01 to \"v0\" of bridge\
 \"br0\": File exists
brctl: \"v0\" has this address already (static)" addmac br0 v0 02:00:00:00:00:01
	both_refuse "brctl: cannot delete 02:00:00:00:00:02 of \"v0\" of bridge\
 \"br0\": there is no such entry" delmac br0 v0 02:00:00:00:00:02
	both_refuse "brctl: cannot add 02:00:00:00:00:02 to \"v0\" of bridge\
 \"br0\": it is not a member of that VLAN" addmac br0 v0 02:00:00:00:00:02 vlan 5
	[ "$(bridge fdb show br br0)" = "$before" ]
}

@test "FDB entries in VLANs are not added or deleted" {
	needs vlan_filtering
	ip link set br0 type bridge vlan_filtering 1
	would addmac br0 v0 02:00:00:00:00:02 vlan 1
	brctl addvlan br0 br0 5
	would addmac br0 br0 02:00:00:00:00:03 vlan 5
	would delmac br0 br0 02:00:00:00:00:03 vlan 5
}

@test "addgroup is refused if the bridge is down or does not snoop" {
	local begin='brctl: cannot add "v0" of bridge "br0" to group "239.1.1.1"'

	denies "$begin: the bridge is down" --dry-run addgroup br0 v0 239.1.1.1
	ip link set br0 up
	gives 0 "dry run: addgroup br0 v0 239.1.1.1" "" \
		--dry-run addgroup br0 v0 239.1.1.1
	[[ $(bridge mdb show dev br0) != *239.1.1.1* ]]
	brctl addgroup br0 v0 239.1.1.1
	brctl delgroup br0 v0 239.1.1.1
	brctl set br0 multicast_snooping=off
	denies "$begin: its multicast_snooping is off" \
		--dry-run addgroup br0 v0 239.1.1.1
}

@test "control characters in arguments are escaped" {
	ip link add $'b\e[31m' type bridge
	gives 0 'dry run: setageing b\033[31m 5' "" \
		--dry-run setageing $'b\e[31m' 5
}

@test "if there is nothing to do, nothing is printed" {
	works --dry-run --may-exist addbr br0
	works --dry-run --if-exists delbr nope
	works --dry-run --may-exist addif br0 v0
	works --dry-run --if-exists delif br0 v1 nope
	gives 0 "" "brctl: setgcint does nothing: the kernel cleans up by\
 itself" --dry-run setgcint br0 1
	# One of the devices is not a port yet, so there is something to do.
	would --may-exist addif br0 v0 v1
	would --may-exist addbr br2
	would --if-exists delbr br2
	would --if-exists delif br0 nope v0
}

@test "bridges and ports are refused as without --dry-run" {
	ip link set br1 up
	both_refuse "device br0 already exists; can't create bridge with the\
 same name" addbr br0
	both_refuse "device v0 already exists; can't create bridge with the\
 same name" --may-exist addbr v0
	both_refuse "bridge nope doesn't exist; can't delete it" delbr nope
	both_refuse "bridge br1 is still up; can't delete it" delbr br1
	both_refuse "interface nope does not exist!" addif br0 nope
	both_refuse "bridge nope does not exist!" addif nope v1
	both_refuse "device v0 is already a member of a bridge; can't add it\
 to bridge br1." addif br1 v0
	both_refuse "device br1 is a bridge device itself; can't add a bridge\
 device to a bridge device." addif br0 br1
	both_refuse "can't add lo to bridge br0: Invalid argument
brctl: only Ethernet devices with a valid MAC address can be ports, and the\
 loopback device cannot" addif br0 lo
	both_refuse "device v0 is not a port of br1" delif br1 v0
	both_refuse "can't delete bridge v0: Operation not permitted
brctl: cannot delete bridge \"v0\": it is not a bridge" delbr v0
}

OUT="Numerical result out of range"

@test "settings are refused as without --dry-run" {
	both_refuse 'set ageing time failed: No such device
brctl: there is no device "nope"' setageing nope 5
	both_refuse 'set stp status failed: Operation not supported
brctl: cannot set stp_state of bridge "lo": it is not a bridge' stp lo on
	both_refuse "set hello timer failed: $OUT
brctl: cannot set hello_time of bridge \"br0\": $OUT; hello_time ranges from 1.00\
 to 10.00 s" sethello br0 11
	both_refuse "set path cost failed: $OUT
brctl: cannot set path_cost of port \"v0\" of bridge \"br0\": $OUT; path_cost\
 ranges from 1 to 65535" setpathcost br0 v0 0
	both_refuse 'set path cost failed: No such file or directory
brctl: "v1" is not a port; to make it one: brctl addif br0 v1' \
		setpathcost br0 v1 5
	both_refuse 'brctl: cannot set priority of bridge "nope": No such device' \
		set nope priority=5
	both_refuse 'brctl: cannot set options of bridge "br0": '"$OUT; hello_time\
 ranges from 1.00 to 10.00 s" set br0 priority=3 hello_time=99
	both_refuse 'brctl: cannot set path_cost of port "v0" of bridge "br1": it'\
' is a port of another bridge' setport br1 v0 path_cost=5
	both_refuse 'brctl: "x": unknown option' set br0 x=1
	both_refuse 'brctl: cannot set root_port of bridge "br0": root_port can'\
' only be read' set br0 root_port=1
}

@test "commands that change nothing refuse --dry-run" {
	local words

	for words in show showmacs showstp get getport options showvlans \
			showgroups nf; do
		[ "$words" = show ] || [ "$words" = options ] ||
			[ "$words" = nf ] || words+=" br0"
		# shellcheck disable=SC2086 # words
		refuses "brctl: ${words% br0}: option --dry-run is not supported" \
			\
			--dry-run $words
	done
}
