#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# showmacs --long and -j: columns that the classic table does not have.
#
# environment: ns

load ../common.bash
load exact.bash

LONG=$'mac addr\t\tVLAN\tstate\tage\tflags\tport'

# Replaces the ages, which differ in each run.
SHORT_AGES='s/^(([^\t]*\t){3}) *[0-9]\.[0-9][0-9]\t/\1AGE\t/'

# lists LINES WORD...: checks that showmacs --long WORD... prints these lines
# after the header.
lists()
{
	quiet showmacs --long "${@:2}"
	sed -E "$SHORT_AGES" "$BATS_TEST_TMPDIR/out" > "$BATS_TEST_TMPDIR/ages"
	same_text stderr "" "$BATS_TEST_TMPDIR/err" "${@:2}" &&
	same_text stdout "$LONG
$1" "$BATS_TEST_TMPDIR/ages" "${@:2}"
}

setup()
{
	no_ipv6
	pair v0 w0 02:00:00:00:00:20
	ip link add br0 type bridge
	[ ! -e /sys/class/net/br0/bridge/default_pvid ] ||
		ip link set br0 type bridge vlan_default_pvid 0
	ip link set v0 master br0
}

@test "states, flags and names of ports" {
	needs json
	bridge -batch - <<-END
	fdb add 02:bb:00:00:00:01 dev v0 master static
	fdb add 02:bb:00:00:00:02 dev v0 master static sticky
	fdb add 02:bb:00:00:00:03 dev br0 self local
	END
	lists "02:00:00:00:00:20	-	local	AGE	-	v0
02:bb:00:00:00:01	-	static	AGE	-	v0
02:bb:00:00:00:02	-	static	AGE	sticky	v0
02:bb:00:00:00:03	-	local	AGE	-	br0" br0
	same fdb br0 4
}

@test "the classic table omits entries of the bridge itself" {
	bridge fdb add 02:bb:00:00:00:03 dev br0 self local
	gives 0 "$MACS_HEADER
  1	02:00:00:00:00:20	yes		   0.00" "" showmacs br0
}

# ages: prints the age of one entry in hundredths, from the text and from JSON.
ages()
{
	brctl showmacs --long br0 |
		awk -F '\t' '$1 == "02:bb:00:00:00:01" { print $4 * 100 }'
	brctl -j showmacs br0 | jq '.[] |
		select(.mac == "02:bb:00:00:00:01").age * 100 | round'
}

grown()
{
	mapfile -t got < <(ages)
	[ "${got[0]}" -ge 10 ]
}

@test "a static entry has an age, the same as in JSON" {
	needs json
	needs_jq
	bridge fdb add 02:bb:00:00:00:01 dev v0 master static
	poll 10 grown
	mapfile -t got < <(ages)
	# The JSON was read after the text.
	[ "${got[1]}" -ge "${got[0]}" ]
	[ $((got[1] - got[0])) -lt 1000 ]
}

# aged: checks for a learned entry with an age.
aged()
{
	brctl showmacs --long br0 | grep -q \
		$'^02:aa:00:00:00:01\t-\tlearned\t *[0-9]*[.][0-9]*[1-9][0-9]*\t-\tv0$'
}

@test "a learned entry has an age" {
	needs json
	ip link set br0 up
	ip link set v0 up
	ip link set w0 up
	forwarding v0
	frame send -s 02:aa:00:00:00:01 -d 02:00:00:00:00:20 w0
	poll 5 aged
	bridge fdb add 02:bb:00:00:00:01 dev v0 master extern_learn
	run -0 brctl showmacs --long br0
	[[ ${lines[3]} == $'02:bb:00:00:00:01\t-\tlearned\t'*$'\textern\tv0' ]]
	same fdb br0 3
}

# The classic table shows both entries, too, but without the VLAN.
@test "local addresses have two entries: without a VLAN, and in the PVID" {
	needs vlan_filtering
	bridge vlan add dev v0 vid 1 pvid untagged
	gives 0 "$MACS_HEADER
  1	02:00:00:00:00:20	yes		   0.00
  1	02:00:00:00:00:20	yes		   0.00" "" showmacs br0
	lists "02:00:00:00:00:20	-	local	AGE	-	v0
02:00:00:00:00:20	1	local	AGE	-	v0" br0
	bridge vlan add dev br0 vid 10 self
	bridge vlan add dev v0 vid 20
	lists "02:00:00:00:00:20	-	local	AGE	-	v0
02:00:00:00:00:20	1	local	AGE	-	v0
02:00:00:00:00:20	20	local	AGE	-	v0
02:00:00:00:00:20	10	local	AGE	-	br0" br0
	same fdb br0 4
}

@test "the bridge may be given by an alternative name" {
	needs json
	ip link property add dev br0 altname lan
	bridge fdb add 02:bb:00:00:00:03 dev br0 self local
	lists "02:00:00:00:00:20	-	local	AGE	-	v0
02:bb:00:00:00:03	-	local	AGE	-	br0" lan
	run -0 brctl -j showmacs lan
	[[ $output = *'"port":"br0"'* && $output != *lan* ]]
}

@test "rows can be selected by port, VLAN and state" {
	needs json
	bridge -batch - <<-END
	fdb add 02:bb:00:00:00:01 dev v0 master static
	fdb add 02:bb:00:00:00:03 dev br0 self local
	END
	lists "02:bb:00:00:00:03	-	local	AGE	-	br0" br0 \
		port br0
	lists "02:bb:00:00:00:01	-	static	AGE	-	v0" br0 nolocal
	lists "02:bb:00:00:00:01	-	static	AGE	-	v0" br0 port v0 \
		static
	lists "02:00:00:00:00:20	-	local	AGE	-	v0
02:bb:00:00:00:03	-	local	AGE	-	br0" br0 local learned
	gives 0 "$LONG" "" showmacs --long br0 vlan 10
	gives 0 "[]" "" -j showmacs br0 expired
	refuses 'brctl: "x" is not a word of showmacs: see "brctl help showmacs"' \
		--long showmacs br0 x
	refuses 'brctl: "port" must be followed by a name' -j showmacs br0 port
	refuses 'brctl: "0" is not a VLAN id: they range from 1 to 4094' \
		-j showmacs br0 vlan 0
	refuses 'brctl: cannot read port "nope" of bridge "br0": No such device' \
		--long showmacs br0 port nope
	# The classic table ignores these words, as before.
	gives 0 "$MACS_HEADER
  1	02:00:00:00:00:20	yes		   0.00
  1	02:bb:00:00:00:01	no		   0.00" \
		'brctl: ignored: "nolocal"' showmacs br0 nolocal
}

@test "an empty FDB" {
	needs json
	ip link add br1 type bridge
	works flush br1 local
	gives 0 "$LONG" "" showmacs --long br1
	gives 0 "[]" "" showmacs -j br1
	gives 0 "[]" "" showmacs -j --long br1
}

@test "a missing bridge, and a device that is not a bridge, are refused" {
	needs json
	explains "read of forward table failed: No such device" \
		'there is no device "nope"' showmacs --long nope
	explains "read of forward table failed: Operation not supported" \
		'cannot read the FDB of bridge "v0": it is not a bridge' \
		showmacs -j v0
}
