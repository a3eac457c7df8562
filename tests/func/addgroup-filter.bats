#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# addgroup: filter modes, sources, protocols and replacement (Linux 6.2); groups
# of VXLAN devices (Linux 6.4).
#
# environment: ns

load ../common.bash
load exact.bash

CANNOT='brctl: cannot add "v0" of bridge "br0" to group "239.1.1.9":'

setup()
{
	no_ipv6
	pair v0 w0
	ip link add br0 type bridge mcast_igmp_version 3 mcast_mld_version 2
	ip link set v0 master br0 up
	ip link set w0 up
	ip link set br0 up
}

# has_filters: skips on kernels that cannot set them.
has_filters()
{
	brctl addgroup br0 v0 239.9.9.9 proto bird || skip "needs Linux 6.2"
	works delgroup br0 v0 239.9.9.9
}

# shows LINE GROUP [WORD...]: getgroup, blanks for tabs.
shows()
{
	local want=$1 got

	shift
	got=$(brctl getgroup br0 "$@" | sed '1d; s/\t/ /g; s/^br0 v0 - //')
	[ "$got" = "$want" ] || {
		echo "$*: $got"
		return 1
	}
}

@test "an old kernel refuses what it does not know, and nothing is added" {
	brctl addgroup br0 v0 239.1.1.9 proto bird && skip "it knows"
	for words in "proto bird" "filter include sources 10.0.0.1"; do
		# shellcheck disable=SC2086 # words
		refuses "$CANNOT this kernel cannot set a filter mode, sources\
 and a protocol; Linux 6.2 can" addgroup br0 v0 239.1.1.9 $words
	done
	works addgroup br0 v0 239.1.1.9
	refuses "$CANNOT this kernel cannot replace it; Linux 6.2 can" \
		addgroup br0 v0 239.1.1.9 replace
}

@test "a filter with its sources, and a protocol" {
	has_filters
	works addgroup br0 v0 239.1.1.1 filter include \
		sources 10.0.0.2,10.0.0.1 proto bird
	shows "239.1.1.1 - 0.00 permanent,include sources 10.0.0.1,10.0.0.2 proto bird" \
		239.1.1.1 ||
	shows "239.1.1.1 - 0.00 permanent,include sources 10.0.0.2,10.0.0.1 proto bird" \
		239.1.1.1
	shows "239.1.1.1 10.0.0.1 0.00 permanent,include proto bird" \
		239.1.1.1 source 10.0.0.1
	works addgroup br0 v0 ff15::1 filter exclude sources fd00::1
	shows "ff15::1 - 0.00 permanent except fd00::1" ff15::1
	works addgroup br0 v0 239.1.1.2 filter include sources 10.0.0.1 \
		temporary
	[[ $(brctl getgroup br0 239.1.1.2) = *"sources 10.0.0.1/2"* ]]
	works addgroup br0 v0 01:80:ff:00:00:02 proto 77
	shows "01:80:ff:00:00:02 - 0.00 permanent proto 77" 01:80:ff:00:00:02
}

@test "replace gives a member other properties" {
	has_filters
	refuses "$CANNOT it is not a member" addgroup br0 v0 239.1.1.9 replace
	refuses "$CANNOT it is not a member" --dry-run addgroup br0 v0 239.1.1.9 \
		replace
	works addgroup br0 v0 239.1.1.9
	works addgroup br0 v0 239.1.1.9 replace filter exclude \
		sources 10.0.0.3 proto bgp
	shows "239.1.1.9 - 0.00 permanent except 10.0.0.3 proto bgp" 239.1.1.9
	works addgroup br0 v0 239.1.1.9 replace
	shows "239.1.1.9 - 0.00 permanent" 239.1.1.9
}

@test "--may-exist compares the properties that are given" {
	has_filters
	works addgroup br0 v0 239.1.1.9 filter include \
		sources 10.0.0.2,10.0.0.1 proto bird
	works --may-exist addgroup br0 v0 239.1.1.9
	works --may-exist addgroup br0 v0 239.1.1.9 filter include \
		sources 10.0.0.1,10.0.0.2 proto bird
	for words in "proto bgp" "filter include sources 10.0.0.1" \
			"filter exclude sources 10.0.0.1,10.0.0.2" \
			"filter include sources 10.0.0.1,10.0.0.2,10.0.0.3"; do
		# shellcheck disable=SC2086 # words
		quiet --may-exist addgroup br0 v0 239.1.1.9 $words && return 1
	done
	true
}

@test "what does not fit together is refused, and nothing is added" {
	local words why

	while IFS='|' read -r words why; do
		# shellcheck disable=SC2086 # words
		refuses "$CANNOT $why" addgroup br0 v0 239.1.1.9 $words ||
			return 1
	done <<-END
	sources 10.0.0.1|a list of sources needs a filter mode, include or exclude
	filter include|the filter mode include needs a list of sources
	filter include sources fd00::1|"fd00::1" is not a source of such a group
	filter include sources 10.0.0.1,239.0.0.1|239.0.0.1 is the address of a group itself
	filter exclude source 10.0.0.1|a member that wants one source has no filter mode
	proto kernel|protocols range from 4 to 255
	dst 192.0.2.1|it is not a VXLAN device
	END
	refuses 'brctl: cannot add "v0" of bridge "br0" to group'\
' "01:80:ff:00:00:02": a group of Ethernet has no filter mode' \
		addgroup br0 v0 01:80:ff:00:00:02 filter exclude
	refuses 'brctl: cannot add "br0" of bridge "br0" to group "239.1.1.9":'\
' the host has no filter mode' addgroup br0 br0 239.1.1.9 filter exclude
	refuses 'brctl: "in" is not a filter mode: it is include or exclude' \
		addgroup br0 v0 239.1.1.9 filter in
	refuses 'brctl: "10.0.0.1" is given twice' \
		addgroup br0 v0 239.1.1.9 filter include \
		sources 10.0.0.1,10.0.0.1
	[ -z "$(brctl showgroups br0)" ]
}

@test "a filter that the bridge does not use is warned about" {
	has_filters
	works set br0 multicast_igmp_version=2
	gives 0 "" "brctl: sources have no effect while multicast_igmp_version\
 is 2: brctl set br0 multicast_igmp_version=3" \
		addgroup br0 v0 239.1.1.9 filter exclude sources 10.0.0.1
}

# vxlan: vx0, where the kernel has groups of such devices.
vxlan()
{
	ip link add vx0 type vxlan id 10 dstport 4789 local 192.0.2.9 ||
		skip "needs VXLAN"
	ip link set vx0 up
	brctl addgroup vx0 vx0 239.1.1.1 dst 192.0.2.1 ||
		skip "needs Linux 6.4"
}

@test "a VXLAN device sends groups to others" {
	vxlan
	works addgroup vx0 vx0 239.1.1.1 dst 192.0.2.2 port 4790 vni 20 \
		via w0 proto bgp
	works addgroup vx0 vx0 0.0.0.0 dst 192.0.2.3
	works addgroup vx0 vx0 239.1.1.1 dst 192.0.2.1 proto 9 replace
	run -0 brctl showgroups vx0
	[ "${#lines[@]}" -eq 4 ]
	[[ $output = *"vx0	vx0	-	0.0.0.0	-	0.00	permanent	dst 192.0.2.3"* ]]
	[[ $output = *"239.1.1.1	-	0.00	permanent	proto bgp	dst 192.0.2.2 port 4790 vni 20 via w0"* ]]
	refuses 'brctl: cannot add "vx0" of bridge "vx0" to group "239.1.1.7":'\
' it is not a member' addgroup vx0 vx0 239.1.1.7 dst 192.0.2.1 replace
	refuses 'brctl: cannot delete "vx0" of bridge "vx0" from group'\
' "239.1.1.1": it is not a member' delgroup vx0 vx0 239.1.1.1 dst 192.0.2.7
	works delgroup vx0 vx0 239.1.1.1 dst 192.0.2.1
	works flushgroups vx0 dst 192.0.2.2 vni 20
	run -0 brctl showgroups vx0
	[ "${#lines[@]}" -eq 2 ]
	works flushgroups vx0
	works showgroups vx0
}

@test "a VXLAN device is its only member, and has no VLANs" {
	vxlan
	refuses 'brctl: cannot add "v0" of bridge "vx0" to group "239.1.1.2":'\
' the only member of the groups of a VXLAN device is the device itself' \
		addgroup vx0 v0 239.1.1.2 dst 192.0.2.1
	refuses 'brctl: cannot add "vx0" of bridge "vx0" to group "239.1.1.2":'\
' a VXLAN device has VNIs, and no VLANs' \
		addgroup vx0 vx0 239.1.1.2 dst 192.0.2.1 vlan 5
	refuses 'brctl: cannot add "vx0" of bridge "vx0" to group "239.1.1.2":'\
' "x" is not an IP address' addgroup vx0 vx0 239.1.1.2 dst x
	refuses 'brctl: "16777216" is not a valid value of "vni": the largest is'\
' 16777215' \
		addgroup vx0 vx0 239.1.1.2 dst 192.0.2.1 vni 16777216
}

@test "permanent groups come back with all that they have" {
	has_filters
	works addgroup br0 v0 239.1.1.1 filter include \
		sources 10.0.0.2,10.0.0.1 proto bird
	works addgroup br0 v0 239.1.1.2 filter exclude sources 10.0.0.1
	works addgroup br0 v0 239.1.1.3 source 10.0.0.7 proto 99
	works addgroup br0 v0 ff15::1 filter include sources fd00::2,fd00::1
	works addgroup br0 v0 01:80:ff:00:00:02 proto 77
	works addgroup br0 br0 01:80:ff:00:00:02
	brctl save br0 > "$BATS_TEST_TMPDIR/lines"
	brctl -j save br0 > "$BATS_TEST_TMPDIR/json"
	[ "$(grep -c addgroup "$BATS_TEST_TMPDIR/lines")" -eq 6 ]
	for file in lines json; do
		ip link del br0
		works restore "$BATS_TEST_TMPDIR/$file"
		[ "$(brctl save br0)" = "$(cat "$BATS_TEST_TMPDIR/lines")" ]
		works diff "$BATS_TEST_TMPDIR/$file"
	done
	works addgroup br0 v0 239.1.1.1 replace filter exclude sources 10.0.0.9
	gives 1 'brctl addgroup br0 v0 239.1.1.1 replace filter include sources'\
' 10.0.0.1,10.0.0.2 proto bird' "" diff "$BATS_TEST_TMPDIR/lines"
	works restore "$BATS_TEST_TMPDIR/lines"
	[ "$(brctl save br0)" = "$(cat "$BATS_TEST_TMPDIR/lines")" ]
	works addgroup br0 v0 239.1.1.1 replace filter exclude sources 10.0.0.9
	eval "$(brctl diff "$BATS_TEST_TMPDIR/lines")"
	[ "$(brctl save br0)" = "$(cat "$BATS_TEST_TMPDIR/lines")" ]
}

@test "a configuration with words that do not fit is refused" {
	local words why file=$BATS_TEST_TMPDIR/lines

	while IFS='|' read -r words why; do
		echo "brctl addgroup br0 v0 239.1.1.1 $words" > "$file"
		refuses "brctl: cannot read \"$file\": line 1: $why" \
			restore "$file" || return 1
	done <<-END
	filter in|"in" is not a filter mode: it is include or exclude
	filter include|"filter include" needs the word sources
	sources 10.0.0.1|"sources" needs the word filter
	filter include sources 10.0.0.1,x|"10.0.0.1,x" is not a list of at most 32 IP addresses
	proto nope|"nope" is not a protocol
	END
}
