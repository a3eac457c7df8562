# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# What every bats file loads: the environment's helpers, the features that a
# test needs, and a teardown that leaves the environment as it was found.

. "${BASH_SOURCE[0]%/*}/environment.bash"

bats_require_minimum_version 1.5.0

# needs FEATURE...: skips the test where this environment's kernel lacks one.
# FEATURE is a word that tests/kernel/features prints, refbrctl, jsonschema, or
# tsan, whose memory a guest of User-Mode Linux does not have.
needs()
{
	local want

	: "${VB_FEATURES:=$("$tests_dir/kernel/features")}"
	for want in "$@"; do
		case $want in
		refbrctl)
			[ -n "$REF_BRCTL" ] || skip "needs bridge-utils' brctl"
			continue
			;;
		jsonschema)
			"$PYTHON" -I -c 'import jsonschema' 2> /dev/null ||
				skip "needs python3-jsonschema"
			continue
			;;
		tsan)
			[ -x "$VB_BUILD/tests/tools/threads-tsan" ] &&
				[ "${VB_ENVIRONMENT:-ns}" != uml ] ||
				skip "needs ThreadSanitizer"
			continue
			;;
		esac
		case " $VB_FEATURES " in
		*" $want "*) ;;
		*) skip "needs $want" ;;
		esac
	done
}

# Its packages are apart, and a test that reads JSON may be run without.
needs_jq()
{
	command -v jq > /dev/null || skip "needs jq"
}

teardown()
{
	clean_environment
}
