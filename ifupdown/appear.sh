# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Functions for devices that appear after their bridge came up: they join the
# bridges that have them in bridge_ports.

# shellcheck source=ifupdown/bridge.sh
. /usr/share/vbridge/bridge.sh

# Whether devices that appear join bridges.  The subshell is for a file of
# settings with a syntax error, which must not make ifup of an interface fail.
hotplug_is_on()
{
	command -v ifquery > /dev/null &&
		(read_settings && is_yes "$BRIDGE_HOTPLUG") 2> /dev/null &&
		read_settings
}

# has_kind: whether somebody has created the device in $link, as "ip link add"
# does.  ip prints its kind after its largest MTU.  Network cards have none.
# Ports have a second kind, which ends in _slave.
has_kind()
{
	device_kind=${link#*" maxmtu "}
	device_kind=${device_kind#* }
	case $device_kind in
	'\    '*) ;;
	*) return 1 ;;
	esac
	device_kind=${device_kind#'\    '}
	case ${device_kind%% *} in
	*_slave) return 1 ;;
	esac
}

# Bonds have to be down until they are configured.
is_bond()
{
	case $link in
	*'\    bond '*|*'\    team '*) ;;
	*) return 1 ;;
	esac
}

# waits_for_ifup DEVICE: whether ifup has yet to bring it up.
waits_for_ifup()
{
	[ "$1" != "$finished" ] && ifquery -- "$1" > /dev/null 2>&1 &&
		[ -z "$(ifquery --state -- "$1" 2> /dev/null)" ]
}
finished=

# may_join PORT: whether $device lets the port join: the port is the device, or
# a VLAN device that does not exist yet and has the device as its parent.  What
# somebody else is configuring is not brought up: the kernel brings a VLAN
# device up with its parent.
may_join()
{
	keep_down=
	keep_parent=
	read_link "$device" || return 1
	if [ "$1" = "$device" ]; then
		[ -z "$finished" ] || return 1
		is_up || ! is_bond || keep_down=yes
		return 0
	fi
	! exists "$1" && split_vlan "$1" && exists "$parent" &&
		[ "$real" = "$device" ] && ! waits_for_ifup "$device" ||
		return 1
	if [ -n "$finished" ] || has_kind; then
		keep_parent=yes
		is_up || keep_down=yes
	fi
}

join_bridge()
{
	IFACE=$bridge
	read_stanza && [ -n "${IF_BRIDGE_PORTS:-}" ] || return 0
	read_mtu
	expand_ports 2> /dev/null
	for port in $ports; do
		may_join "$port" && ! is_port "$port" && join "$port" ||
			continue
		# Those of other ports are ignored without a message.
		only_port=yes
		port_options
		read_bridge_vlans 2> /dev/null
		vlans_of_ports "$port"
	done
}

# join_bridges DEVICE: for each bridge that exists.
join_bridges()
{
	device=$1
	for bridge in $(device_names type bridge); do
		join_bridge
	done
}
