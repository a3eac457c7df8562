#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# brctl.schema.json: the output of -j matches it.
#
# environment: ns

load ../common.bash
load exact.bash

SCHEMA=$tests_dir/../brctl/brctl.schema.json

setup()
{
	needs json jsonschema
	no_ipv6
}

# valid [OPTION] FILE...
valid()
{
	local option=()

	case $1 in
	--*)
		option=("$1")
		shift
		;;
	esac
	"$PYTHON" -I "$tests_dir/func/valid.py" "${option[@]}" "$SCHEMA" "$@"
}

# document NAME WORD...: writes the output of brctl -j WORD... to
# $docs/NAME.json. The name begins with that of the definition in the schema.
docs=$BATS_TEST_TMPDIR
document()
{
	local name=$1

	shift
	brctl -j "$@" > "$docs/$name.json"
}

# documents BRIDGE: writes the output of all commands.
documents()
{
	document show.all show
	document show.one show "$1"
	document showstp.1 showstp "$1"
	document showmacs.1 showmacs "$1"
	document showmacs.long --long showmacs "$1"
	document showvlans.all showvlans
	document showvlans.one -s showvlans "$1"
	document stats.all stats
	document stats.one stats "$1"
	document showgroups.all showgroups
	document showgroups.one showgroups "$1"
	document showmst.all showmst
	document showmrp.all showmrp
	document showcfm.all showcfm
	document get.all get "$1"
	document get.some get "$1" stp_state ageing_time
	document get_list.all get all ageing_time
	document getport.all getport "$1"
	document getport.some getport "$1" state
	document link.one link "$1"
	document option_list.all options
	document nf.all nf
	document tree.all tree
	document tree.checked --check tree "$1"
	document tree.traced --trace "host dst ff:ff:ff:ff:ff:ff" tree "$1"
	document trace.host trace "$1" in host dst ff:ff:ff:ff:ff:ff
	document trace.follow trace --follow "$1" in host dst ff:ff:ff:ff:ff:ff
	brctl -j check > "$docs/check.all.json" || :
}

# rich: creates a bridge with something of everything.
rich()
{
	ip link add br0 type bridge mcast_querier 1
	guest vm v0 52:54:00:40:ba:3b 10.0.0.1/24
	pair v1 w1
	ip link set v0 master br0
	ip link set v1 master br0
	ip link set br0 up
	forwarding v0
	bridge -batch - <<-END
	fdb add 02:bb:00:00:00:01 dev v0 master static sticky
	fdb add 02:bb:00:00:00:02 dev br0 self local
	mdb add dev br0 port v0 grp 239.1.1.1 permanent
	mdb add dev br0 port v0 grp 239.1.1.2 src 10.0.0.1 permanent vid 7
	mdb add dev br0 port v0 grp ff15::1 temp
	mdb add dev br0 port v0 grp 01:80:ff:00:00:01 permanent
	END
	works setport br0 v0 multicast_router=2
}

# rich_vlans: adds something of everything for VLANs.
rich_vlans()
{
	ip link set br0 type bridge vlan_filtering 1 mcast_vlan_snooping 1
	works setport br0 v1 vlan_tunnel=on
	works addvlan br0 v1 10-20,30 untagged tunnel 1000
	brctl addvlan br0 v0 40 pvid 2> /dev/null
	works addvlan br0 br0 10-11
}

@test "the schema is valid and describes each field" {
	valid --schema
}

@test "destinations of VXLAN devices, and VNIs" {
	needs vxlan
	ip -batch - <<-END
	link add br0 type bridge
	link add vx0 type vxlan external vnifilter dstport 4789 local 127.0.0.1
	link set vx0 master br0
	END
	works addmac br0 vx0 02:bb:00:00:00:01 dst 10.0.0.1 port 5 vni 6 \
		src_vni 7 via br0 router
	works addvni vx0 5-6,9 group 10.0.0.2
	document showmacs.vxlan showmacs br0 self
	document showvnis.all showvnis
	document save.vxlan save
	grep -F '"dst_port"' "$docs/save.vxlan.json"
	valid "$docs"/*.json
}

@test "all commands, on a bridge with something of everything" {
	rich
	documents br0
	document getmac.1 getmac br0 02:bb:00:00:00:01
	document save.all save
	valid "$docs"/*.json
}

@test "all commands, on a bridge with VLANs" {
	needs vlan_filtering
	rich
	rich_vlans
	documents br0
	document getvlan.ports getvlan br0 all 1
	document getvlan.bridge getvlan br0 br0 10
	document save.all save
	valid "$docs"/*.json
	grep -q '"tunnel_id":1011' "$docs"/showvlans.all.json
	grep -q '"bridge_vlans":\[{' "$docs"/showvlans.all.json
}

@test "MST trees" {
	needs vlan_filtering
	ip link add br0 type bridge vlan_filtering 1
	works set br0 mst_enabled=on
	pair v0 w0
	ip link set v0 master br0
	works addvlan br0 v0 10
	works setvlan br0 br0 10 msti=5
	documents br0
	document save.all save
	valid "$docs"/*.json
	grep -q '"trees":\[{' "$docs"/showvlans.all.json
}

@test "reach: members that can and cannot talk to each other" {
	rich
	ip link set v1 down
	works setport br0 v0 broadcast_flood=off
	document reach.all reach
	ip link set br0 down
	document reach.none reach br0
	grep -q '"members":\["v1"\],"others"' "$docs/reach.all.json"
	grep -q '"among":false' "$docs/reach.none.json"
	valid "$docs"/reach.*.json
	valid --spoiled "$docs"/reach.*.json
}

@test "what a change does" {
	rich
	document reach_difference.after reach --after "link v0 down"
	document live.host trace --live --send br0 in host \
		dst ff:ff:ff:ff:ff:ff
	grep -q '"what":"loses"' "$docs/reach_difference.after.json"
	grep -q '"hook":"postrouting"' "$docs/live.host.json"
	valid "$docs"/*.json
}

@test "why: stations that can and cannot talk to each other" {
	rich
	document why.yes why br0 v0 host
	works setport br0 v0,v1 isolated=on
	brctl -j why br0 v1 02:bb:00:00:00:01 > "$docs/why.no.json" ||
		[ $? -eq 1 ]
	grep -q '"port":null' "$docs/why.yes.json"
	grep -q '"changes":\["brctl' "$docs/why.no.json"
	valid "$docs"/why.*.json
	valid --spoiled "$docs"/why.*.json
}

@test "check: findings with and without a port" {
	rich
	ip link set v1 mtu 1400
	ip link set br0 down
	brctl -j check > "$docs/check.all.json" || [ $? -eq 1 ]
	grep -q '"port":"v1"' "$docs/check.all.json"
	grep -q '"port":null' "$docs/check.all.json"
	valid "$docs/check.all.json"
	valid --spoiled "$docs/check.all.json"
}

@test "rates" {
	ip link add br0 type bridge
	timeout 10 "$BRCTL" -j stats --interval=1 br0 | head -n 1 \
		> "$docs/stats_rates.one.json"
	valid "$docs/stats_rates.one.json"
	valid --spoiled "$docs/stats_rates.one.json"
}

@test "all commands, without bridges and on an empty bridge" {
	document show.none show
	document showvlans.none showvlans
	document showgroups.none showgroups
	document nf.none nf
	ip link add br0 type bridge
	works flush br0 all local
	documents br0
	document save.all save
	valid "$docs"/*.json
	[ "$(< "$docs"/show.none.json)" = "[]" ]
	[ "$(< "$docs"/showmacs.1.json)" = "[]" ]
	[ "$(< "$docs"/getport.all.json)" = "[]" ]
}

# Unusual names. The kernel accepts all but one. The last three are not UTF-8.
HOSTILE=(
	'a"b\c' "</" '<script>' "'\`\$x\`'" $'\e[31mred' $'\x01\x1f\x7f'
	$'\u00fc\u20ac\U0001f309' '\377' $'\xff' $'\xc3(' $'\xed\xb0\x80'
)

@test "names with special characters" {
	local name names=()

	for name in "${HOSTILE[@]}"; do
		ip link add "$name" type bridge 2> /dev/null || continue
		names+=("$name")
	done
	[ ${#names[@]} -eq 10 ]
	pair $'p"\\\xff\e' w0
	ip link set $'p"\\\xff\e' master '<script>'
	for name in "${names[@]}"; do
		documents "$name"
		valid "$docs"/*.json
	done
	"$PYTHON" -I -c 'import json, sys
for row in json.load(sys.stdin):
    print(ascii(row["bridge"]))' < "$docs/show.all.json" |
		LC_ALL=C sort > "$docs/names"
	LC_ALL=C sort > "$docs/want" <<-'END'
	'a"b\\c'
	'<script>'
	"'`$x`'"
	'\x1b[31mred'
	'\x01\x1f\x7f'
	'\xfc\u20ac\U0001f309'
	'\\377'
	'\\377'
	'\\303('
	'\\355\\260\\200'
	END
	diff "$docs/want" "$docs/names"
}

@test "vconfig's VLAN devices" {
	needs 8021q
	vconfig -j show > "$docs/vconfig_show.none.json"
	pair eth0 far
	ip link add link eth0 name $'v"\\\xff' type vlan id 5 gvrp on \
		ingress-qos-map 1:2 egress-qos-map 3:4
	ip link add link eth0 name eth0.6 type vlan proto 802.1ad id 6
	vconfig -j show > "$docs/vconfig_show.all.json"
	vconfig -j show eth0.6 > "$docs/vconfig_show.one.json"
	ip netns add away
	ip link set eth0.6 netns away
	vconfig -n away -j show > "$docs/vconfig_show.away.json"
	document option_list.all options
	valid "$docs"/*.json
	valid --spoiled "$docs"/vconfig_show.[ao]*.json
	grep -q '"parent":"eth0"' "$docs/vconfig_show.one.json"
	! grep -q '"parent":' "$docs/vconfig_show.away.json"
}

@test "the schema refuses each changed document" {
	rich
	documents br0
	document save.all save
	run -0 valid --spoiled "$docs"/*.json
	[ "$output" -gt 300 ]
}

@test "the schema refuses each changed document with VLANs" {
	needs vlan_filtering
	rich
	rich_vlans
	document showvlans.all showvlans
	document save.all save
	run -0 valid --spoiled "$docs"/*.json
	[ "$output" -gt 50 ]
}

@test "the check of option values finds errors" {
	ip link add br0 type bridge
	document option_list.all options
	document get.some get br0 ageing_time
	sed -i 's/:[0-9.]*}}/:"300"}}/' "$docs/get.some.json"
	run -1 valid "$docs"/*.json
	[[ $output = *"get/options/ageing_time: '300' is no seconds"* ]]
	printf '{"bridge":"\xff"}' > "$docs/get.some.json"
	run -1 valid "$docs"/get.some.json
	[[ $output = *"a byte 0xff"* ]]
	echo '{"bridge":"a","bridge":"a"}' > "$docs/get.some.json"
	run -1 valid "$docs"/get.some.json
	[[ $output = *"a field is given twice"* ]]
}
