#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# restore and diff with JSON, as save -j prints it and as a person writes it.
# environment: ns

load ../common.bash
load exact.bash
load vlans.bash

setup()
{
	needs json
	FILE="$BATS_TEST_TMPDIR/file.json"
	SAVED="$BATS_TEST_TMPDIR/saved"
}

# wants JSON: writes the file.
wants()
{
	printf '%s\n' "$1" > "$FILE"
}

# comes_back DEVICE...: saves as JSON, deletes the devices, and restores.
# Checks that save then prints the same JSON and the same text.
comes_back()
{
	local device

	quiet save
	cp "$BATS_TEST_TMPDIR/out" "$SAVED"
	quiet save -j
	cp "$BATS_TEST_TMPDIR/out" "$FILE"
	quiet diff "$FILE"
	quiet diff --exact "$FILE"
	for device; do
		ip link del dev "$device"
	done
	quiet restore "$FILE"
	quiet save -j
	diff -u "$FILE" "$BATS_TEST_TMPDIR/out"
	quiet save
	diff -u "$SAVED" "$BATS_TEST_TMPDIR/out"
	quiet diff --exact "$FILE"
}

# is_refused WHY JSON: checks that restore and diff refuse the document, and
# that nothing changes.
is_refused()
{
	wants "$2"
	refuses "brctl: cannot read \"$FILE\": $1" restore "$FILE"
	gives 2 "" "brctl: cannot read \"$FILE\": $1" diff "$FILE"
	missing new
}

@test "options, ports, FDB entries and groups are restored" {
	pair v0 w0
	pair v1 w1
	ip link set w0 up
	ip link set w1 up
	ip link set v0 up
	works addbr br0
	works link br0 address 02:00:00:00:00:07 up
	works set br0 stp_state=off forward_delay=0 ageing_time=5
	works addif br0 v0 v1
	works setport br0 v0 isolated=on path_cost=77
	works setport br0 v1 backup_port=v0
	works addmac br0 v0 02:00:00:00:00:99 static sticky
	works addmac br0 br0 02:00:00:00:00:98
	works link br0 mtu 1400
	poll 10 port_forwards v0
	works addgroup br0 v0 239.1.1.1
	comes_back br0
}

@test "without a bridge, only the version is saved" {
	gives 0 '{
  "version": 1,
  "bridges": []
}' "" save -j
}

@test "VLANs of ports, their options and tunnels are restored" {
	needs vlan_filtering
	full_vlan_bridge
	comes_back br0
}

@test "MST trees, and groups in a VLAN that no longer snoops, are restored" {
	needs vlan_filtering
	vlan_bridge
	ip link set w0 up
	ip link set v0 up
	works link br0 up
	works set br0 mcast_vlan_snooping=on
	poll 10 port_forwards v0
	works addgroup br0 v0 239.1.1.1 vlan 1
	works setvlan br0 br0 1 mcast_snooping=off
	ip link add br1 type bridge vlan_filtering 1
	works set br1 mst_enabled=on
	works addvlan br1 br1 10
	works setvlan br1 br1 10 msti=3
	comes_back br0 br1
}

@test "VLAN devices below and above a bridge are restored" {
	needs 8021q veth
	pair a0 b0
	ip -batch - <<-END
	link set a0 up
	link add link a0 name z type vlan id 5 protocol 802.1ad
	link add link z name in address 02:00:00:00:00:55 type vlan id 6 gvrp on egress 17:3 1:2 ingress 3:4
	link set z up
	link set in mtu 1400 up
	link add br0 type bridge
	link set in master br0
	link set br0 up
	link add link br0 name br0.9 type vlan id 9 reorder_hdr off
	link add br1 type bridge
	link set br0.9 master br1
	link add link br0 name up9 type vlan id 10
	link add link up9 name up3 type vlan id 3
	END
	comes_back br1 br0 z
}

@test "names with special characters are restored" {
	pair 'x;"y' w0
	works addbr "a'b\$x"
	works addbr -- -n
	works addbr $'\u00fc\u20ac'
	works addif -- -n 'x;"y'
	comes_back "a'b\$x" -n $'\u00fc\u20ac'
	pair $'p\xff' w1
	works addif -- -n $'p\xff'
	refuses 'brctl: cannot save "p\377" as JSON: it is not UTF-8, or has control characters' \
		save -j
	quiet save
}

@test "partial documents, and objects that must be absent" {
	pair v0 w0
	pair v1 w1
	works addbr br0
	works addif br0 v1
	works addmac br0 v1 02:00:00:00:00:09
	works addbr br9
	wants '
	{ "bridges": [
		{ "name": "br9", "absent": true },
		{ "name": "br8", "absent": true },
		{ "name": "br0", "up": true, "options": { "ageing_time": 5 },
		  "ports": [
			{ "name": "v0", "absent": true },
			{ "name": "v1", "options": { "isolated": true,
						     "path_cost": "9" },
			  "fdb": [ { "mac": "02:00:00:00:00:09", "absent": true },
				   { "mac": "02:00:00:00:00:08", "vlan": 7,
				     "absent": true } ],
			  "up": false } ] } ],
	  "links": [ { "name": "w0", "mtu": 1400 } ],
	  "version": 1 }'
	gives 1 'brctl link br9 down
brctl delbr br9
brctl link w0 mtu 1400
brctl set br0 ageing_time=5
brctl setport br0 v1 isolated=on path_cost=9
brctl delmac br0 v1 02:00:00:00:00:09
brctl link br0 up' 'brctl: lost: bridge "br9" is deleted: its addresses and routes' diff "$FILE"
	quiet restore - < "$FILE"
	missing br9
	quiet diff "$FILE"
}

@test "invalid JSON is refused" {
	run -1 --separate-stderr "$BRCTL" restore - <<< '[{"version":1}]'
	[ "$stderr" = 'brctl: cannot read "-": it must be an object' ]
	is_refused "line 2, column 0: string or '}' expected near end of file" '{'
	is_refused "line 1, column 22: duplicate object key near '\"version\"'" \
		'{"version":1,"version":1}'
	is_refused "line 1, column 14: invalid token near 'NaN'" '{"version":NaN}'
	is_refused "line 1, column 30: too big integer near '9223372036854775808'" \
		'{"version":9223372036854775808}'
	is_refused "line 1, column 15: end of file expected near 'x'" \
		'{"version":1} x'
	printf '{"version":1,"bridges":%0100000d' 0 | tr 0 '[' > "$FILE"
	run -1 --separate-stderr "$BRCTL" restore "$FILE"
	[[ $stderr = "brctl: cannot read \"$FILE\": line 1, column "*": maximum parsing depth reached near '['" ]]
	printf '{"version":1,"bridges":[{"name":"\xff"}]}' > "$FILE"
	run -1 --separate-stderr "$BRCTL" restore "$FILE"
	[[ $stderr = "brctl: cannot read \"$FILE\": line 1, column "*"unable to decode byte 0xff"* ]]
	printf '{"version":1}\0' > "$FILE"
	run -1 --separate-stderr "$BRCTL" restore "$FILE"
	[[ $stderr = "brctl: cannot read \"$FILE\": line 1, column "* ]]
}

# in_bridge FIELDS: prints a document with one bridge.
in_bridge()
{
	echo "{\"version\":1,\"bridges\":[{\"name\":\"new\",$1}]}"
}

@test "missing, unknown and wrong fields are refused" {
	is_refused 'the field "version" is missing' '{}'
	is_refused 'version: this program reads version 1, not 2' \
		'{"version":2,"more":1}'
	is_refused 'version: it must be a whole number' '{"version":"1"}'
	is_refused 'more: there is no such field here' '{"version":1,"more":1}'
	is_refused 'bridges: it must be an array' '{"version":1,"bridges":{}}'
	is_refused 'bridges[0]: it must be an object' \
		'{"version":1,"bridges":["new"]}'
	is_refused 'bridges[0]: the field "name" is missing' \
		'{"version":1,"bridges":[{"up":true}]}'
	is_refused 'bridges[0].name: it must not be empty' \
		'{"version":1,"bridges":[{"name":""}]}'
	is_refused 'bridges[0].name: it must not have control characters' \
		'{"version":1,"bridges":[{"name":"a\nb"}]}'
	is_refused 'bridges[1]: there are two devices "new"' \
		'{"version":1,"bridges":[{"name":"new"},{"name":"new"}]}'
	is_refused 'vlan_devices[0]: the field "parent" is missing' \
		'{"version":1,"vlan_devices":[{"name":"new","vlan":5}]}'
	is_refused 'vlan_devices[0].options.gvrp: "x" is not a value of gvrp: it takes on or off' \
		'{"version":1,"vlan_devices":[{"name":"new","parent":"lo","vlan":5,"options":{"gvrp":"x"}}]}'
	is_refused 'bridges[0].up: it must be true or false' \
		"$(in_bridge '"up":1')"
	is_refused 'bridges[0].mtu: it must be a whole number' \
		"$(in_bridge '"mtu":1400.5')"
	is_refused 'bridges[0].ports[1].fdb[0].mac: it must be a string' \
		"$(in_bridge '"ports":[{"name":"a"},{"name":"b","fdb":[{"mac":1}]}]')"
	is_refused 'bridges[0].options.a\012b: there is no such option here' \
		"$(in_bridge '"options":{"a\nb":1}')"
	is_refused 'bridges[0].options.isolated: it must be a string, a number, true or false' \
		"$(in_bridge '"options":{"isolated":[1]}')"
	is_refused 'bridges[0].options.group_addr: it must not have control characters' \
		"$(in_bridge '"options":{"group_addr":"x\nbrctl delbr br1"}')"
	is_refused 'bridges[0].up: there is no such field here' \
		"$(in_bridge '"absent":true,"up":true')"
	is_refused 'bridges[0].vlan_options[0].pvid: there is no such field here' \
		"$(in_bridge '"vlan_options":[{"vlan":5,"pvid":true}]')"
}

@test "values that the commands do not accept are refused" {
	is_refused 'bridges[0].options.nope: there is no option "nope" here' \
		"$(in_bridge '"options":{"nope":1}')"
	is_refused 'bridges[0].options.ageing_time: "on" is not a value of ageing_time: it takes seconds' \
		"$(in_bridge '"options":{"ageing_time":true}')"
	is_refused 'bridges[0].options.hash_max: "1e+300" is not a value of hash_max: it takes a whole number' \
		"$(in_bridge '"options":{"hash_max":1e300}')"
	is_refused 'bridges[0].address: "x" is not a MAC address' \
		"$(in_bridge '"address":"x"')"
	is_refused 'bridges[0]: "-5" is not an MTU' "$(in_bridge '"mtu":-5')"
	is_refused 'bridges[0].vlans[1]: "10-5000" is not a VLAN id, and no set of ids like 10,20-29' \
		"$(in_bridge '"vlans":[{"vlan":1},{"vlan":"10-5000"}]')"
	is_refused 'bridges[0].fdb[0]: "learned": a configuration can only contain what does not expire' \
		"$(in_bridge '"fdb":[{"mac":"02:00:00:00:00:01","state":"learned"}]')"
	is_refused 'bridges[0].groups[0]: "x" is not an address' \
		"$(in_bridge '"groups":[{"group":"x"}]')"
}

@test "a stack of too many devices is refused" {
	{
		printf '{"version":1,"vlan_devices":['
		seq 0 99999 | awk '{ printf "%s{\"name\":\"v%d\",\"parent\":\"v%d\"," \
			"\"vlan\":1}", (NR > 1 ? "," : ""), $1, $1 + 1 }'
		printf ']}'
	} > "$FILE"
	refuses "brctl: cannot read \"$FILE\": vlan_devices[65]: too many devices\
 are on top of each other" restore "$FILE"
}

@test "a bridge that is a port is refused" {
	wants '{"version":1,"bridges":[
		{"name":"new","ports":[{"name":"new2"}]},
		{"name":"new2","ports":[{"name":"new"}]}]}'
	refuses 'brctl: cannot add port "new" to bridge "new2": it is a bridge itself' \
		restore "$FILE"
	missing new
	missing new2
}
