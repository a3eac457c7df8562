#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# check: sane bridges, and the command itself. The other files have the rules: a
# topology with the fault, where the commands of the finding mend it.
#
# environment: ns

load ../common.bash
load check.bash

@test "no finding for a good bridge, an empty one and one that is down" {
	sane_bridge
	ip -batch - <<-END
	address add 10.0.0.1/24 dev br0
	link set br0 address 02:00:00:00:00:b0
	route add default via 10.0.0.9
	link add docker0 type bridge
	address add 172.17.0.1/16 dev docker0
	link set docker0 up
	link add br2 type bridge
	END
	silent
	gives 0 "[]" "" check -j
	gives 0 "" "" check br0 docker0
}

@test "no finding for libvirt's bridge with a tap device that is down" {
	needs tap
	ip -batch - <<-END
	link add virbr0 address 52:54:00:00:00:01 type bridge stp_state 1
	address add 192.168.122.1/24 dev virbr0
	tuntap add dev virbr0-nic mode tap
	link set virbr0-nic address 52:54:00:00:00:01
	link set virbr0-nic master virbr0
	link set virbr0 up
	END
	silent
}

@test "only the named bridges are checked; unknown names are refused" {
	ip link add br0 type bridge
	ip link add br1 type bridge
	pair v0 w0
	ip link set v0 master br1
	ip link set v0 up
	gives 0 "" "" check br0
	run -1 "$BRCTL" check br0 br1
	gives 2 "" 'brctl: cannot read bridge "nope": No such device' check nope
	gives 2 "" 'brctl: cannot read bridge "v0": it is not a bridge' check v0
	gives 2 "" 'brctl: cannot read bridge "nope": No such device' \
		check -j br0 nope
}

@test "--list lists the rules, --explain explains one" {
	local rule rest

	quiet check --list
	while IFS=$'\t' read -r rule rest; do
		[[ $rest = error$'\t'?* || $rest = warning$'\t'?* ||
			$rest = remark$'\t'?* ]]
		# Each rule has a test in one of these files. Exceptions:
		# local-macs is never found, and no device here has LRO.
		[[ $rule != @(local-macs|lro) ]] || continue
		grep -q "^[^#]*$rule: " "${BATS_TEST_FILENAME%.bats}"*.bats
	done < "$BATS_TEST_TMPDIR/out"
	gives 0 'port-down (warning)
a port is down

A device that becomes a port keeps its state, and new devices are down. A tap
device is not reported: the program that opens it sets it up.' "" \
		check --explain port-down
	gives 2 "" 'brctl: there is no rule "port-dwn"
brctl: did you mean port-down?' check --explain=port-dwn
	gives 2 "" 'brctl: there is no rule "x\033"
brctl: for a list: brctl check --list' check --explain $'x\e'
	gives 2 "" 'brctl: --list and --explain take neither bridges nor --json' \
		check --list br0
	gives 1 "" 'brctl: show: option --list is not supported' show --list
	gives 2 "" 'brctl: check: option --long is not supported' check --long
	run -2 "$BRCTL" check --foo
	run -2 "$BRCTL" check br0 --explain
	run -1 "$BRCTL" show --foo
}

@test "names with special characters are escaped and quoted" {
	ip link add br0 type bridge
	ip link add $'a\e;b' type veth peer name w0
	ip link set $'a\e;b' master br0
	ip link set br0 up
	finds 1 'warning port-down: bridge "br0": port "a\033;b" is down
	no frame passes through this port
	$ brctl link '"'a\\033;b'"' up'
	needs json
	quiet check -j || [ $? -eq 1 ]
	grep -qiF '"fix":["brctl link '"'a\\u001b;b'"' up"]' "$BATS_TEST_TMPDIR/out"
}

@test "check needs no capability" {
	sane_bridge
	poor check
	same_text stdout "" "$BATS_TEST_TMPDIR/out" check
}

@test "on a full disk, check returns 2" {
	sane_bridge
	ip link set v1 down
	run -2 --separate-stderr sh -c 'exec "$0" check > /dev/full' "$BRCTL"
	[ "$stderr" = "brctl: write error: No space left on device" ]
}

@test "on a terminal, at most 50 findings of a rule are shown" {
	: | script -qec true /dev/null || skip "needs script"
	{
		echo "link add br0 type bridge"
		for i in {1..52}; do
			echo "link add v$i type veth peer name w$i"
			echo "link set v$i master br0"
		done
		echo "link set br0 up"
	} | ip -batch -
	run -1 script -qec "$BRCTL check" /dev/null
	[ "$(grep -c "^warning port-down" <<< "$output")" -eq 50 ]
	[[ $output = *"brctl: port-down: 2 more, which --json prints"* ]]
	quiet check || [ $? -eq 1 ]
	[ "$(grep -c "^warning port-down" "$BATS_TEST_TMPDIR/out")" -eq 52 ]
}

# A static entry of a port that is down is a finding.
many_findings()
{
	ip -batch - <<-END
	link add br0 type bridge
	link add v0 type veth peer name w0
	link set v0 master br0
	link set br0 up
	END
	awk 'BEGIN {
		for (i = 0; i < 10000; i++)
			printf "fdb add 02:bb:00:00:%02x:%02x dev v0 master " \
				"static\n", i / 256, i % 256
	}' | bridge -batch -
}

@test "10,000 findings: a terminal shows 50 of them, and JSON has all" {
	needs json
	: | script -qec true /dev/null || skip "needs script"
	many_findings
	run -1 script -qec "$BRCTL check" /dev/null
	[ "$(grep -c "^remark stale-entry" <<< "$output")" -eq 50 ]
	[ ${#lines[@]} -lt 160 ]
	[[ $output = *"brctl: stale-entry: 9950 more, which --json prints"* ]]
	quiet check -j || [ $? -eq 1 ]
	"$PYTHON" -I - "$BATS_TEST_TMPDIR/out" <<-END
	import json, sys
	rules = [row["rule"] for row in json.load(open(sys.argv[1]))]
	assert rules.count("stale-entry") == 10000, len(rules)
	assert rules.count("port-down") == 1
	END
}

@test "without /proc and /sys, the other rules are checked" {
	! grep -q __asan_init "$BRCTL" || skip "needs a build without sanitizers"
	sane_bridge
	ip link set v1 down
	run -1 --separate-stderr in_empty "$BRCTL" check
	[ "${lines[0]}" = \
		'warning port-down: bridge "br0": port "v1" is down' ]
	[ "$stderr" = \
		"brctl: not checked: bridge-nf: /proc/sys is not mounted" ]
}

@test "devices that are added and deleted during the command" {
	sane_bridge
	devices_come_and_go
	for i in {1..30}; do
		run --separate-stderr "$BRCTL" check
		[[ $status:$output:$stderr = 0:: ||
		   $status:$output:$stderr = '1:warning port-down: bridge'\
' "br0": port "x" is down'*: ||
		   $status:$output:$stderr = "2::brctl: cannot read "* ]] || {
			echo "$status: $output: $stderr"
			false
		}
	done
}
