# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Reads the stream of suites from tests/run, records the result of each test in
# each environment, and prints the report.  Starts no processes.

# By test, "SUITE: NAME": the environments in which it passed, failed and was
# skipped (with the reasons).
declare -A tap_passed=() tap_failed=() tap_skipped=()
declare -A tap_met=()
# Suites that guests do not run in the gate: tests in them may be skipped.
declare -A tap_left_out=()
tap_order=()

# The current suite.
tap_suite=
tap_plan=
tap_count=0
tap_lines=()
tap_comments=()
tap_bad=0
tap_other_bad=0
declare -A tap_sum=() tap_names=()

# tap_record RESULT TEST REASON
tap_record()
{
	local test=$2 where=${tap_environment:-here}

	if [ -z "${tap_met[$test]:-}" ]; then
		tap_met[$test]=1
		tap_order+=("$test")
	fi
	case $1 in
	pass) tap_passed[$test]+=" $where" ;;
	fail) tap_failed[$test]+=" $where" ;;
	skip) tap_skipped[$test]+="${tap_skipped[$test]:+, }$where: $3" ;;
	esac
	tap_sum[$1]=$((${tap_sum[$1]:-0} + 1))
}

tap_begin()
{
	tap_suite=$1
	tap_plan=
	tap_count=0
	tap_bad=0
	tap_other_bad=0
	tap_lines=()
	tap_comments=()
	tap_sum=()
	tap_names=()
}

# Records a failure for a suite that ended abnormally.
tap_broken()
{
	tap_record fail "$tap_suite: (the suite itself)"
	tap_lines+=("$1")
}

# tap_test OK NAME: records a test.  NAME is the text after the test's number,
# including a directive.
tap_test()
{
	local ok=$1 name=$2 skip='' reason=''

	tap_count=$((tap_count + 1))
	if [[ $name =~ ^(.*[[:blank:]])?'#'[[:blank:]]*[Ss][Kk][Ii][Pp](.*)$ ]]
	then
		skip=yes
		name=${BASH_REMATCH[1]}
		reason=${BASH_REMATCH[2]#[ :]}
		# cmocka prints the name after the directive, and no reason.
		if [ -z "${name// /}" ]; then
			name=$reason
			reason="no reason given"
		fi
	fi
	name=${name#- }
	name=${name%"${name##*[![:blank:]]}"}
	: "${name:=test $tap_count}"
	if [[ -n ${run_pattern:-} && ! $name =~ $run_pattern ]]; then
		[ "$ok" = yes ] || tap_other_bad=1
		return 0
	fi
	tap_names[$name]=$((${tap_names[$name]:-0} + 1))
	[ "${tap_names[$name]}" -eq 1 ] || name+=" (${tap_names[$name]})"
	name="$tap_suite: $name"
	if [ -n "$skip" ]; then
		tap_record skip "$name" "${reason:-no reason given}"
	elif [ "$ok" = yes ]; then
		tap_record pass "$name"
	else
		tap_bad=1
		tap_record fail "$name"
	fi
}

tap_plan_line()
{
	local number=$1 rest=$2

	# A program with several test groups prints a plan for each group.
	tap_plan=$((${tap_plan:-0} + number))
	if [ "$number" -eq 0 ] && [[ $rest =~ [Ss][Kk][Ii][Pp](.*) ]]; then
		tap_record skip "$tap_suite: (the whole suite)" \
			"${BASH_REMATCH[1]# }"
	fi
}

tap_line()
{
	local line=$1

	if [[ $line =~ ^(not )?ok([[:blank:]]+[0-9]+)?([[:blank:]]+(.*))?$ ]]
	then
		[ -z "${BASH_REMATCH[1]}" ] || tap_lines+=("$line")
		tap_test "$([ -n "${BASH_REMATCH[1]}" ] || echo yes)" \
			"${BASH_REMATCH[4]}"
	elif [[ $line =~ ^1\.\.([0-9]+)(.*)$ ]]; then
		tap_plan_line "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
	else
		[ "${line:0:2}" != "# " ] || tap_comments+=("$line")
		tap_lines+=("$line")
	fi
}

# tap_end STATUS MS: checks that the suite is complete, and prints its result.
tap_end()
{
	local rc=$1 text

	if [ "$rc" -eq 124 ]; then
		tap_broken "it exceeded the time limit"
	elif [ "$rc" -gt 124 ]; then
		tap_broken "it could not be run or was killed (exit status $rc)"
	elif [ -z "$tap_plan" ]; then
		tap_broken "it printed no plan (exit status $rc)"
	elif [ "$tap_count" -ne "$tap_plan" ]; then
		tap_broken "planned $tap_plan tests, printed $tap_count"
	elif [ "$rc" -ne 0 ] && [ $((tap_bad + tap_other_bad)) -eq 0 ]; then
		tap_broken "exit status $rc, though no test failed"
	fi
	text="${tap_sum[pass]:-0} passed"
	[ -z "${tap_sum[fail]:-}" ] || text+=", ${tap_sum[fail]} FAILED"
	[ -z "${tap_sum[skip]:-}" ] || text+=", ${tap_sum[skip]} skipped"
	printf '  %-34s %s (%s ms)\n' "$tap_suite" "$text" "${2:-?}"
	if [ -n "${tap_sum[fail]:-}" ]; then
		printf '      | %s\n' "${tap_lines[@]:0:400}"
	elif [ ${#tap_comments[@]} -gt 0 ]; then
		# Comments for the reader, such as a random seed.
		printf '      %s\n' "${tap_comments[@]:0:200}"
	fi
	tap_suite=
}

# Adds an environment to the list, once: several guests are one environment.
tap_environment_met()
{
	local environment

	for environment in "${tap_environments[@]}"; do
		[ "$environment" != "$1" ] || return 0
	done
	tap_environments+=("$1")
}

# tap_read MARK: reads the whole stream from standard input.  Lines of the
# runner begin with MARK, which no suite knows.
tap_read()
{
	local mark=$1 line rc ms

	while IFS= read -r line; do
		case $line in
		"$mark place "*)
			line=${line#"$mark place "}
			tap_environment=${line%% *}
			printf '\n%s: %s\n' "$tap_environment" "${line#* }"
			tap_environment_met "$tap_environment: ${line#* }"
			;;
		"$mark suite "*)
			[ -z "$tap_suite" ] || tap_end 125
			tap_begin "${line#"$mark suite "}"
			;;
		"$mark end "*)
			read -r _ _ rc ms <<< "$line"
			tap_end "$rc" "$ms"
			;;
		*)
			if [ -n "$tap_suite" ]; then
				tap_line "$line"
			else
				printf '%s\n' "$line"
			fi
			;;
		esac
	done
	[ -z "$tap_suite" ] || tap_end 125
	tap_environment=
}

# Prints the results of the whole run, with all environments combined.  Returns
# 0 if no test failed and at least one ran.
tap_report()
{
	local test passed=0 failed=0 skipped=0 left_out=0
	local -a bad=() left=()

	for test in "${tap_order[@]}"; do
		if [ -n "${tap_failed[$test]:-}" ]; then
			bad+=("$test (${tap_failed[$test]# })")
		elif [ -n "${tap_passed[$test]:-}" ]; then
			passed=$((passed + 1))
		elif [ -n "${tap_left_out[${test%%: *}]:-}" ]; then
			left_out=$((left_out + 1))
		else
			left+=("$test (${tap_skipped[$test]})")
		fi
	done
	failed=${#bad[@]}
	skipped=${#left[@]}

	echo
	[ ${#tap_environments[@]} -eq 0 ] || printf 'place %s\n' "${tap_environments[@]}"
	if [ "$skipped" -gt 0 ]; then
		printf '\nSKIPPED in every environment:\n'
		printf '  %s\n' "${left[@]}"
		if [ "${CI:-}" = true ]; then
			echo "In CI a skipped test has failed."
			failed=$((failed + skipped))
			skipped=0
		fi
	fi
	if [ ${#bad[@]} -gt 0 ]; then
		printf '\nFAILED:\n'
		printf '  %s\n' "${bad[@]}"
	fi
	if [ "$left_out" -gt 0 ]; then
		printf '\n%d tests need features that namespaces lack here;' \
			"$left_out"
		printf ' guests leave them out in the gate (VB_GATE)\n'
	fi
	tap_save
	printf '\n%d passed, %d failed' "$passed" "$failed"
	[ "$skipped" -eq 0 ] || printf ', %d skipped' "$skipped"
	echo
	[ "$failed" -eq 0 ] && [ $((passed + skipped)) -gt 0 ]
}

# Writes one line for each test to the file VB_RESULTS, if that is set.
tap_save()
{
	local test result

	[ -n "${VB_RESULTS:-}" ] || return 0
	for test in "${tap_order[@]}"; do
		result=skip
		[ -z "${tap_left_out[${test%%: *}]:-}" ] || result=left
		[ -z "${tap_passed[$test]:-}" ] || result=pass
		[ -z "${tap_failed[$test]:-}" ] || result=fail
		printf '%s\t%s\n' "$result" "$test"
	done > "$VB_RESULTS"
}
