#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# --may-exist and --if-exists: if the requested state already exists, there is
# no error.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	ip link add br0 type bridge
	ip link add br1 type bridge
	pair v0 w0
	pair v1 w1
	brctl addif br0 v0
}

# settled WORD...: checks that the command succeeds and changes nothing.
settled()
{
	local before

	before=$(state)
	works "$@"
	[ "$(state)" = "$before" ]
}

@test "addbr --may-exist accepts an existing bridge, or adds one" {
	settled --may-exist addbr br0
	works addbr br2 --may-exist
	exists br2
	denies "device br0 already exists; can't create bridge with the same\
 name" addbr br0
}

@test "addbr --may-exist refuses a device that is not a bridge" {
	denies "device v0 already exists; can't create bridge with the same\
 name" --may-exist addbr v0
	denies 'brctl: cannot add bridge "averyveryverylongname": a device name'\
' has at most 15 bytes, this one has 21' \
		--may-exist addbr averyveryverylongname
}

@test "long alternative names are found" {
	ip link property add dev br1 altname bridge-of-the-office
	ip link property add dev v0 altname port-of-the-office
	settled --may-exist addbr bridge-of-the-office
	denies 'brctl: cannot add bridge "port-of-the-office": a device name'\
' has at most 15 bytes, this one has 18' --may-exist addbr port-of-the-office
	works delif br0 port-of-the-office
	works addif bridge-of-the-office port-of-the-office
	settled --may-exist addif bridge-of-the-office port-of-the-office
	settled --if-exists delif br0 no-port-of-this-name
	works --if-exists delif bridge-of-the-office port-of-the-office
	settled --if-exists delbr no-bridge-of-this-name
	works --if-exists delbr bridge-of-the-office
	missing br1
}

@test "delbr --if-exists accepts a missing bridge, or deletes one" {
	settled --if-exists delbr nope
	works --if-exists delbr br1
	missing br1
	denies "bridge br1 doesn't exist; can't delete it" delbr br1
}

@test "delbr --if-exists refuses what delbr refuses" {
	ip link set br1 up
	denies "bridge br1 is still up; can't delete it" --if-exists delbr br1
	denies "can't delete bridge v0: Operation not permitted
brctl: cannot delete bridge \"v0\": it is not a bridge" --if-exists delbr v0
}

@test "addif --may-exist accepts existing ports, and adds the others" {
	settled --may-exist addif br0 v0
	works --may-exist addif br0 v0 v1
	in_bridge br0 v0 v1
	denies "device v0 is already a member of a bridge; can't add it to\
 bridge br0." addif br0 v0
}

@test "addif --may-exist refuses a port of another bridge" {
	denies "device v0 is already a member of a bridge; can't add it to\
 bridge br1." --may-exist addif br1 v0
	denies "interface nope does not exist!" --may-exist addif br0 nope
	denies "bridge nope does not exist!" --may-exist addif nope v1
	denies "device br1 is a bridge device itself; can't add a bridge device\
 to a bridge device." --may-exist addif br0 br1
}

@test "delif --if-exists accepts missing ports, devices and bridges" {
	settled --if-exists delif br0 v1
	settled --if-exists delif br0 nope
	settled --if-exists delif nope v1
	works --if-exists delif br0 nope v0 v1
	in_bridge br0
	denies "device v0 is not a port of br0" delif br0 v0
}

@test "delif --if-exists refuses a port of another bridge" {
	denies "device v0 is not a port of br1" --if-exists delif br1 v0
}

# All commands that delete something behave like this.
@test "--if-exists accepts an entry of a missing port or bridge" {
	local words

	for words in "delmac:02:bb:00:00:00:01" "delgroup:239.1.1.1"; do
		settled --if-exists "${words%%:*}" br0 v0 "${words#*:}"
		settled --if-exists "${words%%:*}" br0 nope "${words#*:}"
		settled --if-exists "${words%%:*}" br0 v1 "${words#*:}"
		settled --if-exists "${words%%:*}" nope v0 "${words#*:}"
		settled --if-exists "${words%%:*}" nope nope "${words#*:}"
	done
	denies "brctl: cannot delete 02:bb:00:00:00:01 of \"v0\" of bridge\
 \"br1\": it is a port of another bridge" --if-exists delmac br1 v0 \
		02:bb:00:00:00:01
	denies "brctl: cannot delete \"v0\" of bridge \"br1\" from group\
 \"239.1.1.1\": it is a port of another bridge" --if-exists delgroup br1 v0 \
		239.1.1.1
}

# In a script, the name may come from a variable that is empty or wrong.
@test "--if-exists refuses invalid names, and changes nothing" {
	local long no name

	printf -v long 'a%0127d' 0
	for name in "" "$long"; do
		no="brctl: \"$name\" is not a name of a device: such a name has 1\
 to 127 bytes"
		denies "$no" --if-exists delbr "$name"
		denies "$no" --if-exists delif br0 "$name"
		denies "$no" --if-exists delif br0 v0 "$name"
		denies "$no" --if-exists delif "$name" v0
		denies "$no" --if-exists delmac br0 "$name" 02:bb:00:00:00:01
		denies "$no" --if-exists delmac "$name" v0 02:bb:00:00:00:01
		denies "$no" --if-exists delgroup br0 "$name" 239.1.1.1
		denies "$no" --if-exists delgroup "$name" v0 239.1.1.1
		denies "$no" --if-exists delvlan br0 "$name" 5
		denies "$no" --if-exists delvlan "$name" v0 5
	done
	denies "brctl: \"$long\" is not a name of a device: such a name has 1 to\
 127 bytes" --if-exists delgroup br0 "nope,$long" 239.1.1.1
	denies "interface  does not exist!" delif br0 ""
	settled --if-exists delbr "${long%0}"
	settled --if-exists delif br0 "${long%0}"
}

MAKES="addbr addif addmac addgroup addbridge addport"
REMOVES="delbr delif delvlan delmac delgroup delbridge delvni"

# commands: prints all commands, taken from the help.
commands()
{
	brctl --help | sed -n 's/^\t\([a-z]\{2,\}\).*/\1/p'
}

# knows_no OPTION COMMAND: checks that the command refuses the option. A
# command checks the number of arguments first, so several numbers are tried.
knows_no()
{
	local out want="brctl: $2: option $1 is not supported"

	# One of these is the right number of arguments.
	for out in "a" "a b" "a b c" "a b c d=1"; do
		# shellcheck disable=SC2086 # words
		run --separate-stderr brctl "$1" "$2" $out
		[ "$stderr" != "$want" ] || return 0
	done
	run --separate-stderr brctl "$1" "$2"
	[ "$stderr" = "$want" ]
}

@test "all other commands refuse the options and change nothing" {
	local command before tried=0

	before=$(state)
	for command in $(commands); do
		case " $MAKES " in
		*" $command "*) ;;
		*) knows_no --may-exist "$command" ;;
		esac
		case " $REMOVES " in
		*" $command "*) ;;
		*) knows_no --if-exists "$command" ;;
		esac
		tried=$((tried + 1))
	done
	[ $tried -ge 50 ]
	[ "$(state)" = "$before" ]
}

@test "commands that support one of the options refuse the other" {
	local command

	for command in $MAKES; do
		knows_no --if-exists "$command"
	done
	for command in $REMOVES; do
		knows_no --may-exist "$command"
	done
}
