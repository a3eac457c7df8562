# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Threads with a context each, by themselves and under the eyes of
# ThreadSanitizer.

load ../common.bash

make_devices()
{
	local i

	for ((i = 0; i < 8; i++)); do
		veth p$i q$i
	done
}

# Its memory is at fixed places, which a program at random ones may be in.
under_tsan()
{
	TSAN_OPTIONS="exitcode=66" timeout 60 setarch -R \
		"$VB_BUILD/tests/tools/threads-tsan" "$@"
}

# All have done something, each got the right answers, and all has gone again.
all_is_well()
{
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == "16 threads, 0 idle; "* ]]
	[ -z "$(ip -o link show type bridge)" ]
	run ! ip link show dev churn
}

@test "sixteen threads with a context each get the right answers" {
	needs bridge veth
	make_devices
	run timeout 60 "$VB_BUILD/tests/tools/threads" 3
	all_is_well
}

@test "sixteen threads share nothing but the kernel" {
	needs bridge veth tsan
	make_devices
	run under_tsan 3
	all_is_well
}

@test "threads that share a number are found out" {
	needs tsan
	run under_tsan race
	echo "$output"
	[ "$status" -eq 66 ]
	[[ $output == *"data race"* ]]
}
