# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The stages of .ci/run and .ci/full, and the total of their results. A skipped
# test counts as failed.

export CI=true LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d) || exit 1
trap stop EXIT
trap 'exit 130' INT TERM HUP

# The time limit for the tests of one build, in seconds.
limit=3900

passed=0
failed=0
declare -A jobs=()

# Kills the process group of every job.
stop()
{
	local pid

	for pid in "${jobs[@]}"; do
		kill -- "-$pid" 2> /dev/null
	done
	wait
	rm -rf --one-file-system "$work"
}

headline()
{
	printf '\n=== %s (%d s so far)\n\n' "$*" "$SECONDS"
}

total()
{
	printf '\n%d passed, %d failed\n' "$passed" "$failed"
	[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
	exit
}

# --- steps and their results ------------------------------------------------

# Runs a step that all others depend on. Ends the run if it fails.
must()
{
	"$@" && return 0
	echo "CI: failed: $*"
	failed=$((failed + 1))
	total
}

must_in()
{
	cd "$1" || exit 1
	shift
	must "$@"
}

# Counts the command as one test.
check()
{
	if "$@"; then
		passed=$((passed + 1))
	else
		echo "CI: failed: $*"
		failed=$((failed + 1))
	fi
}

# count NAME STATUS: adds the results that a test run saved in the file NAME. A
# STATUS other than 0 without a failed test counts as one failure.
count()
{
	local good bad

	touch "$work/$1"
	good=$(grep -c '^pass' "$work/$1")
	bad=$(grep -c '^fail' "$work/$1")
	[ "$2" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
	passed=$((passed + good))
	failed=$((failed + bad))
}

# count_strictly NAME STATUS: as count, but counts skipped tests as failed.
count_strictly()
{
	touch "$work/$1"
	sed -i 's/^skip/fail/' "$work/$1"
	count "$@"
}

# begin NAME COMMAND...: runs COMMAND in the background, in its own process
# group. tests/run writes VB_RESULTS, the file that count reads.
begin()
{
	local name=$1

	shift
	# join may look for the log before the job has begun.
	: > "$work/$name.log"
	set -m
	VB_RESULTS=$work/$name "$@" > "$work/$name.log" 2>&1 < /dev/null &
	set +m
	jobs[$name]=$!
}

# join NAME: shows the output of the job until it ends, and returns its exit
# status. The shell handles signals during wait, but not while a command runs in
# the foreground; so tail runs in the background.
join()
{
	local pid=${jobs[$1]} status

	tail -n +1 -f --pid="$pid" "$work/$1.log" &
	wait $!
	wait "$pid"
	status=$?
	unset "jobs[$1]"
	return $status
}

# unpack NAME: unpacks the tarball into a new directory, and sets $tree to it.
unpack()
{
	tree=$work/tree-$1
	must mkdir "$tree"
	must tar -C "$tree" --strip-components=1 -xf "$tarball"
}

# --- what has changed -------------------------------------------------------

# Prints the commit to compare with: VB_CI_BASE if it exists. Otherwise the last
# tested commit is unknown, and it is the last commit that is more than a day
# older than HEAD, so that all changes of a day count. Prints nothing if there
# is no such commit.
base()
{
	local head

	git -C "$top" rev-parse -q --verify "${VB_CI_BASE:-}^{commit}" \
		2> /dev/null && return 0
	head=$(git -C "$top" log -1 --format=%ct) &&
	git -C "$top" rev-list -1 --before=$((head - 86400)) HEAD
}

# Files that affect packages: package descriptions, installed files, and how
# programs are linked.
packaging='(debian|rpm|ifupdown|systemd|completions|tests/packages)/.*'
packaging+='|configure\.ac|(.*/)?[^/]*\.(pc\.in|map)'
packaging+='|((lib|cli|brctl|vconfig|man|po)/)?Makefile\.am'

# Without a base, assumes that everything has changed.
touches_packages()
{
	local base

	base=$(base)
	[ -n "$base" ] || return 0
	echo "CI: compared with $(git -C "$top" log -1 --format='%h %s' "$base")"
	git -C "$top" diff --name-only "$base" HEAD | grep -xE "$packaging"
}

# --- stages -----------------------------------------------------------------

# A file that is missing in the tarball may be a test that never runs.
has_all()
{
	local left

	left=$(comm -23 <(git -C "$top" ls-files | sort) \
		<(tar -tf "$tarball" | sed 's|^[^/]*/||' | sort) |
		grep -vxE '\.ci/.*|\.gitignore|debian/.*')
	[ -z "$left" ] || echo "not in the tarball: $left"
	[ -z "$left" ]
}

# Sets $tarball to the tarball's path.
make_tarball()
{
	headline "packages"
	must_in "$top" ./bootstrap packages
	headline "the tarball"
	must_in "$top" ./bootstrap
	must mkdir "$work/dist"
	must_in "$work/dist" "$top/configure" --quiet
	must make dist
	tarball=$(echo "$work"/dist/vbridge-*.tar.*)
	must has_all
}

# Runs the tests from the tarball, as described in README. Compiler warnings are
# errors.
test_plain()
{
	headline "./bootstrap check"
	unpack plain
	plain=$tree
	cd "$plain" || exit 1
	CFLAGS="-g -O2 -Werror" VB_CONFORM_RANDOM=$1 \
		begin plain timeout -k 10 "$limit" ./bootstrap check
	join plain
	count_strictly plain $?
	headline "the demo"
	check timeout -k 10 600 ./bootstrap demo
}

# begin_sanitized SUITES [RANDOM]: RANDOM is the number of random sequences of
# conform. lint would read the same sources again, and ifupdown tests shell
# scripts.
begin_sanitized()
{
	headline "the tests with AddressSanitizer and UBSan begin"
	unpack sanitized
	cd "$tree" || exit 1
	CI='' CFLAGS="-g -O1 -Werror" VB_CONFORM_RANDOM=${2:-0} RUNFLAGS=$1 \
		begin sanitized timeout -k 10 "$limit" \
		./bootstrap check --enable-asan
}

# A test may be skipped with AddressSanitizer, which cannot run in User-Mode
# Linux, if it has passed without it, or if the gate has left it out.
join_sanitized()
{
	local test

	headline "the tests with AddressSanitizer and UBSan"
	join sanitized
	count sanitized $?
	while IFS= read -r test; do
		grep -qxF -e $'pass\t'"$test" -e $'left\t'"$test" \
			"$work/plain" && continue
		echo "CI: skipped with sanitizers, not passed without: $test"
		failed=$((failed + 1))
	done < <(sed -n 's/^skip\t//p' "$work/sanitized")
}

begin_packages()
{
	local suite

	headline "the packages begin"
	for suite in debian rpm; do
		VB_BUILD=$plain/build VB_TARBALL=$tarball VB_SUITE_LIMIT=2700 \
			begin $suite timeout -k 10 2700 \
			"$top/tests/run" packages/$suite
	done
}

join_packages()
{
	local suite

	headline "the packages"
	for suite in debian rpm; do
		join $suite
		count_strictly $suite $?
	done
}
