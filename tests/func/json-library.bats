#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# jansson is loaded only by commands that print or read JSON.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	[ "$VB_JSON" = dlopen ] || skip "needs --with-jansson=dlopen"
	ip link add br0 type bridge
	pair v0 w0
	brctl addif br0 v0
	library=$(loaded "$BRCTL" -j show |
		sed -n 's/.*calling init: \(.*libjansson\.so[^ ]*\).*/\1/p')
}

# loaded COMMAND...: runs the command and prints which libraries the dynamic
# linker loads.
loaded()
{
	LD_DEBUG=libs "$@" 2>&1
}

TEXT=("show" "showstp br0" "showmacs br0" "get br0" "getport br0" "options"
	"showvlans br0" "showgroups br0" "setageing br0 5" "set br0 priority=5"
	"setport br0 v0 path_cost=5" "addbr br1" "delbr br1" "--help"
	"--version" "showmacs --long br0")

@test "commands that print no JSON do not load jansson" {
	local words

	for words in "${TEXT[@]}"; do
		# shellcheck disable=SC2086 # words
		run -0 loaded "$BRCTL" $words
		[[ $output = *"calling init"* ]]
		[[ $output != *jansson* ]] || {
			echo "loaded by $words"
			return 1
		}
	done
	run loaded "$BRCTL" nf
	[[ $output = *"calling init"* && $output != *jansson* ]]
	run loaded "$VCONFIG" show
	[[ $output = *"calling init"* && $output != *jansson* ]]
}

@test "commands that fail do not load jansson" {
	local words

	for words in "show nope" "get nope" "-j setfd br0 5"; do
		# shellcheck disable=SC2086 # words
		run -1 loaded "$BRCTL" $words
		[[ $output != *"calling init"*jansson* ]]
	done
}

JSON=("show" "showstp br0" "showmacs br0" "get br0" "getport br0" "options"
	"showvlans br0" "showgroups br0" "nf" "save")

@test "commands that print JSON load jansson" {
	local words

	[ -e "$library" ]
	for words in "${JSON[@]}"; do
		# shellcheck disable=SC2086 # words
		run loaded "$BRCTL" -j $words
		[[ $output = *"calling init"*jansson* ]] || {
			echo "not loaded by $words"
			return 1
		}
	done
}

# in_place_of_it FILE COMMAND...: runs the command with FILE mounted over the
# library.
in_place_of_it()
{
	local file=$1

	shift
	# shellcheck disable=SC2016 # expanded in there
	unshare -m sh -c 'mount --bind "$0" "$1" && shift && exec "$@"' \
		"$file" "$(readlink -f "$library")" "$@"
}

@test "if jansson cannot be loaded, JSON commands print only an error" {
	local words

	: > "$BATS_TEST_TMPDIR/empty"
	for words in "${JSON[@]}"; do
		# shellcheck disable=SC2086 # words
		run -1 --separate-stderr in_place_of_it \
			"$BATS_TEST_TMPDIR/empty" "$BRCTL" -j $words
		[ -z "$output" ]
		[ "$stderr" = "brctl: JSON takes the library jansson:\
 $library: file too short" ]
	done
	run -1 --separate-stderr in_place_of_it "$BATS_TEST_TMPDIR/empty" \
		"$VCONFIG" -j show
	[ -z "$output" ]
	[[ $stderr = "vconfig: JSON takes the library jansson: "* ]]
}

@test "restore needs jansson for a JSON file, and not for a text file" {
	: > "$BATS_TEST_TMPDIR/empty"
	echo '{"version":1,"bridges":[{"name":"new"}]}' > "$BATS_TEST_TMPDIR/json"
	echo 'addbr new' > "$BATS_TEST_TMPDIR/lines"
	run -1 --separate-stderr in_place_of_it "$BATS_TEST_TMPDIR/empty" \
		"$BRCTL" restore "$BATS_TEST_TMPDIR/json"
	[[ $stderr = "brctl: JSON takes the library jansson: "* ]]
	missing new
	run -0 in_place_of_it "$BATS_TEST_TMPDIR/empty" \
		"$BRCTL" restore "$BATS_TEST_TMPDIR/lines"
	exists new
}

@test "a library without the needed functions is refused" {
	run -0 loaded "$BRCTL" --help
	libc=$(sed -n 's/.*calling init: \(.*libc\.so[^ ]*\).*/\1/p' \
		<<< "$output")
	run -1 --separate-stderr in_place_of_it "$(readlink -f "$libc")" \
		"$BRCTL" -j show
	[ -z "$output" ]
	[[ $stderr = "brctl: JSON takes the library jansson: "*"undefined\
 symbol: json_object"* ]]
}

@test "commands that print no JSON work without jansson" {
	: > "$BATS_TEST_TMPDIR/empty"
	run -0 in_place_of_it "$BATS_TEST_TMPDIR/empty" "$BRCTL" get br0 priority
	[ "$output" = priority=32768 ]
}

@test "the tools have an ELF note with the library that they load" {
	for tool in "$BRCTL" "$VCONFIG"; do
		run -0 readelf -p .note.dlopen "$tool"
		[[ $output = *'"feature":"json"'*'"soname":["libjansson.so.4"]'* ]]
	done
}
