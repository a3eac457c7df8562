# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Functions for all hooks: messages, unknown options, VLAN devices.  $IFACE is
# the interface that ifup or ifdown is configuring.

# Values may contain stars, which the shell must not expand.
set -f
newline='
'

# echo would interpret backslashes.
say()
{
	printf '%s\n' "$IFACE: $*" >&2
}

exists()
{
	[ -d "/sys/class/net/$1" ]
}

# ifup -a also runs the hooks once with the name --all.  Aliases have no device.
case $IFACE in
--all|*:*)
	exit 0
	;;
esac

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
		*) say "no such option:" \
			"$(echo "${option#IF_}" | tr '[:upper:]' '[:lower:]')" ;;
		esac
	done
}

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

# plain_number WORD: whether WORD is a decimal number.  Sets $number to it,
# without leading zeros: the shell would read such a number as octal.
plain_number()
{
	number=$1
	case $number in
	""|*[!0-9]*) return 1 ;;
	esac
	while [ "${number#0?}" != "$number" ]; do
		number=${number#0}
	done
}

plain_vid()
{
	plain_number "$vid" && vid=$number
}

# add_vlan NAME [PROTOCOL]: creates VLAN $vid on $parent, and brings the parent
# up.
add_vlan()
{
	ip link set dev "$parent" up
	vconfig add "$parent" "$vid" ${2:+protocol "$2"} name "$1" > /dev/null
}
