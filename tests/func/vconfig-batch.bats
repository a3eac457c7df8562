#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig batch: adds and removes many VLAN devices. batch.bats tests the rest,
# which is common to both programs.
#
# environment: ns

load ../common.bash
load vconfig.bash

FILE=$BATS_TEST_TMPDIR/lines

@test "lines are commands of vconfig, unless they begin with brctl" {
	cat > "$FILE" <<-'END'
	show
	vconfig show
	brctl addbr br0
	VCONFIG show
	END
	gives 1 "" "Unknown command -:VCONFIG:-
vconfig: $FILE:4: VCONFIG show" batch "$FILE"
	exists br0
}

USAGE="vconfig: usage: vconfig add PARENT VID[-VID][,...] [protocol\
 802.1q|802.1ad] [name NAME]"

@test "options before and after the command" {
	printf 'frob\nshow nope\nadd x\n' > "$FILE"
	gives 1 "" "Unknown command -:frob:-
vconfig: $FILE:1: frob" batch "$FILE"
	gives 1 "" "Unknown command -:frob:-
vconfig: $FILE:1: frob
$USAGE
vconfig: $FILE:3: add x" --test batch "$FILE"
	gives 1 "" "Unknown command -:frob:-
vconfig: $FILE:1: frob
vconfig: cannot read VLAN device \"nope\": No such device
vconfig: $FILE:2: show nope
$USAGE
vconfig: $FILE:3: add x" batch --keep-going "$FILE"
}

@test "devices are added and removed in one process" {
	needs json
	vlan_parent
	printf 'add eth0 5-7\nset_flag eth0.5 1 0\n-j show eth0.6\nrem eth0.5\nrem eth0.5\nrem eth0.6\n' \
		> "$FILE"
	run -1 --separate-stderr vconfig batch "$FILE"
	[ "${stderr_lines[-1]}" = "vconfig: $FILE:5: rem eth0.5" ]
	missing eth0.5
	exists eth0.6
}
