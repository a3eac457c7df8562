# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Functions for the hooks of bridges: find the devices in bridge_ports, and make
# them ports of the bridge $IFACE.

# shellcheck source=ifupdown/ifupdown.sh
. /usr/share/vbridge/ifupdown.sh

# The file is that of bridge-utils.  Only hooks of bridges read it: a syntax
# error in the file ends the shell, and must not affect other interfaces.
read_settings()
{
	BRIDGE_DISABLE_LINKLOCAL_IPV6_ALSO_PHYS=yes
	BRIDGE_HOTPLUG=no
	[ -r /etc/default/bridge-utils ] || return 0
	# shellcheck source=/dev/null
	. /etc/default/bridge-utils
}

is_yes()
{
	case $1 in
	yes|on|true|1) ;;
	*) return 1 ;;
	esac
}

# --- bridge_ports -----------------------------------------------------------

# Sets $devices to the devices that may become ports.
list_devices()
{
	devices=
	set +f
	for path in /sys/class/net/*; do
		name=${path##*/}
		if [ "$name" != lo ] && [ -d "$path" ] &&
		   [ ! -d "$path/bridge" ]; then
			devices="$devices $name"
		fi
	done
	set -f
}

want_name()
{
	case " $ports " in
	*" $1 "*) ;;
	*) ports="$ports $1" ;;
	esac
}

# The expression must match a whole name.
want_regex()
{
	# shellcheck disable=SC2086 # words
	found=$(printf '%s\n' $devices | grep -E -x -e "$1")
	[ -n "$found" ] || say "bridge_ports: no device matches $1"
	for name in $found; do
		want_name "$name"
	done
}

# Network cards, by the names that the kernel, biosdevname and udev give them.
want_all()
{
	for pattern in 'eth*' 'em*' 'en*' 'p[0-9]*'; do
		for name in $devices; do
			# shellcheck disable=SC2254 # a pattern
			case $name in
			$pattern) want_name "$name" ;;
			esac
		done
	done
}

# Sets $ports to the devices in bridge_ports, including those that do not exist.
expand_ports()
{
	ports=
	kind=name
	list_devices
	for word in $IF_BRIDGE_PORTS; do
		case $word in
		none) ;;
		regex) kind=regex ;;
		noregex) kind=name ;;
		all)
			want_all
			kind=name
			;;
		*) want_$kind "$word" ;;
		esac
	done
}

is_port()
{
	[ -d "/sys/class/net/$IFACE/brif/$1" ]
}

# --- becoming a port --------------------------------------------------------

# The addresses belong to the bridge, not to its ports.
no_link_local()
{
	mode=/proc/sys/net/ipv6/conf/$1/addr_gen_mode
	[ ! -e "$mode" ] || { echo 1 > "$mode"; } 2> /dev/null ||
		ip link set dev "$1" addrgenmode none
}

# Creates a port that is a VLAN device, if its parent exists.
make_port()
{
	if ! split_vlan "$1" || ! exists "$parent"; then
		say "bridge_ports: there is no $1"
		return 1
	fi
	! is_yes "$BRIDGE_DISABLE_LINKLOCAL_IPV6_ALSO_PHYS" ||
		no_link_local "$parent"
	add_vlan "$1" || return 1
	made_vlans="$made_vlans $1"
}

# remove_made PORT...: removes those ports that make_port has created.
remove_made()
{
	for name in "$@"; do
		case " $made_vlans " in
		*" $name "*) vconfig --if-exists rem "$name" > /dev/null ;;
		esac
	done
}

# join PORT: makes PORT a port of the bridge, and reports errors.  Adds it to
# $joined, and to $added if it was not a port of this bridge before.
join()
{
	exists "$1" || make_port "$1" || return 1
	is_port "$1" || added="$added $1"
	if ! brctl --may-exist addif "$IFACE" "$1"; then
		added=${added%" $1"}
		remove_made "$1"
		return 1
	fi
	joined="$joined $1"
	no_link_local "$1"
	[ -z "${IF_MTU:-}" ] || ip link set dev "$1" mtu "$IF_MTU"
	ip link set dev "$1" up
}
made_vlans=
joined=
added=

# leave PORT: undoes join.
leave()
{
	ip link set dev "$1" down
	brctl --if-exists delif "$IFACE" "$1"
}

# port_option OPTION PORT VALUE...: sets the option on each of these ports that
# has joined.
port_option()
{
	option=$1
	shift
	while [ $# -ge 2 ]; do
		case " $joined " in
		*" $1 "*) brctl setport "$IFACE" "$1" "$option=$2" ;;
		*) [ -n "${only_port:-}" ] ||
			say "$option of $1: it is no port of $IFACE" ;;
		esac
		shift 2
	done
	[ $# -eq 0 ] || say "$option of $1: no value"
}

port_options()
{
	# shellcheck disable=SC2086 # pairs of words
	port_option path_cost ${IF_BRIDGE_PATHCOST:-}
	# shellcheck disable=SC2086 # as above
	port_option priority ${IF_BRIDGE_PORTPRIO:-}
}

# --- VLANs of ports ---------------------------------------------------------

filters()
{
	now=0
	[ ! -e "/sys/class/net/$IFACE/bridge/vlan_filtering" ] ||
		read -r now < "/sys/class/net/$IFACE/bridge/vlan_filtering"
	[ "$now" = 1 ]
}

# Sets $stanza to an argument for ifquery: INTERFACE, or INTERFACE=STANZA if a
# mapping or the command line of ifup chose a stanza with another name.  Then
# ifquery does not run the mapping again.  For the interface that ifup is
# bringing up, only $LOGICAL has this name.
find_stanza()
{
	if [ "$1" = "$coming" ] && [ -n "${LOGICAL:-}" ]; then
		stanza=$LOGICAL
	else
		stanza=$(ifquery --state "$1" 2> /dev/null)
		stanza=${stanza#*=}
	fi
	stanza=$1${stanza:+=$stanza}
}
coming=$IFACE

# Reads the stanza of $IFACE into the variables that ifup would set for a hook.
# Fails if there is none.  If an option is repeated, ifquery prints its further
# values on lines without a name.
read_stanza()
{
	unset IF_BRIDGE_PORTS IF_BRIDGE_PATHCOST IF_BRIDGE_PORTPRIO \
		IF_BRIDGE_VIDS IF_BRIDGE_PVID IF_MTU
	find_stanza "$IFACE"
	stanza=$(ifquery "$stanza" 2> /dev/null) || return 1
	while IFS= read -r line; do
		case $line in
		*": "*) key=${line%%: *} ;;
		esac
		value=${line#"$key: "}
		case $key in
		bridge[-_]ports)
			IF_BRIDGE_PORTS="${IF_BRIDGE_PORTS:-} $value"
			;;
		bridge[-_]pathcost)
			IF_BRIDGE_PATHCOST="${IF_BRIDGE_PATHCOST:-} $value"
			;;
		bridge[-_]portprio)
			IF_BRIDGE_PORTPRIO="${IF_BRIDGE_PORTPRIO:-} $value"
			;;
		bridge[-_]vids)
			IF_BRIDGE_VIDS="${IF_BRIDGE_VIDS:-} $value"
			;;
		bridge[-_]pvid) IF_BRIDGE_PVID=$value ;;
		mtu) IF_MTU=$value ;;
		esac
	done <<-END
	$stanza
	END
}

# Sets $vids and $pvid to the VLANs of a port: from the port's own stanza, and
# from the bridge's stanza where the port's stanza has no value.
read_port_vlans()
{
	find_stanza "$1"
	vids=${IF_BRIDGE_VIDS:-}
	pvid=${IF_BRIDGE_PVID:-1}
	access=
	while IFS= read -r line; do
		value=${line#*: }
		case $line in
		bridge[-_]access:*) access=$value ;;
		bridge[-_]vids:*) vids=$value ;;
		bridge[-_]pvid:*) pvid=$value ;;
		esac
	done <<-END
	$(ifquery "$stanza" 2> /dev/null)
	END
	if [ -n "$access" ]; then
		vids=
		pvid=$access
	fi
}

# add_vids PORT VIDS...: adds all VLANs with one command.  If that fails, adds
# them one by one, and brctl reports the one that is refused.
add_vids()
{
	name=$1
	shift
	[ $# -gt 0 ] || return 0
	! brctl addvlan "$IFACE" "$name" "$(echo "$*" | tr ' ' ,)" \
		2> /dev/null || return 0
	for word in "$@"; do
		brctl addvlan "$IFACE" "$name" "$word"
	done
}

# port_vlans PORT: makes the port a member of its VLANs, and of no others.
port_vlans()
{
	read_port_vlans "$1"
	brctl --if-exists delvlan "$IFACE" "$1" 1-4094
	# shellcheck disable=SC2086 # words
	add_vids "$1" $vids
	[ "$pvid" = 0 ] || brctl addvlan "$IFACE" "$1" "$pvid" pvid untagged
}
