# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Every bats file loads this: helpers for the environment, checks for required
# features, and a teardown that cleans the environment.

. "${BASH_SOURCE[0]%/*}/environment.bash"

bats_require_minimum_version 1.5.0

# needs FEATURE...: skips the test if the environment lacks one of the features.
# FEATURE is a word that tests/kernel/features prints, or refbrctl, json,
# jsonschema or tsan.  ThreadSanitizer cannot map its memory in a User-Mode Linux guest.
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
		json)
			[ "$VB_JSON" != no ] ||
				skip "needs JSON (configure --with-jansson)"
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

# jq is optional: a test that needs it is skipped without.
needs_jq()
{
	command -v jq > /dev/null || skip "needs jq"
}

teardown()
{
	clean_environment
}
