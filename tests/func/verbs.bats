#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The commands of other versions of brctl: what each sets, and what it refuses.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	ip link add br0 type bridge
	pair v0 w0
	brctl addif br0 v0
}

# From brctl-classic.md: command, file in sysfs, and two words with the values
# of the file after them.
bridge_verbs()
{
	cat <<-'END'
	setageingtime ageing_time 1.5=150 300=30000
	setmcsnoop multicast_snooping off=0 on=1
	setmcrouter multicast_router 2=2 0=0
	setmcquerier multicast_querier on=1 off=0
	setmcqifaddr multicast_query_use_ifaddr yes=1 no=0
	sethashel hash_elasticity 16=16 0x10=16
	sethashmax hash_max 512=512 1024=1024
	setmclmc multicast_last_member_count 7=7 2=2
	setmcsqc multicast_startup_query_count 9=9 2=2
	setmclmi multicast_last_member_interval 2.52=252 1=100
	setmcmi multicast_membership_interval 100=10000 260=26000
	setmcqpi multicast_querier_interval 1e2=10000 255=25500
	setmcqi multicast_query_interval 60=6000 125=12500
	setmcqri multicast_query_response_interval 5.2=520 10=1000
	setmcsqi multicast_startup_query_interval 20=2000 30=3000
	END
}

@test "each command sets its option" {
	local verb file pair pairs

	while read -r verb file pairs; do
		for pair in $pairs; do
			works "$verb" br0 "${pair%=*}"
			is "br0/bridge/$file" "${pair#*=}"
		done
	done < <(bridge_verbs)
}

@test "setportmcrouter and setportmcfl set a port" {
	works setportmcrouter br0 v0 2
	is v0/brport/multicast_router 2
	works setportmcrouter br0 v0 0
	is v0/brport/multicast_router 0
	works setportmcfl br0 v0 on
	is v0/brport/multicast_fast_leave 1
	works setportmcfl br0 v0 0
	is v0/brport/multicast_fast_leave 0
}

# wrong_words FILE: prints what the option of this file accepts.
wrong_words()
{
	case $1 in
	multicast_snooping|multicast_querier|multicast_query_use_ifaddr)
		echo "it takes on or off"
		;;
	*_interval)
		echo "it takes seconds"
		;;
	*)
		echo "it takes a whole number"
		;;
	esac
}

@test "each command refuses invalid values, and nothing changes" {
	local verb file pairs before

	before=$(state)
	while read -r verb file pairs; do
		if [ "$verb" = setageingtime ]; then
			refuses "bad ageing time value" "$verb" br0 4x
		else
			refuses "brctl: \"4x\" is not a value of $file:\
 $(wrong_words "$file")" "$verb" br0 4x
		fi
	done < <(bridge_verbs)
	refuses 'brctl: "4x" is not a value of multicast_router: it takes a whole'\
' number' setportmcrouter br0 v0 4x
	refuses 'brctl: "4x" is not a value of multicast_fast_leave: it takes on or'\
' off' setportmcfl br0 v0 4x
	[ "$(state)" = "$before" ]
}

@test "each command refuses a missing bridge and a wrong number of arguments" {
	local verb pairs

	while read -r verb _ pairs; do
		run -1 --separate-stderr brctl "$verb" nope "${pairs##*=}"
		[[ $stderr = *"No such device"* ]]
		run -1 --separate-stderr brctl "$verb" br0
		[ "${lines[0]}" = "Incorrect number of arguments for command" ]
		run -1 --separate-stderr brctl "$verb" br0 1 1
		[ "${lines[0]}" = "Incorrect number of arguments for command" ]
		[[ ${lines[1]} = "Usage: brctl $verb <bridge> "* ]]
	done < <(bridge_verbs | sed 's/=[0-9]*$//; s/ \([^ =]*\)$/ =\1/')
}

@test "a value out of range is refused, and the range is named" {
	local bridge='brctl: cannot set'

	denies "$bridge multicast_router of bridge \"br0\": Invalid argument;\
 multicast_router ranges from 0 to 2" setmcrouter br0 3
	denies "$bridge multicast_query_interval of bridge \"br0\": Numerical\
 result out of range; multicast_query_interval ranges from 1.00 to 86400.00 s" \
		setmcqi br0 0.5
	denies 'brctl: "-1" is not a value of hash_max: Numerical result out of'\
' range; hash_max ranges from 0 to 4294967295' sethashmax br0 -1
	denies "$bridge multicast_router of port \"v0\" of bridge \"br0\":\
 Invalid argument; multicast_router ranges from 0 to 3" setportmcrouter br0 v0 4
	denies "set ageing time failed: Numerical result out of range
brctl: \"-1\" is not a value of ageing_time: Numerical result out of range;\
 ageing_time ranges from 0.00 to 42949672.95 s" setageingtime br0 -1
}

@test "a port of another bridge, and a device that is not a port, are refused" {
	ip link add br1 type bridge
	denies 'brctl: cannot set multicast_fast_leave of port "v0" of bridge'\
' "br1": it is a port of another bridge' setportmcfl br1 v0 on
	denies 'brctl: cannot set multicast_router of port "w0" of bridge "br0":'\
' it is not a port' setportmcrouter br0 w0 2
}

@test "setgcint, which ifupdown calls, does nothing and says so" {
	local before
	local says="brctl: setgcint does nothing: the kernel cleans up by itself"

	before=$(state)
	gives 0 "" "$says" setgcint br0 4
	gives 0 "" "$says" setgcint nope x
	[ "$(state)" = "$before" ]
	gives 1 "Incorrect number of arguments for command
Usage: brctl setgcint <bridge> <time>		does nothing; for old scripts" "" \
		setgcint br0
}

@test "commands that need a vendor's kernel are unknown" {
	local verb

	for verb in setmcqv4src delmcqv4src showmcqv4src; do
		run -1 --separate-stderr brctl "$verb" br0 1
		[ "${stderr_lines[0]}" = \
			"never heard of command [$verb]" ]
	done
}

@test "without CAP_NET_ADMIN no option is set" {
	local verb pairs before

	before=$(state)
	while read -r verb _ pairs; do
		run -1 poor "$verb" br0 "${pairs%%=*}"
		grep -q "CAP_NET_ADMIN" "$BATS_TEST_TMPDIR/err"
	done < <(bridge_verbs)
	run -1 poor setportmcfl br0 v0 on
	[ "$(state)" = "$before" ]
}
