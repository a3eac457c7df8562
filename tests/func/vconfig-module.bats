#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig with a kernel without 8021q: one that loads the module on first use,
# and one that cannot. The kernel of the host must keep its modules.

load ../common.bash
load vconfig.bash
load module.bash

# In a guest, the module is unloaded; elsewhere, it must already be missing.
# Testing for the feature 8021q would make the kernel load it.
setup()
{
	helper=
	if [ "$VB_ENVIRONMENT" = uml ]; then
		[ -d /sys/module/8021q/holders ] ||
			skip "needs a kernel with 8021q as a module"
		loader=$(cat /proc/sys/kernel/modprobe)
		echo /bin/false > /proc/sys/kernel/modprobe
		rmmod 8021q
	else
		: "${VB_FEATURES:=$("$tests_dir/kernel/features")}"
		[[ " $VB_FEATURES " != *" 8021q "* ]] ||
			skip "needs a kernel without 8021q"
	fi
	needs veth
	pair eth0 far
}

teardown()
{
	clean_environment
	[ "$VB_ENVIRONMENT" = uml ] || return 0
	[ -z "${loader:-}" ] || echo "$loader" > /proc/sys/kernel/modprobe
	[ -d /sys/module/8021q ] || load_module 8021q
	[ -z "$helper" ] || rm -rf "$helper"
}

# warned STATUS LINE WORD...: checks stderr for the warning, LINE, and at most
# one line of our own; nothing is on stdout, and no device is added.
warned()
{
	local want=$1 line=$2 got=0 before err

	shift 2
	before=$(state)
	quiet "$@" || got=$?
	mapfile -t err < "$BATS_TEST_TMPDIR/err"
	[[ $got -eq $want && ! -s $BATS_TEST_TMPDIR/out &&
	   ${err[0]-} == "$NO_CONFIG" &&
	   ${err[1]-} == "$line" &&
	   ( ${#err[@]} -eq 2 ||
	     ${#err[@]} -eq 3 && ${err[2]} == "vconfig: "?* ) &&
	   $(state) == "$before" ]] && return 0
	echo "vconfig $*: exit status $got; not $want with $line"
	cat -A "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/err"
	return 1
}

NOT_THERE="Package not installed"

@test "add prints a warning, and fails" {
	warned 3 "ERROR: trying to add VLAN #5 to IF -:eth0:-\
  error: $NOT_THERE" add eth0 5
	warned 3 "ERROR: trying to add VLAN #5-9 to IF -:eth0:-\
  error: $NOT_THERE" add eth0 5-9
}

@test "rem, set_flag and the maps print a warning, and fail" {
	warned 4 "ERROR: trying to remove VLAN -:eth0.5:- error: $NOT_THERE" \
		rem eth0.5
	warned 5 "ERROR: trying to set egress map on device -:eth0:-\
 error: $NOT_THERE" set_egress_map eth0 1 1
	warned 6 "ERROR: trying to set ingress map on device -:eth0:-\
 error: $NOT_THERE" set_ingress_map eth0 1 1
	warned 7 "ERROR: trying to set flag on device -:eth0:-\
 error: $NOT_THERE" set_flag eth0 1 1
}

@test "set_name_type prints a warning, and fails" {
	warned 8 "ERROR: trying to set name type for VLAN subsystem,\
 error: $NOT_THERE" set_name_type VLAN_PLUS_VID
}

@test "show prints nothing and succeeds" {
	works show
	turned_down '"eth0"' show eth0
}

# with_loader: lets the kernel load modules. The kernel runs modprobe in the
# first namespaces of the guest, where our /run is not mounted.
with_loader()
{
	[ "$VB_ENVIRONMENT" = uml ] || skip "needs a kernel of its own"
	helper=$(TMPDIR=/tmp mktemp -d)
	modules_root "$helper"
	cat > "$helper/modprobe" <<-END
		#!/bin/sh
		GLIBC_TUNABLES=${GLIBC_TUNABLES:-} exec \
			$(command -v modprobe) -d $helper "\$@"
	END
	chmod +x "$helper/modprobe"
	echo "$helper/modprobe" > /proc/sys/kernel/modprobe
}

@test "add prints a warning, and works because the kernel loads the module" {
	with_loader
	quiet add eth0 5
	[ "$(cat "$BATS_TEST_TMPDIR/out")" = "$(added eth0 5)" ]
	run -0 cat "$BATS_TEST_TMPDIR/err"
	[ "${#lines[@]}" -eq 1 ]
	[[ ${lines[0]} = "$NO_CONFIG" ]]
	listed eth0.5 5 eth0
	adds eth0 6
}

@test "set_name_type makes the kernel load the module" {
	with_loader
	quiet set_name_type VLAN_PLUS_VID
	[[ $(cat "$BATS_TEST_TMPDIR/err") = "$NO_CONFIG" ]]
	[ "$(naming)" = VLAN_NAME_TYPE_PLUS_VID ]
	vconfig set_name_type DEV_PLUS_VID_NO_PAD
}
