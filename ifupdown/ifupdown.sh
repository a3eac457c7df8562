# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Functions for all hooks: messages, numbers, unknown options, what the kernel
# says of a device, VLAN devices, MTUs.  $IFACE is the interface that ifup or
# ifdown is configuring.

# Values may contain stars, which the shell must not expand.
set -f
newline='
'

# What ifdown has to undo: a file per port in bridges/BRIDGE, per parent of a
# VLAN device in parents, per VLAN device on a bridge in members.
records=/run/network/vbridge

# echo would interpret backslashes.
say()
{
	printf '%s\n' "$IFACE: $*" >&2
}

# ifup -a also runs the hooks once with the name --all.  Aliases have no device.
case $IFACE in
--all|*:*)
	exit 0
	;;
esac

# --- options and numbers ----------------------------------------------------

# check_options PREFIX NAME...: reports the options of the stanza that have this
# prefix and are none of these names.
check_options()
{
	prefix=$1
	shift
	known=" $* "
	words=$IFS
	IFS=$newline
	# shellcheck disable=SC2046 # lines
	set -- $(export -p)
	IFS=$words
	for line in "$@"; do
		line=${line#export }
		case $line in
		"IF_${prefix}_"*=*) ;;
		*) continue ;;
		esac
		option=${line%%=*}
		case $known in
		*" ${option#"IF_${prefix}_"} "*) ;;
		*) say "no such option:" "$(printf '%s\n' "${option#IF_}" |
			tr '[:upper:]' '[:lower:]')" ;;
		esac
	done
}

# plain_number WORD: whether WORD is a decimal number that the shell can compute
# with.  Sets $number to it, without leading zeros: the shell would read such a
# number as octal.
plain_number()
{
	number=$1
	case $number in
	""|*[!0-9]*) return 1 ;;
	esac
	while [ "${number#0?}" != "$number" ]; do
		number=${number#0}
	done
	[ ${#number} -le 9 ]
}

# in_range WORD LOWEST HIGHEST: whether WORD is a number in this range.  Sets
# $number to it.
in_range()
{
	plain_number "$1" && [ "$number" -ge "$2" ] && [ "$number" -le "$3" ]
}

# Sets $mtu to the MTU of the stanza, or to nothing.
read_mtu()
{
	mtu=
	[ -n "${IF_MTU:-}" ] || return 0
	if plain_number "$IF_MTU"; then
		mtu=$number
	else
		say "mtu $IF_MTU: not a number"
	fi
}

# --- devices ----------------------------------------------------------------

# Devices are looked up by rtnetlink: /sys may show another network namespace,
# and has no alternative names.

# exists NAME: whether there is a device with this name or alternative name.
# Sets $real to the name under which the kernel lists it.
exists()
{
	real=$(brctl --resolve -- "$1" 2> /dev/null)
}

# read_link DEVICE: sets $link to what ip prints between the name that the kernel
# lists and the alias, or to nothing.  Fails if there is no such device.
read_link()
{
	link=$(ip -o -d link show dev "$1" 2> /dev/null) || {
		link=
		return 1
	}
	link=${link#*: "$1"}
	# The text of an alias is the user's.
	link=${link%%'\    alias '*}
}

# altnames DEVICE: prints its alternative names.
altnames()
{
	ip -j link show dev "$1" 2> /dev/null |
		sed -n 's/.*"altnames":\["\([^]]*\)"\].*/\1/p' |
		sed 's/","/ /g'
}

# link_value KEY: sets $value to the word that follows KEY in $link, or to
# nothing.
link_value()
{
	case $link in
	*" $1 "*)
		value=${link#*" $1 "}
		value=${value%% *}
		;;
	*)
		value=
		;;
	esac
}

is_up()
{
	case ${link%%>*} in
	*"<UP"|*"<UP,"*|*",UP"|*",UP,"*) ;;
	*) return 1 ;;
	esac
}

is_bridge()
{
	case $link in
	*" bridge forward_delay "*) ;;
	*) return 1 ;;
	esac
}

# Whether the device is a VLAN device.  Sets $lower to its parent, or to nothing
# if that is in another network namespace.
is_vlan()
{
	case $link in
	*" vlan protocol "*) ;;
	*) return 1 ;;
	esac
	lower=
	case $link in
	*" link-netnsid "*) ;;
	@*)
		lower=${link#@}
		lower=${lower%%: <*}
		;;
	esac
}

# device_names [ip's SELECTION...]: prints the names, sorted.  Names with a quote
# or a backslash, which are escaped in JSON, are left out.
device_names()
{
	ip -j link show "$@" 2> /dev/null | tr '{' '\n' |
		sed -n 's/^"ifindex.*"ifname":"\([^"\\]*\)",.*/\1/p' |
		LC_ALL=C sort
}

# --- VLAN devices -----------------------------------------------------------

# split_vlan NAME: whether NAME is DEVICE.VLAN.  Sets $parent and $vid.
split_vlan()
{
	parent=${1%.*}
	vid=${1##*.}
	case $1 in
	?*.?*) ;;
	*) return 1 ;;
	esac
	plain_vid
}

plain_vid()
{
	plain_number "$vid" && vid=$number
}

# vconfig takes no options after its command, so names need no "--".

# add_vlan NAME [PROTOCOL]: creates VLAN $vid on $parent.
add_vlan()
{
	vconfig add "$parent" "$vid" ${2:+protocol "$2"} name "$1" \
		> /dev/null
}

remove_vlan()
{
	read_link "$1" && is_vlan || return 0
	vconfig --if-exists rem "$1" > /dev/null
}

# --- MTUs -------------------------------------------------------------------

# set_mtu DEVICE MTU
set_mtu()
{
	answer=$(ip link set dev "$1" mtu "$2" 2>&1) && return 0
	read_link "$1"
	link_value mtu
	answer=${answer#RTNETLINK answers: }
	answer=${answer#Error: }
	say "mtu $2: $1 keeps the MTU $value: ${answer%.};" \
		"set mtu $value here, or use a device that supports $2"
	return 1
}

# raise_parents DEVICE MTU: the MTU of a VLAN device cannot be larger than its
# parent's.  Raises those of all devices below it, the lowest first.
raise_parents()
{
	below=
	lower=$1
	while read_link "$lower" && is_vlan && [ -n "$lower" ]; do
		below="$lower $below"
	done
	for lower in $below; do
		read_link "$lower"
		link_value mtu
		[ "$value" -ge "$2" ] || set_mtu "$lower" "$2" || return 1
	done
}

# --- VLANs of a bridge itself -----------------------------------------------

# Whether the device in $link is a bridge that filters VLANs.
filters()
{
	link_value vlan_filtering
	[ "$value" = 1 ]
}

# has_vlan BRIDGE VLAN: whether the bridge itself is a member of the VLAN.  Sets
# $flags.
has_vlan()
{
	flags=
	member=no
	while IFS='	' read -r _ port range vlan_flags; do
		[ "$port" = "$1" ] && plain_number "${range%-*}" || continue
		[ "${range%-*}" -le "$2" ] && [ "${range#*-}" -ge "$2" ] ||
			continue
		member=yes
		flags=$vlan_flags
	done <<-END
	$(brctl showvlans -- "$1")
	END
	[ $member = yes ]
}

# join_vlan DEVICE: a VLAN device on a bridge receives nothing unless the bridge
# itself is a member of the VLAN.
join_vlan()
{
	read_link "$1" && is_vlan && [ -n "$lower" ] || return 0
	link_value id
	id=$value
	link_value protocol
	protocol=$value
	read_link "$lower" && is_bridge && filters || return 0
	link_value vlan_protocol
	[ "$value" = "$protocol" ] || return 0
	if has_vlan "$lower" "$id"; then
		case $flags in
		*untagged*) say "$lower removes the tag of VLAN $id:" \
			"its frames arrive at $lower, not at $1" ;;
		esac
		return 0
	fi
	brctl addvlan -- "$lower" "$lower" "$id" &&
		mkdir -p "$records/members" &&
		printf '%s\n' "$lower $id" > "$records/members/$1"
}

# leave_vlan DEVICE: undoes join_vlan.
leave_vlan()
{
	[ -r "$records/members/$1" ] || return 0
	read -r lower id < "$records/members/$1"
	rm -f "$records/members/$1"
	! exists "$lower" ||
		brctl --if-exists delvlan -- "$lower" "$lower" "$id"
}
