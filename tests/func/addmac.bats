#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# addmac: adds FDB entries.
#
# environment: ns

load ../common.bash
load exact.bash

MAC=02:bb:00:00:00:01

setup()
{
	no_ipv6
	pair v0 w0 02:00:00:00:00:20
	ip link add br0 type bridge
	! filters || ip link set br0 type bridge vlan_default_pvid 0
	ip link set v0 master br0
}

filters()
{
	[ -e /sys/class/net/br0/bridge/default_pvid ]
}

# entry MAC: prints the FDB entries of br0 for MAC as bridge(8) shows them.
entry()
{
	bridge fdb show br br0 | sed -n "s/^$1 \(.*\) *\$/\1/p" |
		sed 's/ *$//'
}

# makes LINE WORD...: runs addmac br0 WORD..., and checks that bridge(8) shows
# LINE for the new entry.
makes()
{
	local want=$1 got

	shift
	works addmac br0 "$@"
	got=$(entry "$2")
	[ "$got" = "$want" ] || echo "$*: bridge says $got, not $want"
	[ "$got" = "$want" ]
}

# refused WHY MAC WORD...: checks that addmac is refused for the port v0.
refused()
{
	local why=$1 mac=$2

	shift 2
	refuses "brctl: cannot add $mac to \"v0\" of bridge \"br0\": $why" \
		addmac br0 v0 "$mac" "$@"
}

# known WHERE MAC WORD...: checks that addmac is refused because v0 already has
# an entry for the address.
known()
{
	refused "File exists
brctl: \"v0\" has this address $1" "${@:2}"
}

# learns: makes v0 forward, so that it accepts dynamic entries.
learns()
{
	ip link set br0 up
	ip link set v0 up
	ip link set w0 up
	forwarding v0
}

@test "an entry is static, dynamic or local, and may be sticky" {
	needs json
	learns
	makes "dev v0 master br0 static" v0 02:bb:00:00:00:01
	makes "dev v0 master br0 static" v0 02:bb:00:00:00:02 static
	makes "dev v0 master br0" v0 02:bb:00:00:00:03 dynamic
	makes "dev v0 master br0 permanent" v0 02:bb:00:00:00:04 local
	makes "dev v0 sticky master br0 static" v0 02:bb:00:00:00:05 sticky
	makes "dev v0 sticky master br0" v0 02:bb:00:00:00:06 dynamic sticky
	same fdb br0 7
}

@test "an entry of the bridge itself is local" {
	needs json
	makes "dev br0 master br0 permanent" br0 $MAC
	makes "dev br0 master br0 permanent" br0 02:bb:00:00:00:02 local
	refuses "brctl: cannot add 02:bb:00:00:00:03 to \"br0\" of bridge\
 \"br0\": Invalid argument" addmac br0 br0 02:bb:00:00:00:03 static
	same fdb br0 3
}

@test "an entry can be added in one VLAN" {
	needs vlan_filtering
	learns
	ip link set br0 type bridge vlan_filtering 1
	bridge vlan add dev v0 vid 10
	makes "dev v0 vlan 10 master br0 static" v0 $MAC vlan 10
	makes "dev v0 vlan 10 sticky master br0" v0 02:bb:00:00:00:02 \
		sticky vlan 10 dynamic
	makes "dev v0 vlan 10 master br0 static" v0 02:bb:00:00:00:03 vlan 010
	refused "it is not a member of that VLAN" $MAC vlan 11
	same fdb br0 5
}

# unchanged COMMAND...: checks that the command does not change the FDB.
unchanged()
{
	local before

	before=$(bridge fdb show br br0 | sort)
	"$@" || return 1
	[ "$(bridge fdb show br br0 | sort)" = "$before" ]
}

@test "without a VLAN, an entry is added in no VLAN and in all, or nowhere" {
	needs vlan_filtering
	ip link set br0 type bridge vlan_filtering 1
	bridge vlan add dev v0 vid 10-12
	works addmac br0 v0 $MAC local vlan 11
	# The kernel alone would add it in VLAN 10, and then return EEXIST for
	# VLAN 11.
	unchanged known "in VLAN 11 already (local)" $MAC
	unchanged known "in VLAN 11 already (local)" $MAC --may-exist
	unchanged known "in VLAN 11 already (local)" $MAC --dry-run
	works delmac br0 v0 $MAC
	# A VLAN already has exactly the requested entry, but the others do
	# not.
	works addmac br0 v0 $MAC vlan 11
	unchanged gives 0 "dry run: addmac br0 v0 $MAC" "" \
		--dry-run addmac br0 v0 $MAC
	works addmac br0 v0 $MAC
	[ "$(entry $MAC | sort)" = "dev v0 master br0 static
dev v0 vlan 10 master br0 static
dev v0 vlan 11 master br0 static
dev v0 vlan 12 master br0 static" ]
	unchanged known "already (static)" $MAC
	unchanged works --may-exist addmac br0 v0 $MAC
	works delmac br0 v0 $MAC vlan 12
	works --may-exist addmac br0 v0 $MAC
	[ "$(entry $MAC | wc -l)" -eq 4 ]
}

@test "a refused addmac --may-exist keeps the existing entries" {
	needs vlan_filtering
	learns
	ip link set br0 type bridge vlan_filtering 1
	bridge vlan add dev v0 vid 10-12
	works addmac br0 v0 $MAC dynamic vlan 11
	works setport br0 v0 state=listening
	unchanged refused "the port neither learns nor forwards (its option\
 state), and takes only entries that do not age" $MAC dynamic --may-exist
}

@test "showmacs and bridge(8) agree on entries that bridge(8) added" {
	needs json
	learns
	bridge fdb add 02:bb:00:00:00:01 dev v0 master static
	bridge fdb add 02:bb:00:00:00:02 dev v0 master dynamic
	bridge fdb add 02:bb:00:00:00:03 dev v0 master local
	bridge fdb add 02:bb:00:00:00:04 dev v0 master static sticky
	bridge fdb add 02:bb:00:00:00:05 dev v0 master extern_learn
	same fdb br0 6
}

@test "a port that does not learn refuses dynamic entries" {
	needs json
	refused "the port neither learns nor forwards (its option state), and\
 takes only entries that do not age" $MAC dynamic
	same fdb br0 1
}

@test "adding an existing entry fails; --may-exist allows it" {
	works addmac br0 v0 $MAC
	known "already (static)" $MAC
	known "already (static)" $MAC sticky
	works addmac --may-exist br0 v0 $MAC
	refuses "brctl: addmac: option --if-exists is not supported" \
		addmac --if-exists br0 \
		v0 $MAC
	[ "$(entry $MAC)" = "dev v0 master br0 static" ]
}

# may_not WORD...: checks that addmac --may-exist br0 WORD... is refused,
# because the existing entry is different.
may_not()
{
	refuses "brctl: cannot add $MAC to \"$1\" of bridge \"br0\": File\
 exists
brctl: \"v0\" has this address ${where:-already (static)}" \
		--may-exist addmac br0 "$@"
}

@test "--may-exist refuses an existing entry with other properties" {
	pair v1 w1
	ip link set v1 master br0
	works addmac br0 v0 $MAC
	may_not v1 $MAC
	may_not v0 $MAC local
	may_not v0 $MAC sticky
	may_not br0 $MAC
	works addmac --may-exist br0 v0 $MAC static
	[ "$(entry $MAC)" = "dev v0 master br0 static" ]
}

@test "--may-exist adds an entry in the VLANs that lack it" {
	needs vlan_filtering
	ip link set br0 type bridge vlan_filtering 1
	bridge vlan add dev v0 vid 10-12
	works addmac br0 v0 $MAC vlan 11
	works addmac --may-exist br0 v0 $MAC
	[ "$(bridge fdb show br br0 | grep -c "^$MAC dev v0.* static")" -eq 4 ]
	works addmac --may-exist br0 v0 $MAC
	works addmac --may-exist br0 v0 $MAC vlan 12
	works delmac br0 v0 $MAC vlan 12
	bridge fdb add $MAC dev v0 master local vlan 12
	where="in VLAN 12 already (local)"
	may_not v0 $MAC
	may_not v0 $MAC vlan 12
}

@test "a VLAN without vlan_filtering causes a warning" {
	needs vlan_filtering
	bridge vlan add dev v0 vid 10
	gives 0 "" "$INERT" addmac br0 v0 $MAC vlan 10
	gives 0 "" "$INERT" addmac --may-exist br0 v0 $MAC vlan 010
	works addmac br0 v0 02:bb:00:00:00:02
}

@test "invalid MAC addresses are refused" {
	needs json
	local word

	for word in x "" 02:bb:00:00:00 02:bb:00:00:00:01:02 02:bb:00:00:00:1g \
			02:bb:00:00:00: 02-bb-00-00-00-01 02bb00000001; do
		refuses "brctl: \"$word\" is not a MAC address" \
			addmac br0 v0 "$word"
	done
	same fdb br0 1
}

@test "multicast addresses and the zero address are refused" {
	needs json
	local group="this is the address of a multicast group, not of a station"

	refused "$group" 01:bb:00:00:00:01
	refused "$group" 33:33:00:00:00:01
	refused "$group" ff:ff:ff:ff:ff:ff
	refused "this is not the address of a station" 00:00:00:00:00:00
	same fdb br0 1
}

@test "invalid VLAN ids are refused" {
	needs json
	local word

	for word in 0 4095 -1 x "" 1-2 1,2 0xa 4294967297; do
		refuses "brctl: \"$word\" is not a VLAN id: they range from 1 to\
 4094" addmac br0 v0 $MAC vlan "$word"
	done
	refuses 'brctl: "vlan" needs a value' \
		addmac br0 v0 $MAC vlan
	same fdb br0 1
}

@test "unknown words and missing arguments are refused" {
	local usage="addmac <bridge> <member> <mac> [vlan <vid>]\
 [static|local|dynamic]\
 [sticky] [replace|append] [use] [extern_learn] [norefresh]\
 [activity_notify] [inactive] [self] [router] [dst <ip>] [port <udp-port>]\
 [vni <vni>] [src_vni <vni>] [via <link>] [nhid <id>]	add an entry to the FDB"

	refuses 'brctl: "perm" is not a word of addmac: see "brctl help addmac"' \
		addmac br0 v0 $MAC perm
	one_word_off "$usage" addmac br0 v0
	one_word_off "$usage" addmac
}

@test "devices that are not ports of the bridge are refused" {
	needs json
	ip link add br1 type bridge
	refuses "brctl: cannot add $MAC to \"w0\" of bridge \"br0\": it is not\
 a port" addmac br0 w0 $MAC
	refuses "brctl: cannot add $MAC to \"nope\" of bridge \"br0\": No such\
 device" addmac br0 nope $MAC
	refuses "brctl: cannot add $MAC to \"v0\" of bridge \"nope\": no such\
 bridge" addmac nope v0 $MAC
	refuses "brctl: cannot add $MAC to \"v0\" of bridge \"br1\": it is a\
 port of another bridge" addmac br1 v0 $MAC
	refuses "brctl: cannot add $MAC to \"br1\" of bridge \"br0\": it is not\
 a port" addmac br0 br1 $MAC
	same fdb br0 1
}

@test "without CAP_NET_ADMIN no entry is added" {
	needs json
	powerless "brctl: cannot add $MAC to \"v0\" of bridge \"br0\":\
 Operation not permitted; the capability CAP_NET_ADMIN is needed" \
		addmac br0 v0 $MAC
	same fdb br0 1
}

@test "bridge and member may be given by an alternative name" {
	ip link property add dev br0 altname lan
	works addmac lan br0 $MAC
	[[ "$(bridge fdb show br br0)" == *"$MAC dev br0 "* ]]
	works delmac br0 lan $MAC
	[[ "$(bridge fdb show br br0)" != *"$MAC"* ]]
}
