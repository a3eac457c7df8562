# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Functions for the hooks of bridges: read the stanzas of other interfaces, and
# make ports members of their VLANs.

bridge_options="PORTS ACCESS AGEING ALLOW_UNTAGGED BRIDGEPRIO FD GCINT HELLO HW \
MAXAGE MAXWAIT PATHCOST PORTPRIO PVID STP VIDS VLAN_AWARE WAITPORT"

# say_for INTERFACE MESSAGE...
say_for()
{
	speaker=$IFACE
	IFACE=$1
	shift
	say "$@"
	IFACE=$speaker
}

# --- stanzas ----------------------------------------------------------------

# Sets $stanza to an argument for ifquery: INTERFACE, or INTERFACE=STANZA if a
# mapping or the command line of ifup chose a stanza with another name.  Then
# ifquery does not run the mapping again.  For the interface that ifup is
# bringing up, only $LOGICAL has this name.
find_stanza()
{
	if [ "$1" = "$coming" ] && [ -n "${LOGICAL:-}" ]; then
		stanza=$LOGICAL
	else
		stanza=$(ifquery --state -- "$1" 2> /dev/null)
		stanza=${stanza#*=}
	fi
	stanza=$1${stanza:+=$stanza}
}
coming=$IFACE

# for_stanza INTERFACE FUNCTION: calls FUNCTION OPTION VALUE for each option in
# the interface's stanza, with underscores in its name.  Fails if there is no
# stanza.  If an option is repeated, ifquery prints its further values on lines
# without a name.
for_stanza()
{
	find_stanza "$1"
	stanza=$(ifquery -- "$stanza" 2> /dev/null) || return 1
	key=
	while IFS= read -r line; do
		case $line in
		*": "*) key=${line%%: *} ;;
		esac
		value=${line#"$key: "}
		option=$key
		while [ "$option" != "${option#*-}" ]; do
			option=${option%%-*}_${option#*-}
		done
		"$2" "$option" "$value"
	done <<-END
	$stanza
	END
}

# any_stanza DEVICE FUNCTION: the same for a device whose stanza may be under an
# alternative name.  Sets $stanza_name to the name of the stanza.
any_stanza()
{
	stanza_name=$1
	! for_stanza "$1" "$2" || return 0
	for stanza_name in $(altnames "$1"); do
		! for_stanza "$stanza_name" "$2" || return 0
	done
	stanza_name=$1
	return 1
}

bridge_option()
{
	case $1 in
	bridge_ports) IF_BRIDGE_PORTS="${IF_BRIDGE_PORTS:-} $2" ;;
	bridge_pathcost) IF_BRIDGE_PATHCOST="${IF_BRIDGE_PATHCOST:-} $2" ;;
	bridge_portprio) IF_BRIDGE_PORTPRIO="${IF_BRIDGE_PORTPRIO:-} $2" ;;
	bridge_vids) IF_BRIDGE_VIDS="${IF_BRIDGE_VIDS:-} $2" ;;
	bridge_pvid) IF_BRIDGE_PVID=$2 ;;
	bridge_allow_untagged) IF_BRIDGE_ALLOW_UNTAGGED=$2 ;;
	mtu) IF_MTU=$2 ;;
	esac
}

# Reads the stanza of $IFACE into the variables that ifup would set for a hook.
# Fails if there is none.
read_stanza()
{
	unset IF_BRIDGE_PORTS IF_BRIDGE_PATHCOST IF_BRIDGE_PORTPRIO \
		IF_BRIDGE_VIDS IF_BRIDGE_PVID IF_BRIDGE_ALLOW_UNTAGGED IF_MTU
	any_stanza "$IFACE" bridge_option
}

# --- VLANs of ports ---------------------------------------------------------

# is_vids WORD: whether it is a VLAN id or a range of them.  Sets $range to it,
# without leading zeros.
is_vids()
{
	in_range "${1%%-*}" 1 4094 || return 1
	range=$number
	case $1 in
	*-*) ;;
	*) return 0 ;;
	esac
	in_range "${1#*-}" "$range" 4094 || return 1
	range=$range-$number
}

# check_vids INTERFACE VIDS: sets $vids to the words that are VLANs, and reports
# the others.
check_vids()
{
	vids=
	words=$IFS
	IFS=" ,	$newline"
	for word in $2; do
		if is_vids "$word"; then
			vids="$vids $range"
		else
			say_for "$1" "bridge_vids $word: not a VLAN id from 1" \
				"to 4094, and not a range such as 20-29"
		fi
	done
	IFS=$words
}

# check_pvid INTERFACE OPTION VALUE LOWEST: sets $pvid to the number, or to
# nothing.
check_pvid()
{
	pvid=
	[ -n "$3" ] || return 0
	if in_range "$3" "$4" 4094; then
		pvid=$number
	else
		say_for "$1" "$2 $3: not a number from $4 to 4094"
	fi
}

# check_untagged INTERFACE VALUE: without untagged frames there is no PVID.  Sets
# $pvid to 0 then.
check_untagged()
{
	if is_no "$2"; then
		pvid=0
	elif [ -n "$2" ] && ! is_yes "$2"; then
		say_for "$1" "bridge_allow_untagged $2: neither yes nor no"
	fi
}

# Reads the VLANs that the bridge's stanza has for all ports: sets $bridge_vids,
# $bridge_pvid, and $default_pvid, which is 0 if untagged frames are not allowed.
read_bridge_vlans()
{
	check_vids "$IFACE" "${IF_BRIDGE_VIDS:-}"
	bridge_vids=$vids
	check_pvid "$IFACE" bridge_pvid "${IF_BRIDGE_PVID:-}" 0
	bridge_pvid=${pvid:-1}
	check_untagged "$IFACE" "${IF_BRIDGE_ALLOW_UNTAGGED:-}"
	default_pvid=${pvid:-1}
}

port_stanza_option()
{
	case $1 in
	bridge_access) port_access=$2 ;;
	bridge_vids) port_vids="$port_vids $2" ;;
	bridge_pvid) port_pvid=$2 ;;
	bridge_allow_untagged) port_untagged=$2 ;;
	bridge_*)
		option=$(printf '%s\n' "${1#bridge_}" |
			tr '[:lower:]' '[:upper:]')
		case " $bridge_options " in
		*" $option "*) ;;
		*) say_for "$stanza_name" "no such option: $1" ;;
		esac
		;;
	esac
}

# read_port_stanza PORT: reads its stanza.  Sets $port_stanza to its name.
read_port_stanza()
{
	port_access=
	port_vids=
	port_pvid=
	port_untagged=
	any_stanza "$1" port_stanza_option
	port_stanza=$stanza_name
}

# Sets $vids and $pvid to the VLANs of a port: from the port's own stanza, and
# from the bridge's stanza where the port's stanza has no value.
read_port_vlans()
{
	read_port_stanza "$1"
	check_vids "$port_stanza" "$port_vids"
	[ -n "$vids" ] || vids=$bridge_vids
	check_pvid "$port_stanza" bridge_access "$port_access" 1
	if [ -n "$pvid" ]; then
		vids=
		return 0
	fi
	check_pvid "$port_stanza" bridge_pvid "$port_pvid" 0
	check_untagged "$port_stanza" "$port_untagged"
	[ -n "$pvid" ] || ! is_yes "$port_untagged" || pvid=$bridge_pvid
	pvid=${pvid:-$default_pvid}
}

# add_vids PORT VIDS...: adds all VLANs with one command.  If that fails, adds
# them one by one, and brctl reports the one that is refused.
add_vids()
{
	port=$1
	shift
	[ $# -gt 0 ] || return 0
	list=$(IFS=,; printf '%s\n' "$*")
	! brctl addvlan -- "$bridge" "$port" "$list" 2> /dev/null || return 0
	for word in "$@"; do
		brctl addvlan -- "$bridge" "$port" "$word"
	done
}

# port_vlans PORT: makes the port a member of its VLANs, and of no others.
port_vlans()
{
	read_port_vlans "$1"
	brctl --if-exists delvlan -- "$bridge" "$1" 1-4094
	# shellcheck disable=SC2086 # words
	add_vids "$1" $vids
	[ "$pvid" = 0 ] ||
		brctl addvlan -- "$bridge" "$1" "$pvid" pvid untagged
}

# vlans_of_ports PORT...: the same for all, if the bridge filters VLANs.
vlans_of_ports()
{
	read_link "$bridge" && filters || return 0
	for member_port in "$@"; do
		port_vlans "$member_port"
	done
}
