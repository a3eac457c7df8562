#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# A kernel without bridges: a guest's, whose bridge is a module. Nobody's own
# kernel has its modules removed.

load ../common.bash
load exact.bash

setup()
{
	[ "$VB_ENVIRONMENT" = uml ] || skip "needs a kernel of its own"
	[ -d /sys/module/bridge/holders ] ||
		skip "needs a kernel with bridge as a module"
	rmmod br_netfilter
	rmmod bridge
}

teardown()
{
	local root

	clean_environment
	[ -d /sys/module/bridge ] && return
	root=$BATS_TEST_TMPDIR
	mkdir -p "$root/lib/modules"
	ln -s "${VB_UML_MODULES:-/usr/lib/uml/modules/$(uname -r)}" \
		"$root/lib/modules/$(uname -r)"
	modprobe -a -d "$root" bridge br_netfilter
}

@test "addbr says that the kernel has no bridges" {
	run --separate-stderr -1 brctl addbr br0
	[ -z "$output" ]
	[ "${stderr_lines[0]}" = "add bridge failed: Package not installed" ]
	[[ ${stderr_lines[1]} = "brctl: "* ]]
	missing br0
}

# same WORD...: ours ends and speaks as the reference does, but for what we
# add on lines of our own.
same()
{
	local got want ours theirs

	theirs=$("$REF_BRCTL" "$@" 2>&1) && want=0 || want=$?
	ours=$(brctl "$@" 2>&1 | grep -v '^brctl: ') || true
	brctl "$@" > "$BATS_TEST_TMPDIR/out" 2>&1 && got=0 || got=$?
	[ "$got:$ours" = "$want:$theirs" ] && return 0
	echo "brctl $*: $want, $theirs; and ours: $got, $ours"
	return 1
}

@test "every command says what the reference says" {
	needs refbrctl
	pair v0 w0
	same addbr br0
	same delbr br0
	same delbr lo
	same addif br0 v0
	same addif lo v0
	same delif br0 v0
	same delif lo v0
	same setfd br0 5
	same setfd lo 5
	same stp br0 on
	same hairpin br0 v0 on
	same setpathcost br0 v0 3
	same show
	same show br0
	same show lo
	same showstp lo
	same showmacs br0
}

@test "show shows none, and that is no failure" {
	works show
	refuses "bridge br0 does not exist!" show br0
	refuses "device lo is not a bridge!" show lo
}
