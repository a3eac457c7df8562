#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# nf and setnf where br_netfilter is not loaded.

load ../common.bash
load exact.bash
load module.bash
load nf.bash

# In a guest, the module is unloaded. Elsewhere, its files are hidden, because
# the kernel of the host must keep its modules.
setup()
{
	ip link add br0 type bridge nf_call_iptables 1
	if [ "$VB_ENVIRONMENT" = uml ] && [ -d /sys/module/br_netfilter ]; then
		rmmod br_netfilter
		is_removed=yes
	elif [ -d /proc/sys/net/bridge ]; then
		mount -t tmpfs tmpfs /proc/sys/net/bridge
		is_covered=yes
	fi
}

teardown()
{
	[ -z "${is_covered:-}" ] || umount /proc/sys/net/bridge
	[ -z "${is_removed:-}" ] || load_module br_netfilter
	clean_environment
}

@test "nf reports the missing module, how to load it, and that nothing passes" {
	gives 0 "br0	nf_call_iptables=on	does not pass: br_netfilter\
 is not loaded
br0	nf_call_ip6tables=off	does not pass: br_netfilter is not loaded
br0	nf_call_arptables=off	does not pass: br_netfilter is not loaded" \
		"$NOT_LOADED" nf
}

@test "JSON reports the missing module, too" {
	needs json
	needs_jq
	quiet -j nf
	same_text stderr "$NOT_LOADED" "$BATS_TEST_TMPDIR/err" nf
	[ "$(jq -c '[.loaded, .settings,
		.bridges[0].bridge, (.bridges[0].passes | any)]' < "$BATS_TEST_TMPDIR/out")" = \
		'[false,{},"br0",false]' ]
}

@test "setnf and its dry run report the missing module" {
	refuses "$NOT_LOADED" setnf call-iptables off
	refuses "$NOT_LOADED" setnf "${NF_NAMES[@]}" on
	refuses "$NOT_LOADED" --dry-run setnf call-iptables off
}

@test "invalid arguments are refused first" {
	refuses "brctl: \"x\" $NONE" setnf x off
	refuses 'brctl: "x" is neither on nor off' setnf call-iptables x
}

@test "a bridge's own option can still be set" {
	works set br0 nf_call_arptables=on
	is br0/bridge/nf_call_arptables 1
}
