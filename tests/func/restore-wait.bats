#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# restore --wait: waits for devices that are missing. Also two restores at the
# same time.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	FILE="$BATS_TEST_TMPDIR/file"
}

# wants LINE...: writes the file.
wants()
{
	printf '%s\n' "$@" > "$FILE"
}

# process_waits PID: checks that the process sleeps.
process_waits()
{
	grep -q ') S ' "/proc/$1/stat"
}

@test "restore waits for a device that is added later" {
	local pid

	wants 'brctl addbr br0' 'brctl addif br0 late' 'brctl link late up'
	"$BRCTL" restore --wait 60 "$FILE" &
	pid=$!
	poll 10 process_waits "$pid"
	missing br0
	# The device is added under another name and then renamed.
	pair early far
	ip link set early name late
	wait "$pid"
	exists br0/brif/late
	quiet diff "$FILE"
}

@test "restore waits for parents of VLAN devices, not for new devices" {
	needs 8021q
	wants 'brctl link late up' 'vconfig add late 5 name v5' \
		'brctl addbr br0' 'brctl addif br0 v5' 'brctl link v5 up'
	refuses 'brctl: cannot use "late": No such device' \
		restore --wait 0 "$FILE"
	pair late far
	quiet restore --wait 0 "$FILE"
	exists br0/brif/v5
}

@test "after the time limit, all missing devices are reported" {
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

@test "invalid times are refused" {
	local word

	wants 'brctl addbr br0'
	for word in 1d x -1 1.5 604801 99999999999999999999 ''; do
		refuses "brctl: \"$word\" is not a time to wait: it takes seconds, from 0 to 604800" \
			restore "--wait=$word" "$FILE"
	done
	gives 2 "" "brctl: diff: option --wait is not supported" \
		diff --wait 1 "$FILE"
	missing br0
	quiet restore --wait=604800 "$FILE"
	exists br0
}

# ageing_times: prints the ageing times of all bridges, without duplicates.
ageing_times()
{
	cat /sys/class/net/br*/bridge/ageing_time | sort -u
}

@test "concurrent restores run one after the other" {
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

# owns [COMMAND...]: a process that holds the lock until the end of its stdin.
owns()
{
	"$@" "$PYTHON" -I -c 'import socket, sys
lock = socket.socket(socket.AF_UNIX)
lock.bind("\0vbridge-restore")
lock.listen()
print("locked", flush=True)
sys.stdin.read()'
}

@test "a restore waits for another one that is running" {
	local fd line pid

	[ -x "$PYTHON" ] || skip "needs Python"
	wants 'brctl addbr br0'
	coproc owns
	read -r line <&"${COPROC[0]}"
	"$BRCTL" restore "$FILE" &
	pid=$!
	poll 10 process_waits "$pid"
	missing br0
	# A dry run does not wait.
	gives 0 "brctl addbr br0" "" restore --dry-run "$FILE"
	fd=${COPROC[1]}
	exec {fd}>&-
	wait "$pid"
	exists br0
}

@test "each network namespace has its own lock" {
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

@test "the lock of an unprivileged user does not stop root" {
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
