#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# batch: runs many commands in one process, and refuses invalid lines.
#
# environment: ns

load ../common.bash
load exact.bash

FILE=$BATS_TEST_TMPDIR/lines

# lines TEXT: writes the file; TEXT is a printf format.
lines()
{
	# shellcheck disable=SC2059 # it is a format
	printf -- "$1" > "$FILE"
}

# stops_at NUMBER COMMAND STDERR: checks that the batch fails at this line of
# the file, and that the error names it.
stops_at()
{
	gives 1 "" "$3
brctl: $FILE:$1: $2" batch "$FILE"
}

@test "a command may begin with the name of the program" {
	pair v0 w0
	lines '# a bridge\n\naddbr br0\nbrctl addif br0 v0 # its port\n\tlink br0 up\n'
	works batch "$FILE"
	exists br0/brif/v0
	[ "$(ip -o link show br0 up)" ]
}

@test "without a file name, or with -, the commands come from stdin" {
	printf 'addbr br0\naddbr br1' > "$FILE"
	works batch < "$FILE"
	exists br1/bridge
	printf 'delbr br0\ndelbr br1' > "$FILE"
	works batch - < "$FILE"
	missing br1
}

@test "errors in lines of stdin name the file -" {
	lines 'addbr br0\ndelbr br7\n'
	gives 1 "" "bridge br7 doesn't exist; can't delete it
brctl: -:2: delbr br7" batch < "$FILE"
}

@test "empty files, empty lines and comments are allowed" {
	: > "$FILE"
	works batch "$FILE"
	works batch /dev/null
	lines '\n  \n#\n # x\n\t\n'
	works batch "$FILE"
}

@test "output is printed in the order of the commands" {
	lines 'addbr br0\nlink br0\nlink br0 mtu 1400\nlink br0\nget br0 stp_state\n'
	brctl batch "$FILE" > "$BATS_TEST_TMPDIR/shown"
	sed -i 's/ address .*//' "$BATS_TEST_TMPDIR/shown"
	diff "$BATS_TEST_TMPDIR/shown" - <<-'END'
	br0 down mtu 1500
	br0 down mtu 1400
	stp_state=0
	END
}

@test "the output of a command arrives before the next command is written" {
	local answer mtu pid

	coproc BATCH { exec "$BRCTL" batch; }
	pid=$BATCH_PID
	echo addbr br0 >&"${BATCH[1]}"
	for mtu in 1400 1300; do
		echo link br0 mtu $mtu >&"${BATCH[1]}"
		echo link br0 >&"${BATCH[1]}"
		read -r -t 10 answer <&"${BATCH[0]}"
		[[ $answer = "br0 down mtu $mtu address "* ]]
	done
	eval "exec ${BATCH[1]}>&-"
	wait "$pid"
}

@test "the batch stops at the first error" {
	lines 'addbr br0\naddbr br0\naddbr br1\n'
	stops_at 2 "addbr br0" \
		"device br0 already exists; can't create bridge with the same name"
	exists br0
	missing br1
}

@test "--keep-going runs all lines and returns 1 if one failed" {
	lines 'addbr br0\naddbr br0\naddbr br1\nfrob\naddbr br2\n'
	gives 1 "" "device br0 already exists; can't create bridge with the same name
brctl: $FILE:2: addbr br0
never heard of command [frob]
brctl: for help: brctl help
brctl: $FILE:4: frob" --keep-going batch "$FILE"
	exists br2
}

@test "options apply only to their own line" {
	needs json
	lines 'addbr br0\n--may-exist addbr br0\naddbr --may-exist br0\naddbr br0\n'
	stops_at 4 "addbr br0" \
		"device br0 already exists; can't create bridge with the same name"
	lines '--dry-run addbr br1\n--if-exists delbr br7\n-j link br1\nlink br0\naddbr br1\n'
	gives 1 "dry run: addbr br1" "brctl: cannot read device \"br1\": No such device
brctl: $FILE:3: -j link br1" batch "$FILE"
	missing br1
}

@test "JSON and text output of several lines" {
	needs json
	lines 'addbr br0\n-j get br0 stp_state\nget br0 stp_state\n-j options nope\n-j get br0 stp_state\n'
	run -1 --separate-stderr brctl --keep-going batch "$FILE"
	[ "${#lines[@]}" -eq 3 ]
	[ "${lines[0]}" = "${lines[2]}" ]
	[ "${lines[1]}" = stp_state=0 ]
}

@test "a warning names its line and does not stop the batch" {
	lines 'addbr br0 br1\naddbr br2\n'
	gives 0 "" "brctl: ignored: \"br1\"
brctl: $FILE:1: addbr br0 br1" batch "$FILE"
	exists br2
}

@test "wrong arguments are reported on stderr, without the usage" {
	local row words why

	while IFS='|' read -r words why; do
		lines "addbr br0\n$words\naddbr br1\n"
		gives 1 "" "$why
brctl: $FILE:2: $words" batch "$FILE" || return 1
		missing br1
		"$BRCTL" delbr br0
	done <<-'END'
	brctl|brctl: a command is missing
	addbr|brctl: usage: brctl addbr <bridge>
	stp br0|brctl: usage: brctl stp <bridge> {on|off}
	set br0|brctl: usage: brctl set <bridges> <option>=<value> ...
	get --may-exist br0|brctl: get: option --may-exist is not supported
	--test addbr br2|brctl: addbr: option --test is not supported
	batch x|brctl: "batch" cannot be in a batch
	watch|brctl: "watch" cannot be in a batch
	brctl batch|brctl: "batch" cannot be in a batch
	vconfig batch|vconfig: "batch" cannot be in a batch
	--help|brctl: "--help" cannot be in a batch
	-V|brctl: "-V" cannot be in a batch
	vconfig --version|vconfig: "--version" cannot be in a batch
	vconfig add|vconfig: usage: vconfig add PARENT VID[-VID][,...] [protocol 802.1q|802.1ad] [name NAME]
	vconfig|vconfig: a command is missing
	vconfig frob|Unknown command -:frob:-
	-n other addbr br2|brctl: a batch has one network namespace, which --netns before the word batch names
	vconfig -n other rem x|vconfig: a batch has one network namespace, which --netns before the word batch names
	addbr 'br2|brctl: a quote has no end: '
	addbr "br2|brctl: a quote has no end: "
	addbr br2; delbr br0|brctl: ; means something to a shell, and must be quoted
	addbr $br|brctl: $ means something to a shell, and must be quoted
	END
	lines 'addbr br0\\\n'
	stops_at 1 'addbr br0\' 'brctl: nothing follows the last \'
	lines 'addbr br0\naddbr --complete\n'
	stops_at 2 'addbr --complete' "brctl: unrecognized option '--complete'
Unknown option '?'"
}

@test "an empty command name is refused" {
	local words

	for words in "'' br0" "\"\"''"; do
		lines "$words\n"
		stops_at 1 "$words" "never heard of command []
brctl: for help: brctl help"
	done
}

@test "--resolve uses the namespace of the batch; with --test it does nothing" {
	lines '--resolve lo\n'
	gives 0 lo "" batch "$FILE"
	lines '-n other --resolve lo\n'
	stops_at 1 "-n other --resolve lo" "brctl: a batch has one network\
 namespace, which --netns before the word batch names"
	lines 'addbr br7\n--resolve br7\n'
	gives 0 "" "" --test batch "$FILE"
}

@test "a misspelt command gets a suggestion" {
	lines 'adbr br0\n'
	stops_at 1 "adbr br0" "never heard of command [adbr]
brctl: did you mean addbr?"
}

@test "quoted names are accepted" {
	lines "addbr 'br;0'\naddbr \"br 1\"\naddbr br\\\\\$2\n"
	gives 1 "" "add bridge failed: Invalid argument
brctl: cannot add bridge \"br 1\": a device name is not empty, \".\" or \"..\",\
 and has no blanks and none of \"/\", \":\" and \"%\"
brctl: $FILE:2: addbr \"br 1\"" --keep-going batch "$FILE"
	exists 'br;0'
	exists 'br$2'
}

@test "lines with NUL or CR LF are refused" {
	needs json
	lines 'addbr br0\0x\naddbr br1\n'
	stops_at 1 'addbr br0x' 'brctl: a line must not have a NUL byte'
	lines 'addbr br0\r\naddbr br1\r\n'
	stops_at 1 'addbr br0\015' 'brctl: a line must not end with CR LF'
	lines "'\\377\\033[m'\\n"
	stops_at 1 "'\\377\\033[m'" 'never heard of command [\377\033[m]
brctl: for help: brctl help'
	[ "$(ip -o link show | wc -l)" -eq 1 ]
}

@test "a line of 65535 bytes is read, and a longer one is not" {
	printf 'addbr br0 #%65524s\naddbr br1\n' "" > "$FILE"
	works batch "$FILE"
	exists br1
	printf 'addbr br2 #%65525s\naddbr br3\n' "" > "$FILE"
	run -1 brctl --keep-going batch "$FILE"
	[ "${lines[0]}" = "brctl: a line has at most 65535 bytes" ]
	[[ ${lines[1]} = "brctl: $FILE:1: addbr br2 # "* ]]
	missing br2
	exists br3
}

@test "files that cannot be read" {
	refuses "brctl: cannot open \"$FILE\": No such file or directory" \
		batch "$FILE"
	refuses "brctl: cannot read \"$BATS_TEST_TMPDIR\": Is a directory" \
		batch "$BATS_TEST_TMPDIR"
	refuses 'brctl: cannot read "-": Bad file descriptor' batch <&-
	refuses 'brctl: cannot open "": No such file or directory' batch ""
}

@test "reading 100 MB needs little memory" {
	! grep -q __asan_init "$BRCTL" || skip "needs a build without sanitizers"
	yes '# a comment that is as long as a line of commands, or longer' |
		head -c 100M > "$FILE"
	printf '\naddbr br0\n' >> "$FILE"
	(ulimit -v 100000 && exec "$BRCTL" batch "$FILE")
	exists br0
}

@test "a full disk at stdout stops the batch" {
	lines 'addbr br0\nget br0 stp_state\naddbr br1\n'
	run -1 --separate-stderr bash -c \
		'exec "$0" --keep-going batch "$1" > /dev/full' "$BRCTL" "$FILE"
	[ "$stderr" = "brctl: write error: No space left on device
brctl: $FILE:2: get br0 stp_state" ]
	missing br1
}

@test "a closed pipe at stdout stops the batch and is reported" {
	lines 'addbr br0\nget br0 stp_state\naddbr br1\n'
	trap '' PIPE
	exec 5> >(exec true)
	wait $!
	run -1 --separate-stderr bash -c '"$0" batch "$1" >&5' "$BRCTL" "$FILE"
	[ "$stderr" = "brctl: write error: Broken pipe
brctl: $FILE:2: get br0 stp_state" ]
	missing br1
}

@test "--test checks arguments and values and changes nothing" {
	local before

	before=$(state)
	cat > "$FILE" <<-'END'
	addbr br0
	addif br0 v0 v1
	set br0 stp_state=1 ageing_time=60
	set br0 stp_state
	setport br0 v0 backup_port=v1 path_cost=7
	setport br0 v0 nope=1
	setfd br0 4
	setfd br0 soon
	setpathcost br0 v0 x
	stp br0 maybe
	link br0 up mtu 9000
	link br0 mtu many
	addvlan br0 v0 10-20 pvid
	addvlan br0 v0,v1 20-10
	delvlan br0 v0 10 tunnels
	setvlan br0 v0 10 state=nope
	addmac br0 v0 02:00:00:00:00:07 vlan 5
	addmac br0 v0 02:00:00:00:00
	delmac br0 v0 02:00:00:00:00:07 vlan 5000
	flush br0 sticky nosticky
	addgroup br0 v0 239.1.2.3
	addgroup br0 v0 239.1.2.3 vlan
	delgroup br0 v0 239.1.2.3 nope
	setnf call-iptables maybe
	options nope
	show br0
	addbr
	vconfig add v0 5-7
	vconfig add v0 7-5
	vconfig set_flag v0 x
	vconfig set_egress_map v0 1 9
	vconfig set_ingress_map v0 1 1
	vconfig set_name_type NOPE
	vconfig rem v0.5
	END
	run -1 brctl --test batch "$FILE"
	[ "$(printf '%s\n' "${lines[@]}" |
		sed -n "s|^brctl: $FILE:\([0-9]*\): .*|\1|p" | tr '\n' ' ')" = \
		"4 6 8 9 10 12 14 15 16 18 19 20 22 23 24 25 27 29 30 31 33 " ]
	[ "$(state)" = "$before" ]
	lines 'addbr br0\nset br0 stp_state=1\ndelbr br0\nshow\noptions port\n'
	works --test batch "$FILE"
	missing br0
}

@test "--test refuses values that no bridge, port or device accepts" {
	local words why

	while IFS='|' read -r words why; do
		lines "$words\n"
		gives 1 "" "$why
brctl: $FILE:1: $words" --test batch "$FILE" || return 1
	done <<-'END'
	addbr abcdefghijklmnop|brctl: cannot add bridge "abcdefghijklmnop": a device name has at most 15 bytes, this one has 16
	addgroup br0 v0 10.1.1.1|brctl: cannot add "v0" of bridge "br0" to group "10.1.1.1": 10.1.1.1 is not the address of a group
	addgroup br0 v0 239.1.1.1 source 239.1.1.2|brctl: cannot add "v0" of bridge "br0" to group "239.1.1.1": 239.1.1.2 is the address of a group itself
	delgroup br0 v0 nope|brctl: cannot delete "v0" of bridge "br0" from group "nope": "nope" is not an address of IPv4, IPv6 or Ethernet
	delgroup br0 v0 239.1.1.1 source ff::1|brctl: cannot delete "v0" of bridge "br0" from group "239.1.1.1": "ff::1" is not a source of such a group
	addgroup br0 v0 239.1.1.1 sources 10.0.0.1 filter in|brctl: "in" is not a filter mode: it is include or exclude
	getgroup br0 10.0.0.1|brctl: cannot read group "10.0.0.1" of bridge "br0": 10.0.0.1 is not the address of a group
	flushgroups br0 proto nope|brctl: "nope" is not a protocol: it is a name such as bird, or a number from 1 to 255
	setmst br0 v0 0 blocking|brctl: "0" is not an MST instance: they range from 1 to 4094
	get br0 nope|brctl: "nope": unknown option
	getport br0 v0 nope|brctl: "nope": unknown option
	getvlan br0 v0 5 nope|brctl: "nope": unknown option
	getvlan br0 v0 5000 state|brctl: "5000" is out of range: VLAN ids range from 1 to 4094
	trace br0 in v0 dst host inner x|brctl: "x" is not a VLAN id from 1 to 4094
	trace br0 in v0 src 01:00:5e:00:00:01 dst 02:00:00:00:00:01|brctl: cannot trace a frame through bridge "br0": the source is a multicast address, which no device sends from
	showmacs --long br0 port v0 vlan 5000|brctl: "5000" is not a VLAN id: they range from 1 to 4094
	addmac br0 v0 01:00:5e:00:00:01|brctl: cannot add 01:00:5e:00:00:01 to "v0" of bridge "br0": this is the address of a multicast group, not of a station
	delmac br0 v0 00:00:00:00:00:00|brctl: cannot delete 00:00:00:00:00:00 of "v0" of bridge "br0": this is not the address of a station
	link v0 address 01:00:5e:00:00:01|brctl: cannot set the MAC address of "v0": the address of a device is neither a multicast address nor zero
	set br0 stp_state=1 ageing_time=5 stp_state=0|brctl: "stp_state" is given twice
	set br0 root_port=1|brctl: root_port can only be read
	setport br0 v0 backup_port=v1 backup_port=v2|brctl: "backup_port" is given twice
	setvlan br0 v0 5 state=blocking state=learning|brctl: "state" is given twice
	vconfig add v0 5 name abcdefghijklmnop|vconfig: cannot add VLAN to "v0": a device name has at most 15 bytes, this one has 16
	END
	lines 'addbr default\nvconfig add v0 5-6 name x\n'
	gives 1 "" "add bridge failed: Invalid argument
brctl: cannot add bridge \"default\": the kernel reserves the names \"all\"\
 and \"default\"
brctl: $FILE:1: addbr default
ERROR: trying to add VLAN #5-6 to IF -:v0:-  error: Invalid argument
vconfig: cannot add VLAN to \"v0\": several VLAN devices cannot have the same name
brctl: $FILE:2: vconfig add v0 5-6 name x" --test batch "$FILE"
}

@test "--test accepts objects that earlier lines may create" {
	lines 'addbr lo
--may-exist addbr bridge-of-the-office
addgroup br0 v0 239.1.1.1 source 10.1.1.1 vlan 5 temporary
delgroup br0 v0,v1 ff02::1234
addmac br0 br0 02:00:00:00:00:07
delmac br0 v0 02:00:00:00:00:07 vlan 7
link v0 up address 02:00:00:00:00:08
get br0 stp_state
getport br0 isolated
getport br0 port-of-the-office isolated
getvlan br0 br0 5 mcast_snooping
trace br0 in v0 dst 02:00:00:00:00:01
showmacs --long br0 port v0 learned
setport br0 v0,v1 backup_port=v2 isolated=on
vconfig add v0 5 name office\n'
	works --test batch "$FILE"
}

@test "options of other commands are refused" {
	refuses "brctl: batch: option --dry-run is not supported" --dry-run batch /dev/null
	refuses "brctl: batch: option --json is not supported" -j batch /dev/null
	refuses "brctl: addbr: option --keep-going is not supported" --keep-going addbr br0
}

@test "a batch runs in another network namespace" {
	ip netns add other 2> /dev/null || skip "needs ip netns"
	lines 'addbr br0\nlink br0 up\n'
	works -n other batch "$FILE"
	missing br0
	ip netns exec other ip -o link show br0 up | grep -q br0
	ip netns del other
}

# The line number is cleared before a command's message.
@test "on a terminal, a long batch shows the current line number" {
	local after before fifo=$BATS_TEST_TMPDIR/fifo to writer

	: | script -qec true /dev/null > "$FILE" || skip "needs script"
	mkfifo "$fifo"
	coproc TERMINAL {
		exec script -qefc "exec '$BRCTL' batch '$fifo'" /dev/null
	}
	exec {to}> "$fifo"
	while echo link lo up; do :; done >&"$to" &
	writer=$!
	IFS= read -r -t 60 -d $'\r' before <&"${TERMINAL[0]}"
	kill "$writer"
	wait "$writer" || :
	echo delbr br7 >&"$to"
	exec {to}>&-
	IFS= read -r -t 60 -d '' after <&"${TERMINAL[0]}" || :
	[[ $before =~ ^"brctl: line "[0-9]*$ ]]
	[[ $after =~ $'\r'\ +$'\r'"bridge br7 doesn't exist; can't delete it" ]]
}
