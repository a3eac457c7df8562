# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Functions for the package suites: steps that count as tests, a temporary
# directory, and the tarball.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=tests/programs.bash
. "$top/tests/programs.bash"
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

steps=0
bad_steps=0

work=$(mktemp -d) || exit 1
children=()

# Runs a command without the environment variables of this test run and of make.
by_itself()
{
	local name words=()

	for name in CFLAGS CI LD_LIBRARY_PATH MAKEFLAGS MAKELEVEL MFLAGS \
			BRCTL FRAME PYTHON REF_BRCTL VCONFIG "${!VB_@}"; do
		words+=(-u "$name")
	done
	env "${words[@]}" "$@"
}

# --one-file-system: if something is still mounted below the root directory, its
# files must not be deleted.
clean_up()
{
	[ ${#children[@]} -eq 0 ] || kill "${children[@]}" 2> /dev/null
	wait
	rm -rf --one-file-system "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

skip_all()
{
	echo "1..0 # SKIP $*"
	exit 0
}

# step NAME COMMAND...: runs a test, which passes if all commands in it succeed.
# Do not use step after "if" or before "||", and do not use "!" in its command:
# "set -e" has no effect there.
step()
{
	local name=$1 rc start=$SECONDS

	shift
	(set -e; "$@") > "$work/step.log" 2>&1
	rc=$?
	steps=$((steps + 1))
	if [ $rc -eq 0 ]; then
		echo "ok $steps - $name"
	else
		bad_steps=$((bad_steps + 1))
		echo "not ok $steps - $name"
		tail -n 60 "$work/step.log" | sed 's/^/# /'
	fi
	[ $((SECONDS - start)) -lt 5 ] ||
		echo "# $((SECONDS - start)) s: $name"
}

# need NAME COMMAND...: as step, but ends the suite if the test fails.
need()
{
	local bad_before=$bad_steps

	step "$@"
	[ $bad_steps -eq "$bad_before" ] || finish
}

# not COMMAND...: succeeds if the command fails.
not()
{
	if "$@"; then
		echo "should have failed: $*"
		return 1
	fi
}

finish()
{
	echo "1..$steps"
	[ $bad_steps -eq 0 ]
	exit
}

# same WHAT EXPECTED ACTUAL: compares two texts.
same()
{
	diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") && return 0
	echo "$1: < is the expected text"
	return 1
}

# Sets $tarball to VB_TARBALL, or to a new tarball if that is not set, and
# $version to its version.
find_tarball()
{
	if [ -z "${VB_TARBALL:-}" ]; then
		need "make dist" make -C "$VB_BUILD" dist
		VB_TARBALL=$(ls -t "$VB_BUILD"/vbridge-*.tar.xz | head -n 1)
	fi
	tarball=$VB_TARBALL
	version=${tarball##*/vbridge-}
	version=${version%.tar.*}
}
