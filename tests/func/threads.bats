# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Threads with one context each, also with ThreadSanitizer.

load ../common.bash

make_devices()
{
	local i

	for ((i = 0; i < 8; i++)); do
		veth p$i q$i
	done
}

# Turns off address randomization: ThreadSanitizer needs fixed addresses, which
# the program may otherwise use.
under_tsan()
{
	TSAN_OPTIONS="exitcode=66" timeout 60 setarch -R \
		"$VB_BUILD/tests/tools/threads-tsan" "$@"
}

# Checks that each thread did something and got correct results, and that all
# devices are deleted.
all_is_well()
{
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == "16 threads, 0 idle; "* ]]
	[ -z "$(ip -o link show type bridge)" ]
	run ! ip link show dev churn
}

@test "sixteen threads with one context each get correct results" {
	needs bridge veth
	make_devices
	run timeout 60 "$VB_BUILD/tests/tools/threads" 3
	all_is_well
}

@test "sixteen threads with one context each have no data race" {
	needs bridge veth tsan
	make_devices
	run under_tsan 3
	all_is_well
}

@test "ThreadSanitizer finds a data race in a test program" {
	needs tsan
	run under_tsan race
	echo "$output"
	[ "$status" -eq 66 ]
	[[ $output == *"data race"* ]]
}
