#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# restore --wait: devices that come late; and two restores at once.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	FILE="$BATS_TEST_TMPDIR/file"
}

# wants LINE...: the file.
wants()
{
	printf '%s\n' "$@" > "$FILE"
}

# process_waits PID: it sleeps.
process_waits()
{
	grep -q ') S ' "/proc/$1/stat"
}

@test "a device that comes late" {
	local pid

	wants 'brctl addbr br0' 'brctl addif br0 late' 'brctl link late up'
	"$BRCTL" restore --wait 60 "$FILE" &
	pid=$!
	poll 10 process_waits "$pid"
	missing br0
	# Of the devices that come, one gets the name later.
	pair early far
	ip link set early name late
	wait "$pid"
	exists br0/brif/late
	quiet diff "$FILE"
}

@test "the parent of a VLAN device, and what is made is not waited for" {
	needs 8021q
	wants 'brctl link late up' 'vconfig add late 5 name v5' \
		'brctl addbr br0' 'brctl addif br0 v5' 'brctl link v5 up'
	refuses 'brctl: cannot use "late": No such device' \
		restore --wait 0 "$FILE"
	pair late far
	quiet restore --wait 0 "$FILE"
	exists br0/brif/v5
}

@test "when the time is over, all that is missing is named" {
	pair v0 w0
	wants 'brctl addbr br0' 'brctl addif br0 v0 n1 n2' \
		'brctl setport br0 n3 isolated=on' 'brctl delif br0 n4' \
		'vconfig add n5 7 name v7'
	refuses 'brctl: cannot use "n1": No such device; also missing: "n2"; also missing: "n3"; also missing: "n5"' \
		restore --wait 1 "$FILE"
	refuses 'brctl: cannot use "n1": No such device; also missing: "n2"; also missing: "n3"; also missing: "n5"' \
		restore --dry-run --wait=0 "$FILE"
	missing br0
}

@test "times that are none" {
	local word

	wants 'brctl addbr br0'
	for word in 1d x -1 1.5 604801 99999999999999999999 ''; do
		refuses "brctl: \"$word\" is no time to wait: it takes seconds, from 0 to 604800" \
			restore "--wait=$word" "$FILE"
	done
	gives 2 "" "brctl: diff: option --wait is not supported" \
		diff --wait 1 "$FILE"
	missing br0
	quiet restore --wait=604800 "$FILE"
	exists br0
}

# ageing_times: of all bridges, each once.
ageing_times()
{
	cat /sys/class/net/br*/bridge/ageing_time | sort -u
}

@test "of two restores at once, one is whole before the other begins" {
	local i times pids time

	for i in {1..40}; do
		echo "brctl addbr br$i"
	done > "$FILE"
	quiet restore "$FILE"
	for time in 5 6 7 8; do
		sed "s/addbr \(.*\)/set \1 ageing_time=$time/" "$FILE" > \
			"$FILE.$time"
	done
	for i in {1..5}; do
		pids=()
		for time in 5 6 7 8; do
			"$BRCTL" restore "$FILE.$time" &
			pids+=($!)
		done
		for time in "${pids[@]}"; do
			wait "$time"
		done
		times=$(ageing_times)
		[[ $times =~ ^[5-8]00$ ]]
	done
}

# owns [COMMAND...]: a process that has the lock until its stdin ends.
owns()
{
	"$@" "$PYTHON" -I -c 'import socket, sys
lock = socket.socket(socket.AF_UNIX)
lock.bind("\0vbridge-restore")
lock.listen()
print("locked", flush=True)
sys.stdin.read()'
}

@test "a restore waits for the one that is running" {
	local fd line pid

	[ -x "$PYTHON" ] || skip "needs Python"
	wants 'brctl addbr br0'
	coproc owns
	read -r line <&"${COPROC[0]}"
	"$BRCTL" restore "$FILE" &
	pid=$!
	poll 10 process_waits "$pid"
	missing br0
	# Nor does a dry run wait.
	gives 0 "brctl addbr br0" "" restore --dry-run "$FILE"
	fd=${COPROC[1]}
	exec {fd}>&-
	wait "$pid"
	exists br0
}

@test "another network namespace has a lock of its own" {
	local fd line pid

	[ -x "$PYTHON" ] || skip "needs Python"
	wants 'brctl addbr br0'
	ip netns add away
	coproc owns
	read -r line <&"${COPROC[0]}"
	quiet -n away restore "$FILE"
	fd=${COPROC[1]}
	exec {fd}>&-
	wait "$COPROC_PID" || :
	coproc owns ip netns exec away
	read -r line <&"${COPROC[0]}"
	quiet restore "$FILE"
	echo 'brctl addbr br1' > "$FILE"
	"$BRCTL" -n away restore "$FILE" &
	pid=$!
	poll 10 process_waits "$pid"
	run ! ip -n away link show br1
	fd=${COPROC[1]}
	exec {fd}>&-
	wait "$pid"
	ip -n away link show br1
}

@test "nobody else's process can keep root from restoring" {
	local fd line other=(setpriv --reuid 65534 --regid 65534 --clear-groups)

	[ -x "$PYTHON" ] || skip "needs Python"
	"${other[@]}" true 2> /dev/null || skip "needs another user"
	wants 'brctl addbr br0'
	coproc owns "${other[@]}"
	read -r line <&"${COPROC[0]}"
	[ "$line" = locked ]
	quiet restore "$FILE"
	exists br0
	fd=${COPROC[1]}
	exec {fd}>&-
}
