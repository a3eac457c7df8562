#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# A kernel without bridges. Only runs in a guest, where the module is unloaded:
# the kernel of the host must keep its modules.

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

@test "addbr reports that the kernel has no bridges" {
	run --separate-stderr -1 brctl addbr br0
	[ -z "$output" ]
	[ "${stderr_lines[0]}" = "add bridge failed: Package not installed" ]
	[[ ${stderr_lines[1]} = "brctl: "* ]]
	missing br0
}

# same WORD...: checks that the exit status and the output are those of the
# reference, without the lines that we add.
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

@test "every command prints what the reference prints" {
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

@test "show prints nothing and succeeds" {
	works show
	refuses "bridge br0 does not exist!" show br0
	refuses "device lo is not a bridge!" show lo
}
