# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# What the hooks share: messages, options that do not exist, VLAN devices.
# $IFACE is the interface that ifup or ifdown is about.

# Values may have stars, which are no business of the shell's.
set -f
newline='
'

# Not by echo, which has opinions about backslashes.
say()
{
	printf '%s\n' "$IFACE: $*" >&2
}

exists()
{
	[ -d "/sys/class/net/$1" ]
}

# ifup -a runs the hooks once for all, and aliases have no device.
case $IFACE in
--all|*:*)
	exit 0
	;;
esac

# check_options PREFIX NAME...: names the options with this prefix that the
# stanza has, and that nobody knows.
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

# split_vlan NAME: whether this is DEVICE.VLAN; leaves both in $parent and $vid.
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

# plain_number WORD: whether it is one; leaves it in $number without zeros in
# front, with which the shell would take it for an octal one.
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

# add_vlan NAME [PROTOCOL]: VLAN $vid on $parent, which has to be up for it.
add_vlan()
{
	ip link set dev "$parent" up
	vconfig add "$parent" "$vid" ${2:+protocol "$2"} name "$1" > /dev/null
}
