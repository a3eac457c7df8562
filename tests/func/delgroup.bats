#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# delgroup: deletes members of multicast groups.
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

# refused WHY GROUP WORD...: checks that delgroup is refused for the port v0.
refused()
{
	local why=$1 group=$2

	shift 2
	refuses "brctl: cannot delete \"v0\" of bridge \"br0\" from group\
 \"$group\": $why" delgroup br0 v0 "$group" "$@"
}

@test "members of each kind are deleted, also those that others added" {
	bridge -batch - <<-END
	mdb add dev br0 port v0 grp 239.1.1.1 permanent
	mdb add dev br0 port v0 grp 239.1.1.2 temp
	mdb add dev br0 port v0 grp ff15::1 permanent
	mdb add dev br0 port v0 grp 01:80:ff:00:00:01 permanent
	END
	works addgroup br0 br0 239.1.1.3
	same mdb br0 5
	works delgroup br0 v0 239.1.1.1
	works delgroup br0 v0 239.1.1.2
	works delgroup br0 v0 ff15::1
	works delgroup br0 v0 01:80:ff:00:00:01
	same mdb br0 1
	works delgroup br0 br0 239.1.1.3
	same mdb br0 0
}

@test "if the bridge is down or does not snoop, the error says so" {
	works addgroup br0 v0 $GROUP
	ip link set br0 down
	refused "the bridge is down" $GROUP
	refused "the bridge is down" $GROUP --dry-run
	ip link set br0 up
	works set br0 multicast_snooping=off
	refused "its multicast_snooping is off" $GROUP
	refused "its multicast_snooping is off" $GROUP --if-exists --dry-run
}

@test "source and vlan select only the member with them" {
	bridge -batch - <<-END
	mdb add dev br0 port v0 grp 239.1.1.1 permanent
	mdb add dev br0 port v0 grp 239.1.1.1 permanent vid 7
	mdb add dev br0 port v0 grp 239.1.1.1 src 10.0.0.1 permanent
	mdb add dev br0 port v0 grp 239.1.1.1 src 10.0.0.1 permanent vid 7
	END
	works delgroup br0 v0 $GROUP source 10.0.0.1 vlan 7
	same mdb br0 3
	refused "it is not a member" $GROUP vlan 7 source 10.0.0.1
	works delgroup br0 v0 $GROUP
	refused "it is not a member" $GROUP
	works delgroup br0 v0 $GROUP vlan 7
	works delgroup br0 v0 $GROUP source 10.0.0.1
	same mdb br0 0
}

@test "deleting a missing member fails; --if-exists allows it" {
	refused "it is not a member" $GROUP
	refused "it is not a member" ff15::1
	refused "it is not a member" 01:80:ff:00:00:01
	works delgroup --if-exists br0 v0 $GROUP
	refuses "brctl: delgroup: option --may-exist is not supported" \
		delgroup --may-exist \
		br0 v0 $GROUP
}

@test "members behind another port are kept" {
	pair v1 w1
	ip link set v1 master br0 up
	ip link set w1 up
	works addgroup br0 v1 $GROUP
	refused "it is not a member" $GROUP
	works delgroup --if-exists br0 v0 $GROUP
	same mdb br0 1
}

@test "addresses that are not multicast, and invalid ones, are refused" {
	refused "10.0.0.1 is not the address of a group" 10.0.0.1
	refused '"x" is not an address of IPv4, IPv6 or Ethernet' x
	refused '"x" is not a source of such a group' $GROUP source x
}

@test "unknown words and a wrong number of arguments are refused" {
	local usage="delgroup <bridge> <members> <group> [source <ip>]\
 [vlan <vid>] [dst <ip>] [port <udp-port>] [vni <vni>] [src_vni <vni>]\
 [via <link>]	remove a port from a multicast group"

	refuses 'brctl: "temporary" is not one of vlan, source, dst, port, vni,'\
' src_vni and via' \
		delgroup br0 v0 $GROUP temporary
	refuses 'brctl: "0" is not a VLAN id: they range from 1 to 4094' \
		delgroup br0 v0 $GROUP vlan 0
	one_word_off "$usage" delgroup br0 v0
	refuses 'brctl: "x" is not one of vlan, source, dst, port, vni, src_vni'\
' and via' delgroup br0 v0 $GROUP vlan 7 source 10.0.0.1 x
}

@test "devices that are not ports of the bridge are refused" {
	local cannot="brctl: cannot delete"

	refuses "$cannot \"w0\" of bridge \"br0\" from group \"$GROUP\": it\
 is not a port" delgroup br0 w0 $GROUP
	refuses "$cannot \"nope\" of bridge \"br0\" from group \"$GROUP\": No\
 such device" delgroup br0 nope $GROUP
	refuses "$cannot \"v0\" of bridge \"nope\" from group \"$GROUP\": no\
 such bridge" delgroup nope v0 $GROUP
}

@test "without CAP_NET_ADMIN no member is deleted" {
	works addgroup br0 v0 $GROUP
	powerless "brctl: cannot delete \"v0\" of bridge \"br0\" from group\
 \"$GROUP\": Operation not permitted; the capability CAP_NET_ADMIN is needed" \
		delgroup br0 v0 $GROUP
	same mdb br0 1
}
