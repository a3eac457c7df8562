#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vbridge.conf(5): its examples, and the service that restores the files at
# boot.

load ../common.bash
load exact.bash
load vlans.bash

unit=$VB_BUILD/systemd/vbridge-restore.service

setup()
{
	DIR="$BATS_TEST_TMPDIR/etc/vbridge"
	mkdir -p "$DIR"
}

# block SECTION: prints the example in this section of the manual page.
block()
{
	awk -v section="$1" -f "$tests_dir/manual.awk" \
		"$tests_dir/../man/vbridge.conf.5" | sed 1d
}

@test "both examples describe the same configuration" {
	needs json vlan_filtering 8021q
	pair eth1 far
	ip link set far up
	block "LINES OF COMMANDS" > "$DIR/lines"
	block JSON > "$DIR/json"
	quiet restore "$DIR/lines"
	quiet diff --exact "$DIR/json"
	ip link del br0
	ip link set eth1 down
	quiet restore "$DIR/json"
	quiet diff --exact "$DIR/lines"
}

# command_of NAME: prints the command of this setting in the unit, with the
# programs and files of this test.
command_of()
{
	local command brctl

	command=$(sed -n "s|^$1=/bin/sh -c '\\(.*\\)'\$|\\1|p" "$unit")
	[ -n "$command" ]
	# Replaces the paths of configure.
	brctl=$(grep -o '/[^ ]*/brctl' <<< "$command")
	command=${command//"$brctl"/"$BRCTL"}
	sed -e 's|\$\$|$|g' -e "s|in /[^ ]*/vbridge/|in $DIR/|" <<< "$command"
}

@test "a file that fails does not prevent others from being restored" {
	pair v0 w0
	echo 'brctl addbr br1' > "$DIR/a.conf"
	echo 'brctl addif br2 v0' > "$DIR/b.conf"
	printf '%s\n' 'brctl addbr br3' 'brctl addif br3 v0' > "$DIR/c.conf"
	echo 'brctl addbr br4' > "$DIR/d.conf.old"
	command_of ExecReload > "$BATS_TEST_TMPDIR/reload"
	run -1 --separate-stderr sh "$BATS_TEST_TMPDIR/reload"
	[ "$stderr" = 'brctl: cannot use "br2": No such device' ]
	exists br1
	exists br3/brif/v0
	missing br4
	rm "$DIR/b.conf"
	command_of ExecStart > "$BATS_TEST_TMPDIR/start"
	grep -q -e '--wait 30' "$BATS_TEST_TMPDIR/start"
	run -0 --separate-stderr sh "$BATS_TEST_TMPDIR/start"
	[ -z "$output$stderr" ]
}

@test "systemd-analyze finds no errors in the unit" {
	[ -x /usr/bin/systemd-analyze ] || skip "needs systemd-analyze"
	sed "s|/[^ ]*/brctl|$BRCTL|" "$unit" > \
		"$BATS_TEST_TMPDIR/vbridge-restore.service"
	run -0 systemd-analyze verify --man=no \
		"$BATS_TEST_TMPDIR/vbridge-restore.service"
	[[ $output != *vbridge-restore* ]]
}
