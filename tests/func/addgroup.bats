#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# addgroup: adds members to multicast groups.
#
# environment: ns

load ../common.bash
load exact.bash

GROUP=239.1.1.1

setup()
{
	no_ipv6
	pair v0 w0
	ip link add br0 type bridge
	ip link set v0 master br0 up
	ip link set w0 up
	ip link set br0 up
}

# makes LINE WORD...: runs addgroup br0 WORD..., and checks that bridge(8)
# shows LINE for the new member, without timers and fields of newer kernels.
makes()
{
	local want=$1 got

	shift
	works addgroup br0 "$@"
	got=$(bridge -d mdb show dev br0 | grep -F " port $1 grp $2 " |
		sed 's/ proto static//; s/  */ /g; s/ $//')
	[ "$got" = "dev br0 port $1 grp $2 $want" ] || {
		echo "$*: bridge says: $got"
		return 1
	}
}

# refused WHY GROUP WORD...: checks that addgroup is refused for the port v0,
# and that the MDB is empty.
refused()
{
	local why=$1 group=$2

	shift 2
	refuses "brctl: cannot add \"v0\" of bridge \"br0\" to group \"$group\"\
: $why" addgroup br0 v0 "$group" "$@"
	same mdb br0 0
}

@test "members of IPv4, IPv6 and Ethernet groups are permanent by default" {
	makes permanent v0 239.1.1.1
	makes permanent v0 ff15::1
	makes permanent v0 01:80:ff:00:00:01
	makes permanent v0 01:00:5e:01:01:01
	same mdb br0 4
}

@test "if hash_max is reached, the error says so" {
	works set br0 hash_max=1
	works addgroup br0 v0 $GROUP
	refuses "brctl: cannot add \"v0\" of bridge \"br0\" to group\
 \"239.1.1.2\": Argument list too long; the bridge has as many groups as\
 hash_max allows, and the kernel has turned multicast_snooping off" \
		addgroup br0 v0 239.1.1.2
	gives 0 multicast_snooping=off "" get br0 multicast_snooping
}

@test "with the word temporary, members are temporary" {
	makes temp v0 239.1.1.1 temporary
	makes temp v0 ff15::1 temporary
	same mdb br0 2
	[ "$(brctl showgroups br0 | grep -c $'\t2[345][0-9]\\.[0-9][0-9]\t-$')" -eq 2 ]
}

@test "a member can be limited to one source" {
	makes "src 10.0.0.1 permanent" v0 $GROUP source 10.0.0.1
	makes "src fd00::1 permanent" v0 ff15::1 source fd00::1
	works addgroup br0 v0 $GROUP source 10.0.0.2
	works addgroup br0 v0 $GROUP
	same mdb br0 4
}

@test "a member can be added in one VLAN" {
	needs vlan_filtering
	ip link set br0 type bridge vlan_filtering 1
	bridge vlan add dev v0 vid 10-20
	bridge vlan add dev v0 vid 4094
	makes "permanent vid 10" v0 $GROUP vlan 10
	works addgroup br0 v0 $GROUP vlan 11 source 10.0.0.1 temporary
	works addgroup br0 v0 $GROUP vlan 4094
	works addgroup br0 v0 $GROUP vlan 020
	[[ $(bridge mdb show dev br0) = *" vid 20"* ]]
	same mdb br0 4
}

@test "without a VLAN, a member is added in all VLANs of the port or in none" {
	needs vlan_filtering
	ip link set br0 type bridge vlan_filtering 1 vlan_default_pvid 0
	run -1 brctl addgroup br0 v0 $GROUP
	[ "$output" = "brctl: cannot add \"v0\" of bridge \"br0\" to group\
 \"$GROUP\": it is not a member of any VLAN" ]
	run -1 brctl --dry-run addgroup br0 v0 $GROUP
	[[ $output = *": it is not a member of any VLAN" ]]
	bridge vlan add dev v0 vid 10-12
	works addgroup br0 v0 $GROUP vlan 11
	# The kernel alone would add it in VLAN 10, and then return EEXIST for
	# VLAN 11.
	run -1 brctl addgroup br0 v0 $GROUP
	[[ $output = *": File exists"* ]]
	[[ $output != *"may have been"* ]]
	same mdb br0 1
	run -1 brctl --dry-run addgroup br0 v0 $GROUP
	[[ $output = *": File exists" ]]
	works delgroup br0 v0 $GROUP
	same mdb br0 0
	works addgroup br0 v0 $GROUP
	same mdb br0 3
	works delgroup br0 v0 $GROUP vlan 12
	works addgroup br0 br0 $GROUP vlan 10
	# v0 is not a member in VLAN 12, the last one. The kernel would return
	# only that error.
	works delgroup br0 v0 $GROUP
	same mdb br0 1
}

@test "a VLAN without vlan_filtering causes a warning" {
	needs vlan_filtering
	gives 0 "" "$INERT" addgroup br0 v0 $GROUP vlan 10
	gives 0 "" "$INERT" addgroup --may-exist br0 v0 $GROUP vlan 10
	works addgroup br0 v0 $GROUP
	same mdb br0 2
}

@test "the bridge itself can be a member, but only a temporary one" {
	makes temp br0 $GROUP
	makes temp br0 ff15::1 temporary
	same mdb br0 2
}

@test "showgroups and bridge(8) agree on members that bridge(8) added" {
	bridge -batch - <<-END
	mdb add dev br0 port v0 grp 239.1.1.1 permanent
	mdb add dev br0 port v0 grp 239.1.1.1 permanent vid 7
	mdb add dev br0 port v0 grp 239.1.1.2 temp
	mdb add dev br0 port v0 grp 239.1.1.3 src 10.0.0.1 permanent
	mdb add dev br0 port v0 grp ff15::1 permanent
	mdb add dev br0 port v0 grp 01:80:ff:00:00:01 permanent
	END
	same mdb br0 6
}

@test "adding an existing member fails; --may-exist allows it" {
	works addgroup br0 v0 $GROUP
	quiet addgroup br0 v0 $GROUP && return 1
	grep -q "^brctl: cannot add \"v0\" of bridge \"br0\" to group\
 \"$GROUP\": File exists" "$BATS_TEST_TMPDIR/err"
	works addgroup --may-exist br0 v0 $GROUP
	refuses "brctl: addgroup: option --if-exists is not supported" \
		addgroup --if-exists \
		br0 v0 $GROUP
	same mdb br0 1
}

# may_not GROUP WORD...: checks that addgroup --may-exist br0 v0 GROUP WORD...
# is refused, because the existing member is different. The text after the
# errno is the kernel's and is not compared: older kernels have none.
may_not()
{
	quiet --may-exist addgroup br0 v0 "$@" && return 1
	grep -q "^brctl: cannot add \"v0\" of bridge \"br0\" to group \"$1\":\
 File exists" "$BATS_TEST_TMPDIR/err"
}

@test "--may-exist refuses an existing member with other properties" {
	works addgroup br0 v0 $GROUP
	may_not $GROUP temporary
	works addgroup --may-exist br0 v0 $GROUP source 10.0.0.1
	works addgroup --may-exist br0 v0 $GROUP source 10.0.0.1
	may_not $GROUP source 10.0.0.1 temporary
	works addgroup --may-exist br0 v0 ff15::1
	works addgroup --may-exist br0 v0 FF15:0::0001
	works addgroup --may-exist br0 v0 01:80:FF:00:00:01
	works addgroup --may-exist br0 v0 01:80:ff:00:00:01
	works addgroup --may-exist br0 br0 $GROUP
	works addgroup --may-exist br0 br0 $GROUP
	same mdb br0 5
}

@test "--may-exist adds a member in the VLANs that lack it" {
	needs vlan_filtering
	ip link set br0 type bridge vlan_filtering 1
	bridge vlan add dev v0 vid 10-12
	works addgroup br0 v0 $GROUP vlan 11
	works addgroup --may-exist br0 v0 $GROUP
	same mdb br0 4
	works addgroup --may-exist br0 v0 $GROUP
	works addgroup --may-exist br0 v0 $GROUP vlan 12
	works delgroup br0 v0 $GROUP vlan 12
	works addgroup br0 v0 $GROUP vlan 12 temporary
	may_not $GROUP
	may_not $GROUP vlan 12
	same mdb br0 4
}

@test "addresses that are not multicast are refused" {
	local word

	for word in 10.0.0.1 0.0.0.0 255.255.255.255 240.0.0.0 223.255.255.255 \
			fe80::1 :: 02:00:00:00:00:01 00:00:00:00:00:00; do
		refused "$word is not the address of a group" "$word"
	done
}

@test "invalid addresses are refused" {
	local word

	for word in x "" 239.1.1 239.1.1.256 239.1.1.1/32 ff15::1::2 ff15 \
			01:80:ff:00:00 "239.1.1.1 "; do
		refused "\"$word\" is not an address of IPv4, IPv6 or Ethernet" \
			"$word"
	done
}

# The text after the errno is the kernel's and differs between versions.
@test "groups that the kernel reserves are refused" {
	local group

	for group in 224.0.0.1 ff02::1; do
		quiet addgroup br0 v0 $group && return 1
		grep -q "^brctl: cannot add \"v0\" of bridge \"br0\" to group\
 \"$group\": Invalid argument" "$BATS_TEST_TMPDIR/err"
	done
	same mdb br0 0
}

@test "invalid sources are refused" {
	refused '"" is not a source of such a group' $GROUP source ""
	refused '"x" is not a source of such a group' $GROUP source x
	refused '"fd00::1" is not a source of such a group' $GROUP source fd00::1
	refused '"10.0.0.1" is not a source of such a group' ff15::1 \
		source 10.0.0.1
	refused '"10.0.0.1" is not a source of such a group' 01:80:ff:00:00:01 \
		source 10.0.0.1
	refused "239.0.0.1 is the address of a group itself" $GROUP \
		source 239.0.0.1
}

@test "invalid VLAN ids, unknown words and missing arguments are refused" {
	local word

	for word in 0 4095 x "" -1 1-2 1,2 0xa; do
		refuses "brctl: \"$word\" is not a VLAN id: they range from 1 to\
 4094" addgroup br0 v0 $GROUP vlan "$word"
	done
	for word in vlan source filter sources proto dst; do
		refuses "brctl: \"$word\" needs a value" \
			addgroup br0 v0 $GROUP $word
	done
	refuses 'brctl: "dst" is not a group: the groups of a VXLAN device are'\
' its own: brctl addgroup v0 v0 GROUP dst IP' addgroup br0 v0 dst 10.0.0.1
	refuses 'brctl: "vlan" is given twice' \
		addgroup br0 v0 $GROUP vlan 3 vlan 4
	refuses 'brctl: "source" is given twice' \
		addgroup br0 v0 $GROUP source 192.0.2.1 source 192.0.2.2
	refuses 'brctl: "forever" is not one of vlan, source, temporary, '\
'replace, filter, sources, proto, dst, port, vni, src_vni and via' \
		addgroup br0 v0 $GROUP forever
	one_word_off "addgroup <bridge> <members> <group> [source <ip>]\
 [vlan <vid>] [temporary] [replace] [filter {include|exclude}]\
 [sources <ips>] [proto <protocol>] [dst <ip>] [port <udp-port>]\
 [vni <vni>] [src_vni <vni>] [via <link>]	add a port to a multicast group" \
		addgroup br0 v0
	same mdb br0 0
}

@test "devices that are not ports of the bridge are refused" {
	local cannot="brctl: cannot add"

	ip link add br1 type bridge
	refuses "$cannot \"w0\" of bridge \"br0\" to group \"$GROUP\": it is\
 not a port" addgroup br0 w0 $GROUP
	refuses "$cannot \"nope\" of bridge \"br0\" to group \"$GROUP\": No\
 such device" addgroup br0 nope $GROUP
	refuses "$cannot \"v0\" of bridge \"nope\" to group \"$GROUP\": no\
 such bridge" addgroup nope v0 $GROUP
	refuses "$cannot \"v0\" of bridge \"br1\" to group \"$GROUP\": it is a\
 port of another bridge" addgroup br1 v0 $GROUP
	same mdb br0 0
}

@test "without CAP_NET_ADMIN no member is added" {
	powerless "brctl: cannot add \"v0\" of bridge \"br0\" to group\
 \"$GROUP\": Operation not permitted; the capability CAP_NET_ADMIN is needed" \
		addgroup br0 v0 $GROUP
	same mdb br0 0
}

@test "bridge and member may be given by an alternative name" {
	ip link property add dev br0 altname lan
	works addgroup lan br0 $GROUP
	[[ "$(bridge mdb show dev br0)" == *"port br0 grp $GROUP"* ]]
	works delgroup br0 lan $GROUP
	[ -z "$(bridge mdb show dev br0)" ]
}
