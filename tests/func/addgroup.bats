#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# addgroup: members of multicast groups, made by hand.
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

# makes LINE WORD...: addgroup br0 WORD... makes a member that bridge shows so,
# timers and what only newer kernels tell aside.
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

# refused WHY GROUP WORD...: of the port v0, and no group is there.
refused()
{
	local why=$1 group=$2

	shift 2
	refuses "brctl: cannot add \"v0\" of bridge \"br0\" to group \"$group\"\
: $why" addgroup br0 v0 "$group" "$@"
	same mdb br0 0
}

@test "groups of IPv4, IPv6 and Ethernet are permanent" {
	makes permanent v0 239.1.1.1
	makes permanent v0 ff15::1
	makes permanent v0 01:80:ff:00:00:01
	makes permanent v0 01:00:5e:01:01:01
	same mdb br0 4
}

@test "a bridge that has as many groups as it may says so" {
	works set br0 hash_max=1
	works addgroup br0 v0 $GROUP
	refuses "brctl: cannot add \"v0\" of bridge \"br0\" to group\
 \"239.1.1.2\": Argument list too long; the bridge has as many groups as\
 hash_max allows, and the kernel has turned multicast_snooping off" \
		addgroup br0 v0 239.1.1.2
	gives 0 multicast_snooping=off "" get br0 multicast_snooping
}

@test "or temporary" {
	makes temp v0 239.1.1.1 temporary
	makes temp v0 ff15::1 temporary
	same mdb br0 2
	[ "$(brctl showgroups br0 | grep -c $'\t2[345][0-9]\\.[0-9][0-9]\t-$')" -eq 2 ]
}

@test "of one source" {
	makes "src 10.0.0.1 permanent" v0 $GROUP source 10.0.0.1
	makes "src fd00::1 permanent" v0 ff15::1 source fd00::1
	works addgroup br0 v0 $GROUP source 10.0.0.2
	works addgroup br0 v0 $GROUP
	same mdb br0 4
}

@test "of one VLAN" {
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

@test "without a VLAN it is added in all, or in none" {
	needs vlan_filtering
	ip link set br0 type bridge vlan_filtering 1 vlan_default_pvid 0
	run -1 brctl addgroup br0 v0 $GROUP
	[ "$output" = "brctl: cannot add \"v0\" of bridge \"br0\" to group\
 \"$GROUP\": it is a member of no VLAN" ]
	run -1 brctl --dry-run addgroup br0 v0 $GROUP
	[[ $output = *": it is a member of no VLAN" ]]
	bridge vlan add dev v0 vid 10-12
	works addgroup br0 v0 $GROUP vlan 11
	# The kernel would have added it in 10, too, and said that it exists.
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
	# The last is no member, and the kernel would have told of that alone.
	works delgroup br0 v0 $GROUP
	same mdb br0 1
}

@test "a VLAN waits while the bridge does not filter, and it is said" {
	needs vlan_filtering
	gives 0 "" "$INERT" addgroup br0 v0 $GROUP vlan 10
	gives 0 "" "$INERT" addgroup --may-exist br0 v0 $GROUP vlan 10
	works addgroup br0 v0 $GROUP
	same mdb br0 2
}

@test "of the host, which keeps nothing permanent" {
	makes temp br0 $GROUP
	makes temp br0 ff15::1 temporary
	same mdb br0 2
}

@test "what bridge made is shown the same" {
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

@test "a group that the port is in" {
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

# may_not GROUP WORD...: addgroup --may-exist br0 v0 WORD... is refused, for
# what is there is not that. What the kernel says of it is new.
may_not()
{
	quiet --may-exist addgroup br0 v0 "$@" && return 1
	grep -q "^brctl: cannot add \"v0\" of bridge \"br0\" to group \"$1\":\
 File exists" "$BATS_TEST_TMPDIR/err"
}

@test "what is there in another way is not what may exist" {
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

@test "what is there in one VLAN is added in the others" {
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

@test "addresses that are no group's" {
	local word

	for word in 10.0.0.1 0.0.0.0 255.255.255.255 240.0.0.0 223.255.255.255 \
			fe80::1 :: 02:00:00:00:00:01 00:00:00:00:00:00; do
		refused "$word is not the address of a group" "$word"
	done
}

@test "what is no address" {
	local word

	for word in x "" 239.1.1 239.1.1.256 239.1.1.1/32 ff15::1::2 ff15 \
			01:80:ff:00:00 "239.1.1.1 "; do
		refused "\"$word\" is no address of IPv4, IPv6 or Ethernet" \
			"$word"
	done
}

# The words behind it are the kernel's, and are others in each version.
@test "groups that the kernel keeps to itself" {
	local group

	for group in 224.0.0.1 ff02::1; do
		quiet addgroup br0 v0 $group && return 1
		grep -q "^brctl: cannot add \"v0\" of bridge \"br0\" to group\
 \"$group\": Invalid argument" "$BATS_TEST_TMPDIR/err"
	done
	same mdb br0 0
}

@test "sources that are none" {
	refused '"" is no source of such a group' $GROUP source
	refused '"x" is no source of such a group' $GROUP source x
	refused '"fd00::1" is no source of such a group' $GROUP source fd00::1
	refused '"10.0.0.1" is no source of such a group' ff15::1 \
		source 10.0.0.1
	refused '"10.0.0.1" is no source of such a group' 01:80:ff:00:00:01 \
		source 10.0.0.1
	refused "239.0.0.1 is the address of a group itself" $GROUP \
		source 239.0.0.1
}

@test "VLANs that are none, words that mean nothing, and too few" {
	local word

	for word in 0 4095 x "" -1 1-2 1,2 0xa; do
		refuses "brctl: \"$word\" is no VLAN id: they go from 1 to\
 4094" addgroup br0 v0 $GROUP vlan "$word"
	done
	refuses 'brctl: "" is no VLAN id: they go from 1 to 4094' \
		addgroup br0 v0 $GROUP vlan
	refuses 'brctl: "vlan" is given twice' \
		addgroup br0 v0 $GROUP vlan 3 vlan 4
	refuses 'brctl: "source" is given twice' \
		addgroup br0 v0 $GROUP source 192.0.2.1 source 192.0.2.2
	refuses 'brctl: "forever" is none of vlan, source, temporary, '\
'replace, filter, sources, proto, dst, port, vni, src_vni and via' \
		addgroup br0 v0 $GROUP forever
	one_word_off "addgroup <bridge> <members> <group> [source <ip>]\
 [vlan <vid>] [temporary] [replace] [filter {include|exclude}]\
 [sources <ips>] [proto <protocol>] [dst <ip>] [port <udp-port>]\
 [vni <vni>] [src_vni <vni>] [via <link>]	add a port to a multicast group" \
		addgroup br0 v0
	same mdb br0 0
}

@test "a member that is none, or another bridge's" {
	local cannot="brctl: cannot add"

	ip link add br1 type bridge
	refuses "$cannot \"w0\" of bridge \"br0\" to group \"$GROUP\": it is\
 no port" addgroup br0 w0 $GROUP
	refuses "$cannot \"nope\" of bridge \"br0\" to group \"$GROUP\": No\
 such device" addgroup br0 nope $GROUP
	refuses "$cannot \"v0\" of bridge \"nope\" to group \"$GROUP\": no\
 such bridge" addgroup nope v0 $GROUP
	refuses "$cannot \"v0\" of bridge \"br1\" to group \"$GROUP\": it is a\
 port of another bridge" addgroup br1 v0 $GROUP
	same mdb br0 0
}

@test "without the capability nobody is added" {
	powerless "brctl: cannot add \"v0\" of bridge \"br0\" to group\
 \"$GROUP\": Operation not permitted; the capability CAP_NET_ADMIN is needed" \
		addgroup br0 v0 $GROUP
	same mdb br0 0
}

@test "a bridge by two of its names" {
	ip link property add dev br0 altname lan
	works addgroup lan br0 $GROUP
	[[ "$(bridge mdb show dev br0)" == *"port br0 grp $GROUP"* ]]
	works delgroup br0 lan $GROUP
	[ -z "$(bridge mdb show dev br0)" ]
}
