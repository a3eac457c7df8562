#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The installed files in German and French: brctl, vconfig, and another program
# that uses the library.
#
# environment: ns

load ../common.bash
load language.bash

setup()
{
	needs_catalogues
	root=$made/root
	speak=$VB_BUILD/tests/tools/speak
	[ ! -x "$VB_BUILD/tests/tools/.libs/speak" ] ||
		speak=$VB_BUILD/tests/tools/.libs/speak
	export LD_LIBRARY_PATH
	LD_LIBRARY_PATH=$(dirname "$(find "$root" -name libvbridge.so.0)")
}

# installed NAME: prints the path of the installed program.
installed()
{
	find "$root" -type f -path "*bin/$1"
}

# says TEXT COMMAND...: checks that stderr is exactly TEXT.
says()
{
	run --separate-stderr "${@:2}"
	[ "$stderr" = "$1" ] && return 0
	printf '%s\n' "stderr:" "$stderr" "expected:" "$1"
	return 1
}

@test "exactly the expected catalogues are installed" {
	run -0 find "$root$(< "$made/dir")" -name '*.mo' -printf '%P\n'
	[ "$(sort <<< "$output")" = "de/LC_MESSAGES/vbridge.mo
en_XA/LC_MESSAGES/vbridge.mo
fr/LC_MESSAGES/vbridge.mo" ]
}

@test "brctl prints German" {
	local program

	program=$(installed brctl)
	ip link add br0 type bridge
	says 'brctl: priority der Bridge „nope“ kann nicht gesetzt werden: No such device' \
		"${german[@]}" "$program" set nope priority=1
	says 'brctl: „prio“: unbekannte Option
brctl: Meinten Sie priority?' \
		"${german[@]}" "$program" set br0 prio=1
	run -0 "${german[@]}" "$program" --help
	grep -qF $'\t    --dry-run         prüfen, aber nichts ändern' <<< "$output"
	grep -qxF "commands:" <<< "$output"
}

@test "brctl prints French" {
	local program

	program=$(installed brctl)
	says $'brctl: impossible de régler priority du pont «\u202fnope\u202f»\u202f: No such device' \
		"${french[@]}" "$program" set nope priority=1
	run -0 "${french[@]}" "$program" --help
	grep -qF $'nouvelles commandes\u202f:' <<< "$output"
}

@test "vconfig prints German and French" {
	local program

	program=$(installed vconfig)
	says "vconfig: Aufruf: vconfig show [DEVICE]" \
		"${german[@]}" "$program" show a b
	says $'vconfig: utilisation\u202f: vconfig show [DEVICE]' \
		"${french[@]}" "$program" show a b
}

@test "the library uses the locale of its program" {
	says "" "${german[@]}" "$speak"
	[ "$output" = 'Bridge „a/b“ kann nicht angelegt werden: ein Gerätename ist nicht leer und nicht „.“ oder „..“, und er enthält weder Leerzeichen noch „/“, „:“ oder „%“
Bridge „nope\012“ kann nicht gelöscht werden: No such device
123450 1234.50
0,5' ]
	says "" "${french[@]}" "$speak"
	[ "$output" = $'impossible de créer le pont «\u202fa/b\u202f»\u202f: un nom de périphérique n’est ni vide, ni «\u202f.\u202f», ni «\u202f..\u202f», et ne contient ni blanc, ni «\u202f/\u202f», ni «\u202f:\u202f», ni «\u202f%\u202f»
impossible de supprimer le pont «\u202fnope\\012\u202f»\u202f: No such device
123450 1234.50
0,5' ]
}

@test "in a Latin-1 locale, messages are encoded in Latin-1" {
	env LOCPATH="$made/names" LC_ALL=de_DE.ISO-8859-1 "$speak" \
		> "$BATS_TEST_TMPDIR/said"
	run -0 iconv -f ISO-8859-1 -t UTF-8 "$BATS_TEST_TMPDIR/said"
	# iconv chooses the quotation marks.
	[[ ${lines[0]} = "Bridge "?*"a/b"?*" kann nicht angelegt werden: \
ein Gerätename ist nicht leer und nicht "?*" und er enthält weder Leerzeichen noch "* ]]
	[[ ${lines[1]} = "Bridge "?*"nope\\012"?*" kann nicht gelöscht werden: \
No such device" ]]
}

@test "without a translated locale, all messages are English" {
	local name

	for name in C POSIX C.UTF-8 nonsense; do
		says "" env LC_ALL=$name LANGUAGE= "$speak"
		[[ $output = 'cannot add bridge "a/b": a device name is not empty, '* ]]
		says 'brctl: cannot set priority of bridge "nope": No such device' \
			env LC_ALL=$name LANGUAGE=de "$BRCTL" set nope priority=1
	done
}
