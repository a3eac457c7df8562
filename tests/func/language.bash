# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tools that find their catalogues at the installed path. tests/locale/prepare
# makes the catalogues: the real ones, and en_XA, in which each message is in
# brackets and its vowels have accents.

made=$VB_BUILD/tests/locale

# Mounts the installed catalogues at the path where the tools look for them.
# This directory may not exist, and the machine must not change: then the
# nearest existing parent directory is covered, within the test environment, by
# a tmpfs with links to the same files, in which the directory is created.
setup_file()
{
	local entry dir near

	[ -e "$made/ready" ] || return 0
	[ ! -e "$made/lacks" ] || return 0
	dir=$(< "$made/dir")
	near=$dir
	while [ ! -d "$near" ]; do near=${near%/*}; done
	if [ "$near" != "$dir" ]; then
		mkdir "$BATS_FILE_TMPDIR/was"
		mount --bind "$near" "$BATS_FILE_TMPDIR/was"
		mount -t tmpfs tmpfs "$near"
		for entry in "$BATS_FILE_TMPDIR"/was/*; do
			[ ! -e "$entry" ] || ln -s "$entry" "$near/"
		done
		mkdir -p "$dir"
		echo "$near" > "$BATS_FILE_TMPDIR/near"
	fi
	mount --bind "$made/root$dir" "$dir"
	echo "$dir" > "$BATS_FILE_TMPDIR/dir"
}

teardown_file()
{
	[ ! -e "$BATS_FILE_TMPDIR/dir" ] ||
		umount "$(< "$BATS_FILE_TMPDIR/dir")"
	[ ! -e "$BATS_FILE_TMPDIR/near" ] ||
		umount -l "$(< "$BATS_FILE_TMPDIR/near")"
	[ ! -e "$BATS_FILE_TMPDIR/was" ] || umount "$BATS_FILE_TMPDIR/was"
}

needs_catalogues()
{
	[ -e "$made/ready" ] ||
		{ echo "no $made/ready: see make check"; return 1; }
	[ ! -e "$made/lacks" ] || skip "needs $(< "$made/lacks")"
	# The strings and patterns in these tests are UTF-8.
	export LC_ALL=C.UTF-8
}

# Prefixes for a command that set the locale. With pseudo, decimals have a
# comma.
english=(env LC_ALL=C)
german=(env LOCPATH="$made/names" LC_ALL=de_DE.UTF-8 LANGUAGE=)
french=(env LOCPATH="$made/names" LC_ALL=fr_FR.UTF-8 LANGUAGE=)
pseudo=(env LOCPATH="$made/names" LC_ALL=de_DE.UTF-8 LANGUAGE=en_XA)

# --- marks ------------------------------------------------------------------

# unmarked TEXT: sets $plain to the English text, without brackets and accents.
unmarked()
{
	plain=${1//[⟦⟧]/}
	plain=${plain//á/a} plain=${plain//é/e}
	plain=${plain//í/i} plain=${plain//ó/o}
}

# unsaid TEXT: sets $rest to the text without the parts in brackets.
unsaid()
{
	rest=$1
	while [[ $rest =~ ⟦[^⟦⟧]*⟧ ]]; do
		rest=${rest/"${BASH_REMATCH[0]}"/}
	done
}

# is_marked TEXT ENGLISH: checks that the whole text is translated, except the
# text of an errno.
is_marked()
{
	local plain rest

	unmarked "$1"
	unsaid "$1"
	[ "$plain" = "$2" ] && [ "$1" != "$2" ] &&
		[[ $rest =~ ^((brctl|vconfig):\ )?(: )?([A-Z][a-zA-Z /\',-]*)?$ ]]
}

# is_ours LINE: our messages begin with the name of the tool; those of getopt
# begin with the path by which it was called.
is_ours()
{
	[[ $1 =~ ^(brctl|vconfig):\  ]]
}

# --- twins ------------------------------------------------------------------

# Creates the same bridges twice, in two namespaces, with something of all that
# can be shown. They are down, so no timer runs.
twins()
{
	local twin i

	for twin in plain marked; do
		ip netns add $twin
		no_ipv6 $twin
		ip -b - -n $twin <<-END
		link add br0 address 02:00:00:00:00:b0 type bridge
		link add br1 address 02:00:00:00:00:b1 type bridge
		link add v0 address 02:00:00:00:00:a0 type veth peer w0 address 02:00:00:00:00:c0
		link add v1 address 02:00:00:00:00:a1 type veth peer w1 address 02:00:00:00:00:c1
		link set v0 master br0
		link set v1 master br0
		END
		for i in 1 2; do
			bridge -n $twin fdb add 02:00:00:00:01:0$i dev v0 \
				master static
		done
	done
}

# run_in TWIN TOOL ROWS: runs the tool with the arguments of each row of the
# file, with $without as a prefix if it is set.
run_in()
{
	local path=$BRCTL
	local -a language=("${english[@]}")

	[ "$2" = brctl ] || path=$VCONFIG
	[ "$1" = plain ] || language=("${pseudo[@]}")
	"${language[@]}" nsenter "--net=/run/netns/$1" ${without:-} \
		"$tests_dir/locale/rows" "$path" "$BATS_TEST_TMPDIR/$1" < "$3"
}

# still TEXT: sets $text to the text without the ages, which change. An age
# with a comma is kept, so that it is found as a difference.
still()
{
	text=$1
	while [[ $text =~ ($'\t'\ *|\"(age|idle)\":)[0-9]+\.[0-9]+ ]]; do
		text=${text/"${BASH_REMATCH[0]}"/$'\t-'}
	done
}

same_line()
{
	local text first

	[ "$1" != "$2" ] || return 0
	still "$1"
	first=$text
	still "$2"
	[ "$first" = "$text" ]
}

# same_prose PLAIN MARKED: compares two lines of check. The prefix must be the
# same, and the text translated. Commands and empty lines have no text.
same_prose()
{
	local before=''

	if [[ $1 =~ ^((error|warning|remark)\ [a-z-]+:\ |[a-z-]+$'\t'[a-z]+$'\t'|$'\t') ]]; then
		before=${BASH_REMATCH[0]}
	fi
	case $1 in
	''|$'\t$ '*|*' (error)'|*' (warning)'|*' (remark)') [ "$1" = "$2" ] ;;
	*) is_marked "${2#"$before"}" "${1#"$before"}" ;;
	esac
}

# same_out ROW PLAIN MARKED: compares two output files. They must be the same,
# but the help of options and the findings of check are translated.
same_out()
{
	local -a a b
	local i ascii

	mapfile -t a < "$2"
	mapfile -t b < "$3"
	[ ${#a[@]} -eq ${#b[@]} ] || return 1
	if [[ $1 = tree* ]]; then
		# The line characters depend on the locale.
		in_ascii "${b[*]}"
		[ "$ascii" = "${a[*]}" ]
		return
	fi
	if [[ $1 = "check --explain "* ]]; then
		# A paragraph has several lines.
		unmarked "${b[*]}"
		[ "$plain" = "${a[*]}" ]
		return
	fi
	for i in "${!a[@]}"; do
		if [[ $1 = check* ]]; then
			same_prose "${a[i]}" "${b[i]}" || return 1
		elif [[ $1 = options* && ${a[i]} = $'\t\t'* ]]; then
			is_marked "${b[i]#$'\t\t'}" "${a[i]#$'\t\t'}" ||
				return 1
		else
			same_line "${a[i]}" "${b[i]}" || return 1
		fi
	done
}

same_err()
{
	local -a a b
	local i

	mapfile -t a < "$1"
	mapfile -t b < "$2"
	[ ${#a[@]} -eq ${#b[@]} ] || return 1
	for i in "${!a[@]}"; do
		if is_ours "${a[i]}"; then
			said=$((said + 1))
			is_marked "${b[i]}" "${a[i]}" || return 1
		else
			[ "${a[i]}" = "${b[i]}" ] || return 1
		fi
	done
}

complain()
{
	echo "$1: $2"
	diff "$3.out" "$4.out" | cut -c 1-500
	cat "$3.err" "$4.err"
	return 1
}

# alike TOOL < ROWS: checks for each row that status and stdout are the same in
# both languages. On stderr, the classic lines are the same, and ours are
# translated. Counts our lines in $said and the rows in $count.
alike()
{
	local rows=$BATS_TEST_TMPDIR/rows one two row faults=0

	cat > "$rows"
	run_in plain "$1" "$rows"
	run_in marked "$1" "$rows"
	said=0 count=0
	while IFS= read -r row; do
		one=$BATS_TEST_TMPDIR/plain/$count
		two=$BATS_TEST_TMPDIR/marked/$count
		count=$((count + 1))
		if [ "$(< "$one.rc")" != "$(< "$two.rc")" ]; then
			complain "$1 $row" "statuses differ" "$one" "$two"
		elif ! same_out "$row" "$one.out" "$two.out"; then
			complain "$1 $row" "stdout differs" "$one" "$two"
		elif ! same_err "$one.err" "$two.err"; then
			complain "$1 $row" "stderr is wrong" "$one" "$two"
		else
			continue
		fi || faults=$((faults + 1))
	done < "$rows"
	echo "$count rows, $said lines of ours"
	[ $faults -eq 0 ]
}
