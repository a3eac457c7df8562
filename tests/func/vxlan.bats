#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# addmac, delmac, showmacs and flush: the table of a VXLAN device.

load ../common.bash
load exact.bash

ALL=00:00:00:00:00:00
MAC=02:bb:00:00:00:01

setup()
{
	needs vxlan
	no_ipv6
	ip -batch - <<-END
	link add br0 type bridge
	link add v0 type veth peer name w0
	link add vx0 type vxlan id 42 dstport 4789 local 127.0.0.1
	link add vx1 type vxlan external dstport 4790 local 127.0.0.1
	link set v0 master br0
	link set vx0 master br0
	link set vx1 master br0
	link set vx0 up
	link set vx1 up
	link set br0 up
	END
}

# own DEVICE: prints the table of the device as bridge(8) shows it.
own()
{
	bridge fdb show dev "$1" | sed -n 's/ self.*//p' | grep -v 'master' |
		sort
}

# refused WHY WORD...: addmac br0 vx0 WORD...
refused()
{
	local why=$1

	shift
	denies "brctl: cannot add $1 to \"vx0\" of bridge \"br0\": $why" \
		addmac br0 vx0 "$@"
}

state()
{
	bridge fdb show | sort
}

@test "destinations, as bridge shows them" {
	works addmac br0 vx0 $ALL dst 10.0.0.1
	works addmac br0 vx0 $ALL dst 10.0.0.2 port 5000 vni 77 via v0 append
	works addmac br0 vx0 $MAC dst 10.0.0.3 router self
	works addmac br0 vx1 $MAC dst 10.0.0.4 src_vni 100 vni 200
	[ "$(own vx0)" = "$ALL dst 10.0.0.1
$ALL dst 10.0.0.2 port 5000 vni 77 via v0
$MAC dst 10.0.0.3" ]
	[ "$(own vx1)" = "$MAC dst 10.0.0.4 vni 200 src_vni 100" ]
	bridge fdb show dev vx0 | grep "^$MAC .* router"
}

@test "a second destination only by append, and only where there can be one" {
	works addmac br0 vx0 $ALL dst 10.0.0.1
	refused 'there is an entry; "append" adds another destination to it' \
		$ALL dst 10.0.0.2
	works addmac br0 vx0 01:00:5e:01:01:01 dst 10.0.0.1 append
	works addmac br0 vx0 01:00:5e:01:01:01 dst 10.0.0.2 append
	refused "only $ALL and the addresses of groups, in the table of a VXLAN\
 device (self), have several destinations" $MAC dst 10.0.0.2 append
}

@test "replace needs an entry, and --may-exist does not care" {
	denies "brctl: cannot change $MAC of \"vx0\" of bridge \"br0\": there\
 is no such entry" addmac br0 vx0 $MAC dst 10.0.0.1 replace
	works --may-exist addmac br0 vx0 $MAC dst 10.0.0.1 replace
	works addmac br0 vx0 $MAC dst 10.0.0.2 replace
	[ "$(own vx0)" = "$MAC dst 10.0.0.2" ]
	works --may-exist addmac br0 vx0 $MAC dst 10.0.0.2
	refuses "brctl: cannot add $MAC to \"vx0\" of bridge \"br0\": File\
 exists" --may-exist addmac br0 vx0 $MAC dst 10.0.0.3
	[ "$(own vx0)" = "$MAC dst 10.0.0.2" ]
}

@test "what does not fit is refused, and nothing is made" {
	denies "brctl: cannot add $MAC to \"v0\" of bridge \"br0\": only\
 entries of a VXLAN device have destinations" addmac br0 v0 $MAC dst 10.0.0.1
	refused 'the VXLAN device uses the other version of IP' $MAC dst fe80::1
	refused '"x" is not an IP address' $MAC dst x
	refused 'this VXLAN device has one VNI only: src_vni is for devices'\
' that are external' $MAC dst 10.0.0.1 src_vni 5
	refused 'the table of a device (self) has no VLANs' $MAC dst 10.0.0.1 \
		vlan 5
	refused 'an entry of a VXLAN device needs a destination: dst or nhid' \
		$MAC self
	refused 'an entry of a VXLAN device needs a destination: dst or nhid' \
		$MAC vni 5
	refused 'a nexthop group (nhid) has the destinations itself' $MAC \
		nhid 5 dst 10.0.0.1
	refused 'the table of a device (self) has the flags router, extern'\
' and use only' $MAC dst 10.0.0.1 sticky
	denies 'brctl: cannot find device "nope": No such device' \
		addmac br0 vx0 $MAC dst 10.0.0.1 via nope
	denies 'brctl: "16777216" is not a valid value of "vni": the largest is'\
' 16777215' addmac br0 vx0 $MAC dst 10.0.0.1 vni 16777216
	denies 'brctl: "port" cannot be 0' addmac br0 vx0 $MAC dst 10.0.0.1 \
		port 0
	denies 'brctl: "dst" is given twice' addmac br0 vx0 $MAC dst 10.0.0.1 \
		dst 10.0.0.1
	denies 'brctl: "dst" needs a value' addmac br0 vx0 $MAC dst
}

@test "delmac finds the destination again" {
	works addmac br0 vx0 $ALL dst 10.0.0.1
	works addmac br0 vx0 $ALL dst 10.0.0.2 port 5000 vni 77 append
	works addmac br0 vx0 $ALL dst 10.0.0.3 append
	for words in "dst 10.0.0.9" "dst 10.0.0.2" "dst 10.0.0.2 vni 77" \
		"dst 10.0.0.1 port 5000" "nhid 3"; do
		# shellcheck disable=SC2086 # words
		denies "brctl: cannot delete $ALL of \"vx0\" of bridge\
 \"br0\": there is no such entry" delmac br0 vx0 $ALL $words
		works delmac --if-exists br0 vx0 $ALL $words
	done
	works delmac br0 vx0 $ALL dst 10.0.0.2 port 5000 vni 77
	# Values that are the defaults of the device may be given, too.
	works delmac br0 vx0 $ALL dst 10.0.0.1 port 4789 vni 42
	[ "$(own vx0)" = "$ALL dst 10.0.0.3" ]
	works delmac br0 vx0 $ALL self
	[ "$(own vx0)" = "" ]
}

@test "a nexthop group" {
	ip nexthop add id 10 via 10.9.9.9 fdb || skip "no FDB nexthops"
	ip nexthop add id 20 group 10 fdb
	works addmac br0 vx0 $MAC nhid 20
	[ "$(own vx0)" = "$MAC nhid 20" ]
	brctl -j showmacs br0 nhid 20 | grep '"nhid":20'
	[ "$(brctl showmacs --long br0 nhid 21 | wc -l)" -eq 1 ]
	works delmac br0 vx0 $MAC nhid 20
	[ "$(own vx0)" = "" ]
}

@test "showmacs shows destinations, and chooses by them" {
	works addmac br0 vx0 $ALL dst 10.0.0.1
	works addmac br0 vx0 $ALL dst 10.0.0.2 port 5000 vni 77 via v0 append
	works addmac br0 vx0 $MAC dst 10.0.0.1 router
	brctl --long showmacs br0 dst 10.0.0.2 | sed 's/\t *[0-9]*\.[0-9]*\t/\tAGE\t/' |
		tail -n +2 > "$BATS_TEST_TMPDIR/rows"
	[ "$(< "$BATS_TEST_TMPDIR/rows")" = "$ALL	-	static	AGE	self	\
vx0 dst 10.0.0.2 port 5000 vni 77 via v0" ]
	[ "$(brctl --long showmacs br0 dst 10.0.0.1 | wc -l)" -eq 3 ]
	[ "$(brctl --long showmacs br0 router | wc -l)" -eq 2 ]
	[ "$(brctl --long showmacs br0 vni 77 | wc -l)" -eq 2 ]
	brctl -j showmacs br0 vni 77 | grep -F \
		'"self":true,"dst":"10.0.0.2","dst_port":5000,"vni":77,"via":"v0"'
	[ "$(brctl showmacs br0 | grep -c $ALL)" -eq 0 ]
	[ "$(brctl --long showmacs br0 noself | grep -c 10.0.0.1)" -eq 0 ]
}

@test "the addresses that a NIC listens to" {
	works addmac br0 v0 $MAC self
	bridge fdb show dev v0 | grep "^$MAC self permanent"
	brctl --long showmacs br0 self port v0 | grep "^$MAC"
	[ "$(brctl --long showmacs br0 | grep -c "^$MAC")" -eq 0 ]
	works delmac br0 v0 $MAC self
	[ "$(bridge fdb show dev v0 | grep -c "^$MAC")" -eq 0 ]
}

# Before Linux 6.7 the kernel cannot.
@test "flush by destination, or the reason why not" {
	works addmac br0 vx0 $ALL dst 10.0.0.1
	works addmac br0 vx0 $ALL dst 10.0.0.2 vni 77 append
	works addmac br0 vx0 $MAC dst 10.0.0.1 local
	if ! brctl flush br0 port vx0 dst 10.0.0.1 all local; then
		denies 'brctl: cannot flush the FDB entries of "vx0" of bridge'\
' "br0": this kernel cannot flush the table of a VXLAN device; Linux 6.7 can' \
			flush br0 port vx0 dst 10.0.0.1 all local
		return
	fi
	[ "$(own vx0)" = "$ALL dst 10.0.0.2 vni 77" ]
	works flush br0 port vx0 vni 77 all
	[ "$(own vx0)" = "" ]
}

@test "flush: what cannot be" {
	denies 'brctl: cannot flush the FDB of bridge "br0": the table of a'\
' VXLAN device needs the name of the device (port), and has no VLANs' \
		flush br0 dst 10.0.0.1
	denies 'brctl: cannot flush the FDB entries of "v0" of bridge "br0":'\
' only the table of a VXLAN device can be flushed' flush br0 port v0 self
}

@test "a dry run finds what would be refused" {
	denies "brctl: cannot change $MAC of \"vx0\" of bridge \"br0\": there\
 is no such entry" --dry-run addmac br0 vx0 $MAC dst 10.0.0.1 replace
	denies "brctl: cannot delete $MAC of \"vx0\" of bridge \"br0\": there\
 is no such entry" --dry-run delmac br0 vx0 $MAC dst 10.0.0.1
	works addmac br0 vx0 $MAC dst 10.0.0.1
	denies "brctl: cannot add $MAC to \"vx0\" of bridge \"br0\": File\
 exists" --dry-run addmac br0 vx0 $MAC dst 10.0.0.1
}

@test "save has the destinations, and restore brings them back" {
	local saved=$BATS_TEST_TMPDIR/saved form

	works addmac br0 vx0 $ALL dst 10.0.0.1
	works addmac br0 vx0 $ALL dst 10.0.0.2 port 5000 vni 77 via v0 append
	works addmac br0 vx0 $MAC dst 10.0.0.3 router
	works addmac br0 vx1 $MAC dst 10.0.0.4 src_vni 100 vni 200 local
	works addmac br0 vx0 02:bb:00:00:00:02 dst 10.0.0.3 dynamic
	works addmac br0 v0 02:bb:00:00:00:03 activity_notify
	brctl save br0 > "$saved"
	brctl -j save br0 > "$saved.json" || cp "$saved" "$saved.json"
	grep -x "brctl addmac br0 vx0 $ALL dst 10.0.0.2 port 5000 vni 77 via v0\
 static append" "$saved"
	[ "$(grep -c 02:bb:00:00:00:02 "$saved")" -eq 0 ]
	for form in "$saved" "$saved.json"; do
		works diff "$form"
		works delmac br0 vx0 $ALL dst 10.0.0.1
		works delmac br0 vx0 $MAC self
		works addmac br0 vx1 $MAC dst 10.0.0.5 src_vni 100 replace
		works addmac br0 v0 02:bb:00:00:00:03 replace
		run -1 brctl diff "$form"
		brctl restore "$form"
		works diff "$form"
		brctl getmac br0 02:bb:00:00:00:03 | grep activity_notify
	done
}
