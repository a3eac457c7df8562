# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Functions for the hooks of bridges: find the devices in bridge_ports, make
# them ports of the bridge $bridge, and release them again.  $IFACE, the name of
# the stanza, may be an alternative name of the bridge.

# shellcheck source=ifupdown/ifupdown.sh
. /usr/share/vbridge/ifupdown.sh
# shellcheck source=ifupdown/stanza.sh
. /usr/share/vbridge/stanza.sh

# The file is that of bridge-utils.  Only hooks of bridges read it: a syntax
# error in the file ends the shell, and must not affect other interfaces.
read_settings()
{
	BRIDGE_DISABLE_LINKLOCAL_IPV6_ALSO_PHYS=yes
	BRIDGE_HOTPLUG=no
	[ -r /etc/default/bridge-utils ] || return 0
	# shellcheck source=/dev/null
	. /etc/default/bridge-utils
	# The exit status of its last command is ignored.
	return 0
}

is_yes()
{
	case $1 in
	yes|on|true|1) ;;
	*) return 1 ;;
	esac
}

is_no()
{
	case $1 in
	no|off|false|0) ;;
	*) return 1 ;;
	esac
}

# --- bridge_ports -----------------------------------------------------------

# Sets $devices to the devices that may become ports.
list_devices()
{
	[ -z "$devices" ] || return 0
	bridges=" $(device_names type bridge | tr '\n' ' ')"
	for name in $(device_names); do
		case "$bridges lo " in
		*" $name "*) ;;
		*) devices="$devices $name" ;;
		esac
	done
}
devices=

want_name()
{
	case " $ports " in
	*" $1 "*) ;;
	*) ports="$ports $1" ;;
	esac
}

# The name may be an alternative one.
want_device()
{
	if exists "$1"; then
		want_name "$real"
	else
		want_name "$1"
	fi
}

# The expression must match a whole name.
want_regex()
{
	list_devices
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
	list_devices
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
	kind=device
	for word in $IF_BRIDGE_PORTS; do
		case $word in
		none) ;;
		regex) kind=regex ;;
		noregex) kind=device ;;
		all)
			want_all
			kind=device
			;;
		*) want_$kind "$word" ;;
		esac
	done
}

# is_port DEVICE: whether it is a port of the bridge.  Reads $link.
is_port()
{
	read_link "$1" || return 1
	link_value master
	[ "$value" = "$bridge" ]
}

# --- what a port was before -------------------------------------------------

# note PORT KEY VALUE...: adds a line to the record of the port.
note()
{
	record=$records/bridges/$bridge/$1
	shift
	mkdir -p "${record%/*}" && printf '%s\n' "$*" >> "$record"
}

forget()
{
	rm -f "$records/bridges/$bridge/$1"
}

# Sets $recorded to the devices that these hooks have made ports of the bridge.
recorded_ports()
{
	recorded=
	set +f
	for record in "$records/bridges/$bridge"/*; do
		[ ! -e "$record" ] || recorded="$recorded ${record##*/}"
	done
	set -f
}

# restore_mtu DEVICE SET OLD: an MTU that somebody else has set since is kept.
restore_mtu()
{
	link_value mtu
	[ "$value" != "$2" ] || ip link set dev "$1" mtu "$3"
}

# remove_made VLAN PARENT: removes a VLAN device that make_port has created.
# With the last one on its parent, the parent's IPv6 mode is restored.
remove_made()
{
	remove_vlan "$1"
	[ -r "$records/parents/$2" ] &&
		! grep -q -r -s -F -x "made $2" "$records/bridges" || return 0
	read -r old_mode < "$records/parents/$2"
	rm -f "$records/parents/$2"
	! read_link "$2" || ip link set dev "$2" addrgenmode "$old_mode"
}

# restore PORT: gives a port that has left the bridge its settings back.
restore()
{
	record=$records/bridges/$bridge/$1
	[ -r "$record" ] || return 0
	made_on=
	old_mode=
	old_mtu=
	while read -r key word; do
		case $key in
		made) made_on=$word ;;
		addr_gen_mode) old_mode=${old_mode:-$word} ;;
		mtu) old_mtu=${old_mtu:-$word} ;;
		new_mtu) new_mtu=$word ;;
		esac
	done < "$record"
	rm -f "$record"
	if [ -n "$made_on" ]; then
		remove_made "$1" "$made_on"
		return
	fi
	read_link "$1" || return 0
	[ -z "$old_mode" ] || ip link set dev "$1" addrgenmode "$old_mode"
	[ -z "$old_mtu" ] || restore_mtu "$1" "$new_mtu" "$old_mtu"
}

# --- becoming a port --------------------------------------------------------

# The addresses belong to the bridge, not to its ports.  Devices without IPv6
# have no such mode.
no_link_local()
{
	link_value addrgenmode
	if [ -n "$value" ] && [ "$value" != none ]; then
		ip link set dev "$1" addrgenmode none &&
			note "$1" addr_gen_mode "$value"
	fi
	# Otherwise the device would keep the address that it has.
	! is_up || ip -6 address flush dev "$1" scope link
}

# The same for the parent of a VLAN device, which keeps its addresses.
quiet_parent()
{
	is_yes "$BRIDGE_DISABLE_LINKLOCAL_IPV6_ALSO_PHYS" &&
		read_link "$parent" || return 0
	link_value addrgenmode
	if [ -n "$value" ] && [ "$value" != none ]; then
		ip link set dev "$parent" addrgenmode none &&
			mkdir -p "$records/parents" &&
			printf '%s\n' "$value" > "$records/parents/$parent"
	fi
}

# Creates a port that is a VLAN device, if its parent exists.
make_port()
{
	if ! split_vlan "$1" || ! exists "$parent"; then
		say "bridge_ports: there is no device $1"
		return 1
	fi
	parent=$real
	if [ -z "$keep_parent" ]; then
		quiet_parent
		ip link set dev "$parent" up
	fi
	note "$1" made "$parent"
	add_vlan "$1" || {
		restore "$1"
		return 1
	}
}
keep_parent=

# port_mtu PORT: gives it the bridge's MTU.
port_mtu()
{
	read_link "$1"
	link_value mtu
	old_mtu=$value
	[ "$old_mtu" != "$mtu" ] || return 0
	[ -n "$keep_parent" ] || raise_parents "$1" "$mtu" || return 0
	! set_mtu "$1" "$mtu" || {
		note "$1" mtu "$old_mtu"
		note "$1" new_mtu "$mtu"
	}
}

# warn_of_addresses PORT: addresses of a port do not work.
warn_of_addresses()
{
	lost=$(ip -o address show dev "$1" scope global 2> /dev/null)
	lost=${lost#*" inet"}
	lost=${lost#*" "}
	lost=${lost%%" "*}
	[ -z "$lost" ] || say "$1 has the address $lost, which does not work" \
		"on a port; brctl adopt, run in place of ifup, moves addresses" \
		"to the bridge"
}

# join PORT: makes PORT a port of the bridge, and reports errors.  Adds it to
# $joined, and to $added if it was not a port of this bridge before.
join()
{
	if ! is_port "$1"; then
		forget "$1"
		[ -n "$link" ] || make_port "$1" || return 1
		added="$added $1"
		warn_of_addresses "$1"
	fi
	if ! brctl --may-exist addif -- "$bridge" "$1"; then
		added=${added%" $1"}
		restore "$1"
		return 1
	fi
	joined="$joined $1"
	[ -e "$records/bridges/$bridge/$1" ] || note "$1" port
	read_link "$1"
	no_link_local "$1"
	[ -z "$mtu" ] || port_mtu "$1"
	[ -n "$keep_down" ] || ip link set dev "$1" up
}
joined=
added=
keep_down=

# leave PORT: undoes join.
leave()
{
	ip link set dev "$1" down
	brctl --if-exists delif -- "$bridge" "$1"
	restore "$1"
}

# leave_all PORT...: the same for those that still are ports of this bridge.
# Devices that somebody else has removed from it are not brought down, and those
# that are in another bridge stay as they are.
leave_all()
{
	for port in "$@"; do
		if is_port "$port"; then
			leave "$port"
		elif [ -n "$link" ] && [ -n "$value" ]; then
			forget "$port"
		else
			restore "$port"
		fi
	done
}

# port_option OPTION NAME [PORT VALUE]...: sets the kernel's option NAME on each
# of these ports that has joined.
port_option()
{
	option=$1
	key=$2
	shift 2
	while [ $# -ge 2 ]; do
		exists "$1" || real=$1
		case " $joined " in
		*" $real "*)
			brctl setport -- "$bridge" "$real" "$key=$2"
			;;
		*)
			[ -n "${only_port:-}" ] ||
				say "$option: $1 is not a port of $IFACE"
			;;
		esac
		shift 2
	done
	[ $# -eq 0 ] || say "$option: no value for $1"
}

port_options()
{
	# shellcheck disable=SC2086 # pairs of words
	port_option bridge_pathcost path_cost ${IF_BRIDGE_PATHCOST:-}
	# shellcheck disable=SC2086 # as above
	port_option bridge_portprio priority ${IF_BRIDGE_PORTPRIO:-}
}
