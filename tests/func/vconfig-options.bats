#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig's options --may-exist, --if-exists and --dry-run, and their
# positions.

load ../common.bash
load vconfig.bash

setup()
{
	vlan_parent
}

# same_devices WORD...: runs the command, and checks that no device was added
# or removed.
same_devices()
{
	local before

	before=$(devices)
	"$@" || return 1
	[ "$(devices)" = "$before" ] || diff <(echo "$before") <(devices)
}

@test "add --may-exist accepts existing VLANs, and adds the others" {
	adds eth0 5
	same_devices works --may-exist add eth0 5
	same_devices works --may-exist add eth0 5 name eth0.5 protocol 802.1Q
	gives 0 "$(added eth0 4 6)" "" --may-exist add eth0 4-6
	listed eth0.5 5 eth0
	listed eth0.6 6 eth0
	same_devices works --may-exist add eth0 4-6
	gives 0 "$(added eth0 7)" "" --may-exist add eth0 7
}

@test "add --may-exist refuses other existing devices" {
	local error="error: File exists"

	adds eth0 5
	pair eth0.7 far7
	answers 3 "ERROR: trying to add VLAN #5 to IF -:eth0:-  $error" \
		--may-exist add eth0 5 name other
	answers 3 "ERROR: trying to add VLAN #5 to IF -:eth0:-  $error" \
		--may-exist add eth0 5 protocol 802.1ad
	answers 3 "ERROR: trying to add VLAN #7 to IF -:eth0:-  $error" \
		--may-exist add eth0 7
	answers 3 "ERROR: trying to add VLAN #7 to IF -:nope:-  error: No such\
 device" --may-exist add nope 7
}

@test "rem --if-exists accepts a missing device, but not other devices" {
	adds eth0 5
	same_devices works --if-exists rem nope
	gives 0 "Removed VLAN -:eth0.5:-" "" --if-exists rem eth0.5
	missing eth0.5
	answers 4 "ERROR: trying to remove VLAN -:eth0:- error: *" \
		--if-exists rem eth0
	same_devices gives 4 "" "ERROR: trying to remove VLAN -::- error: No\
 such device
vconfig: there is no device \"\"" --if-exists rem ""
	# An alternative name may have up to 127 bytes.
	longest=$(printf '%127s' "" | tr ' ' x)
	same_devices works --if-exists rem "$longest"
	same_devices gives 1 "" \
		"ERROR:  if_name must be 15 characters or less." \
		--if-exists rem "${longest}x"
}

@test "--dry-run prints what would be done, and changes nothing" {
	adds eth0 5
	same_devices gives 0 "dry run: add eth0 6-8" "" --dry-run add eth0 6-8
	same_devices gives 0 "dry run: rem eth0.5" "" --dry-run rem eth0.5
	same_devices gives 0 "dry run: set_flag eth0.5 1 0" "" --dry-run \
		set_flag eth0.5 1 0
	same_devices gives 0 "dry run: set_egress_map eth0.5 1 2" "" --dry-run \
		set_egress_map eth0.5 1 2
	same_devices gives 0 "dry run: set_ingress_map eth0.5 1 2" "" --dry-run \
		set_ingress_map eth0.5 1 2
	same_devices gives 0 "dry run: set_name_type VLAN_PLUS_VID" "" --dry-run \
		set_name_type VLAN_PLUS_VID
	[ "$(flags_of eth0.5)" = '["REORDER_HDR"]' ]
	same_devices works --dry-run --may-exist add eth0 5
	same_devices works --dry-run --if-exists rem nope
}

@test "--dry-run refuses what the command refuses" {
	local words

	adds eth0 5
	for words in "add eth0 5" "add nope 6" "rem nope" \
			"set_flag nope 1 1" "set_egress_map nope 1 1" \
			"set_ingress_map nope 1 1"; do
		# shellcheck disable=SC2086 # words
		run --separate-stderr vconfig $words
		# shellcheck disable=SC2086 # words
		gives "$status" "$output" "$stderr" --dry-run $words
		[ "$status" -gt 2 ]
	done
}

@test "options that the command does not support" {
	adds eth0 5
	turned_down "show: option --dry-run is not supported" --dry-run show
	turned_down "show: option --may-exist is not supported" --may-exist show
	turned_down "rem: option --may-exist is not supported" \
		--may-exist rem eth0.5
	turned_down "add: option --if-exists is not supported" \
		--if-exists add eth0 6
	turned_down "set_flag: option --if-exists is not supported" \
		--if-exists set_flag \
		eth0.5 1 0
	turned_down "rem: option --json is not supported" -j rem eth0.5
}

@test "options after show, which the old vconfig did not have" {
	needs json
	local json

	adds eth0 5
	json=$(vconfig -j show)
	[[ $json = *'"device":"eth0.5"'* ]]
	gives 0 "$json" "" show -j
	gives 0 "$json" "" show --json eth0.5
	gives 0 "$json" "" -n /proc/self/ns/net show -j eth0.5
	# Other commands treat them as arguments.
	add_fails "No such device" -j 5
}

@test "-n before help, and -n without an argument" {
	gives 0 "$(vconfig -h)" "" -n nope -h
	gives 0 "$(vconfig -V)" "" -j --version
	turned_down "-n needs a network namespace" -n
	turned_down "--netns needs a network namespace" -j --netns
}
