#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# environment: ns
# restore of many objects of one kind, which are changed together.

load ../common.bash
load exact.bash
load saved.bash

setup()
{
	FILE="$BATS_TEST_TMPDIR/file"
}

# entries PORT COUNT: static entries of br0.
entries()
{
	awk -v port="$1" -v count="$2" 'BEGIN {
		for (i = 0; i < count; i++)
			printf "addmac br0 %s 02:00:00:00:%02x:%02x static\n",
				port, i / 256, i % 256
	}'
}

has_entries()
{
	[ "$(bridge fdb show br br0 brport "$1" | grep -c "^02:.* static")" \
		-ge "$2" ]
}

@test "FDB entries: more than one message has, some of them in the way" {
	pair v0 w0
	pair v1 w1
	works addbr br0
	works addif br0 v0 v1
	works addmac br0 v1 02:00:00:00:00:05 static
	works addmac br0 v0 02:00:00:00:00:46 static sticky
	{ entries v0 150; echo "addmac br0 v1 02:00:00:01:00:00 static"; } \
		> "$FILE"
	quiet restore "$FILE"
	has_entries v0 150
	has_entries v1 1
	run ! grep -q "02:00:00:00:00:05" <<< "$(bridge fdb show brport v1)"
	quiet diff "$FILE"
}

@test "FDB entries: the one that is refused is named, and all is undone" {
	pair v0 w0
	works addbr br0
	works addif br0 v0
	{ entries v0 70; echo "addmac br0 v0 01:00:5e:00:00:01 static"; } \
		> "$FILE"
	gives 1 "" "brctl: cannot add 01:00:5e:00:00:01 to \"v0\" of bridge \"br0\": this is the address of a multicast group, not of a station; everything is as before" \
		restore "$FILE"
	run ! has_entries v0 1
}

# bridges FIRST LAST COMMAND: a line for each.
bridges()
{
	seq "$1" "$2" | sed "s/.*/$3 many&/"
}

@test "bridges are deleted together: only these, with their ports" {
	pair v0 w0
	bridges 1 70 addbr > "$FILE"
	echo "addif many70 v0" >> "$FILE"
	works addbr stays
	works batch "$FILE"
	ip link set many3 up
	ip link set stays group 7
	bridges 1 70 "--if-exists delbr" > "$FILE"
	quiet restore "$FILE"
	[ "$(ip -o link show type bridge | wc -l)" -eq 1 ]
	ip -o link show stays | grep -q "group 7"
	ip -o link show v0 | grep -qv master
	quiet restore "$FILE"
}

@test "bridges are deleted together, and an undo makes them again" {
	works addbr a
	works addbr b
	works set b ageing_time=7
	"$BRCTL" save > "$FILE.before"
	printf 'delbr a\ndelbr b\naddbr c\nset c vlan_protocol=7\n' > "$FILE"
	run -1 "$BRCTL" restore "$FILE"
	[[ "$output" == *"everything is as before"* ]]
	"$BRCTL" save | diff "$FILE.before" -
}

@test "VLAN devices are deleted together" {
	needs 8021q
	pair v0 w0
	vconfig add v0 10-120 > /dev/null
	ip link set v0.10 group 7
	seq 11 120 | sed 's/.*/vconfig rem v0.&/' > "$FILE"
	quiet restore "$FILE"
	[ "$(ip -o link show type vlan | wc -l)" -eq 1 ]
	ip -o link show v0.10 | grep -q "group 7"
}
