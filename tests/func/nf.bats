#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# nf and setnf: the firewall tables that bridged frames pass.

load ../common.bash
load exact.bash
load nf.bash

setup()
{
	needs br_netfilter
	all_nf 1 1 1 0 0 0
}

@test "nf shows the six settings" {
	all_nf 1 0 1 0 1 0
	gives 0 "call-iptables=on
call-ip6tables=off
call-arptables=on
filter-vlan-tagged=off
filter-pppoe-tagged=on
pass-vlan-input-dev=off" "" nf
	all_nf 0 1 0 1 0 1
	gives 0 "call-iptables=off
call-ip6tables=on
call-arptables=off
filter-vlan-tagged=on
filter-pppoe-tagged=off
pass-vlan-input-dev=on" "" nf
}

# of_bridges: prints the lines of nf about bridges.
of_bridges()
{
	brctl nf | grep -v '^[a-z0-9-]*='
}

@test "nf shows which of the two settings takes effect for a bridge" {
	ip link add br0 type bridge nf_call_iptables 1
	ip link add $'b\e[31m' type bridge nf_call_arptables 1
	all_nf 0 0 1 0 0 0
	[ "$(of_bridges)" = \
'b\033[31m	nf_call_iptables=off	does not pass
b\033[31m	nf_call_ip6tables=off	does not pass
b\033[31m	nf_call_arptables=on	passes: the setting of all bridges is on
br0	nf_call_iptables=on	passes: the bridge'\''s own option is on
br0	nf_call_ip6tables=off	does not pass
br0	nf_call_arptables=off	passes: the setting of all bridges is on' ]
}

@test "JSON has the same information" {
	needs json
	local passes='.bridges[] | [.bridge, .passes.iptables,
		.passes.ip6tables, .passes.arptables]'

	needs_jq
	ip link add br0 type bridge nf_call_iptables 1
	ip link add br1 type bridge
	all_nf 0 0 1 0 0 1
	brctl -j nf > "$BATS_TEST_TMPDIR/json"
	[ "$(jq -c "$passes" "$BATS_TEST_TMPDIR/json")" = \
'["br0",true,false,true]
["br1",false,false,true]' ]
	[ "$(jq -c '[.loaded] + [.settings[]]' "$BATS_TEST_TMPDIR/json")" = \
		'[true,false,false,true,false,false,true]' ]
}

@test "setnf sets each setting separately" {
	local -a want=(0 0 0 0 0 0)
	local i

	all_nf "${want[@]}"
	for i in "${!NF_NAMES[@]}"; do
		works setnf "${NF_NAMES[i]}" on
		want[i]=1
		nf_is "${want[@]}"
	done
	for i in "${!NF_NAMES[@]}"; do
		works setnf "${NF_NAMES[i]}" 0
		want[i]=0
		nf_is "${want[@]}"
	done
}

@test "tutorial 2's five settings are turned off in one call" {
	all_nf 1 1 1 1 1 1
	works setnf call-ip6tables call-iptables call-arptables \
		filter-pppoe-tagged filter-vlan-tagged 0
	nf_is 0 0 0 0 0 1
}

@test "sysctl names are accepted; a setting may be repeated" {
	works setnf bridge-nf-call-iptables call-arptables call-iptables no
	nf_is 0 1 0 0 0 0
}

@test "a bridge's own setting is an option of the bridge" {
	ip link add br0 type bridge
	works set br0 nf_call_ip6tables=on
	is br0/bridge/nf_call_ip6tables 1
	nf_is 1 1 1 0 0 0
}

@test "unknown settings and invalid values change nothing" {
	refuses "brctl: \"call-iptable\" $NONE" setnf call-iptable 0
	refuses "brctl: \"ip_forward\" $NONE" \
		setnf call-iptables ip_forward 0
	refuses "brctl: \"../../x\" $NONE" setnf call-iptables ../../x 0
	refuses "brctl: \"x\\033\" $NONE" setnf $'x\e' 0
	refuses "brctl: \"bridge-nf-\" $NONE" setnf bridge-nf- 0
	refuses 'brctl: "2" is neither on nor off' setnf call-iptables 2
	refuses 'brctl: "call-arptables" is neither on nor off' \
		setnf call-iptables call-arptables
	refuses 'brctl: "call-iptables" is neither on nor off' \
		setnf call-iptables
	refuses "brctl: \"on\" $NONE" setnf call-iptables on on
	refuses "brctl: a setting is missing: brctl nf lists them" setnf on
	one_word_off "setnf <setting> ... {on|off}	let bridged frames pass\
 firewall tables, or not" setnf
	nf_is 1 1 1 0 0 0
}

@test "setnf accepts NAME=VALUE, as nf prints it" {
	works setnf call-iptables=off pass_vlan_input_dev=yes \
		bridge-nf-filter-pppoe-tagged=1 call-arptables=on
	nf_is 0 1 1 0 1 1
	gives 0 "dry run: setnf call-iptables=on" "" --dry-run setnf \
		call-iptables=on
	# shellcheck disable=SC2046 # words
	works setnf $(brctl nf | grep -v '	')
	nf_is 0 1 1 0 1 1
}

@test "an invalid value after =, or two values of a setting, change nothing" {
	refuses 'brctl: "of" is neither on nor off' \
		setnf call-arptables=off call-iptables=of
	refuses 'brctl: "" is neither on nor off' setnf call-iptables=
	refuses "brctl: \"call=off\" $NONE" setnf call=off
	refuses 'brctl: "call-arptables" is not NAME=VALUE' \
		setnf call-arptables call-iptables=off
	refuses 'brctl: "call-iptables" contradicts a word before it' \
		setnf call-iptables=off call_iptables=on
	nf_is 1 1 1 0 0 0
}

# read_only COMMAND...: runs the command with one of the settings read-only.
read_only()
{
	# shellcheck disable=SC2016 # expanded in there
	unshare -m sh -c 'mount --bind "$0" "$0" &&
		mount -o remount,ro,bind "$0" && exec "$@"' \
		$NF-call-arptables "$@"
}

@test "if one setting cannot be set, the others are set back" {
	run -1 read_only "$BRCTL" setnf call-iptables filter-vlan-tagged \
		call-arptables call-ip6tables off
	[ "$output" = \
		"brctl: cannot set bridge-nf: Read-only file system" ]
	nf_is 1 1 1 0 0 0
}

@test "a user without the capability gets an explanation" {
	# The owner of the files can write them without the capability, so
	# another user is needed.
	setpriv --reuid=65534 true || skip "needs a second user"
	exec {tool_fd}< "$BRCTL"
	run -1 setpriv --reuid=65534 --clear-groups \
		/proc/self/fd/"$tool_fd" setnf call-iptables off
	[ "$output" = "brctl: cannot set bridge-nf: Operation not permitted;\
 the capability CAP_NET_ADMIN is needed" ]
	nf_is 1 1 1 0 0 0
	run -0 setpriv --reuid=65534 --clear-groups /proc/self/fd/"$tool_fd" nf
	[ "${lines[0]}" = call-iptables=on ]
	exec {tool_fd}<&-
}

@test "each namespace has its own settings" {
	ip netns add there
	works -n there setnf call-iptables off
	nf_is 1 1 1 0 0 0
	[ "$(in_guest there cat $NF-call-iptables)" = 0 ]
	run -0 brctl -n there nf
	[ "${lines[0]}" = call-iptables=off ]
	run -0 brctl nf
	[ "${lines[0]}" = call-iptables=on ]
}

UNKNOWN="/proc/sys is not mounted, so nothing is known about br_netfilter; to\
 mount it: mount -t proc proc /proc"

# without_proc WORD...: runs brctl with an empty /proc.
without_proc()
{
	unshare -m sh -c 'mount -t tmpfs none /proc && exec "$@"' sh \
		"$BRCTL" "$@"
}

@test "without /proc, nf fails instead of guessing" {
	needs json
	local word

	# AddressSanitizer reads /proc itself.
	! grep -q __asan_init "$BRCTL" || skip "needs a build without sanitizers"
	for word in nf "-j nf"; do
		# shellcheck disable=SC2086
		run -1 --separate-stderr without_proc $word
		[ -z "$output" ]
		[ "$stderr" = "brctl: cannot read bridge-nf-call-iptables:\
 $UNKNOWN" ]
	done
	run -1 without_proc setnf call-iptables on
	[ "$output" = "brctl: cannot set bridge-nf: $UNKNOWN" ]
}
