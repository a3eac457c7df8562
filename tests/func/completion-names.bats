#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Completion: other namespaces, names that are dangerous on a command line,
# callers without privileges, and side effects.
#
# environment: ns

load ../common.bash
load exact.bash
load completion.bash

@test "names of namespaces are completed" {
	ip netns add blue
	ip netns add black
	ip netns add green
	offers "brctl -n " black blue green
	offers "brctl -n bl" black blue
	offers "brctl show -n g" green
	offers "brctl --netns bl" black blue
	offers "brctl --netns=bl" black blue
	offers "vconfig -n bl" black blue
}

@test "devices of the named namespace are completed" {
	local words

	ip link add here type bridge
	ip netns add blue
	ip -n blue link add there type bridge
	ip -n blue link add p0 master there type veth peer name p1
	for words in "-n blue" "-nblue" "--netns blue" "--netns=blue" \
			"--net=blue" "-jn blue" "-n /run/netns/blue"; do
		offers "brctl $words show " there
	done
	offers "brctl show -n blue " there
	offers "brctl -n blue delif there " p0
	offers "brctl -n blue addif there p" p1
	offers "brctl show " here
	offers "brctl -n blue show h"
}

@test "an unknown namespace has no devices and causes no message" {
	ip link add here type bridge
	offers "brctl -n nope show "
	offers "brctl -n nope set here vlan_filtering=" on off
	offers "vconfig -n nope add "
}

# Names that the kernel accepts; a shell would run some of them as commands.
hostile=($'r\e[31m' $'r\xff' $'r\xe2\x80\xae' 'r$(reboot)' 'r`id`' 'r;id'
	"r'q" 'r"q' 'r\q' 'r*' 'r|id' 'r&' 'r>f' '-rf' 'r!x' 'r{a,b}' 'r#')

@test "bridges with dangerous names are not offered" {
	local name

	for name in "${hostile[@]}"; do
		ip link add name "$name" type bridge
	done
	ip link add rbrücke type bridge
	ip link add r_-.@+x type bridge
	offers "brctl show " rbrücke r_-.@+x
	offers "brctl show -- -"
	offers "brctl show r" rbrücke r_-.@+x
}

@test "ports, devices and namespaces with dangerous names are not offered" {
	local name

	ip link add br0 type bridge
	ip link add good type veth peer name other
	for name in "${hostile[@]}"; do
		ip link add name "$name" type dummy 2> /dev/null ||
			ip link add name "$name" type veth
	done
	offers "brctl addif br0 g" good
	offers "brctl addif br0 r"
	offers "vconfig add r"
	ip link set good master br0
	ip link set 'r$(reboot)' master br0
	offers "brctl delif br0 " good
	: > '/run/netns/n$(reboot)'
	: > /run/netns/nice
	offers "brctl -n n" nice
	rm /run/netns/n*
}

@test "completion needs no privileges" {
	ip link add br0 type bridge
	run -0 setpriv --reuid=65534 --regid=65534 --clear-groups \
		--bounding-set=-all --inh-caps=-all \
		"$BRCTL" --complete show ""
	[ "$output" = br0 ]
	ip netns add blue
	run -0 setpriv --reuid=65534 --regid=65534 --clear-groups \
		--bounding-set=-all --inh-caps=-all \
		"$BRCTL" --complete -n blue show ""
	[ -z "$output" ]
}

# Completes each command with arguments that would change something if they
# were run.
@test "completion changes nothing and prints nothing on stderr" {
	local verb verbs words before

	ip link add br0 type bridge
	pair p0 p1
	ip link set p0 master br0
	before=$(state)
	mapfile -t verbs < <(brctl --help | sed -n 's/^\t\([a-z]*\).*/\1/p')
	[ "${#verbs[@]}" -gt 40 ]
	for verb in "${verbs[@]}"; do
		for words in "" "br0" "br0 p0" "br0 p0 5" "br0 on" \
				"br0 priority=5" "br0 p0 state=0" \
				"frob frob frob frob"; do
			# shellcheck disable=SC2086 # words
			"$BRCTL" --complete "$verb" $words "" \
				> /dev/null 2>> "$BATS_TEST_TMPDIR/err"
		done
	done
	[ ! -s "$BATS_TEST_TMPDIR/err" ]
	[ "$(state)" = "$before" ]
}

@test "--complete is only accepted as the first argument" {
	quiet show --complete && return 1
	grep -q "unrecognized option '--complete'" "$BATS_TEST_TMPDIR/err"
	quiet --complet && return 1
	grep -q "unrecognized option '--complet'" "$BATS_TEST_TMPDIR/err"
}

@test "without arguments, --complete prints the commands" {
	[ "$("$BRCTL" --complete | head -n 1)" = addbr ]
	[ "$("$VCONFIG" --complete | head -n 1)" = add ]
}

@test "if stdout cannot be written, --complete fails without a message" {
	run -1 bash -c '"$BRCTL" --complete "" 2>&1 > /dev/full'
	[ -z "$output" ]
}
