# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# What the hooks of bridges share: which devices bridge_ports means, and how one
# becomes a port of the bridge $IFACE.

# shellcheck source=ifupdown/ifupdown.sh
. /usr/share/vbridge/ifupdown.sh

# The settings are the same as ever.  What is no bridge does not read them: a
# typo in there ends the shell, and must not keep all else from coming up.
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

# What may become a port.
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

# Whole names have to match.
want_regex()
{
	# shellcheck disable=SC2086 # words
	found=$(printf '%s\n' $devices | grep -E -x -e "$1")
	[ -n "$found" ] || say "bridge_ports: no device matches $1"
	for name in $found; do
		want_name "$name"
	done
}

# Network cards: by the kernel's names, biosdevname's and udev's.
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

# Leaves in $ports what bridge_ports asks for, be it there or not.
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

# A port has no addresses: its bridge has.
no_link_local()
{
	mode=/proc/sys/net/ipv6/conf/$1/addr_gen_mode
	[ ! -e "$mode" ] || { echo 1 > "$mode"; } 2> /dev/null ||
		ip link set dev "$1" addrgenmode none
}

# VLAN devices are made where only their parents are there.
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

# remove_made PORT...: those of them that make_port has made.
remove_made()
{
	for name in "$@"; do
		case " $made_vlans " in
		*" $name "*) vconfig --if-exists rem "$name" > /dev/null ;;
		esac
	done
}

# join PORT: as far as it can be; says what it could not.  Those that are ports
# then are in $joined, those that were none before in $added, too.
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

# leave PORT: what join did, undone.
leave()
{
	ip link set dev "$1" down
	brctl --if-exists delif "$IFACE" "$1"
}

# port_option OPTION PAIRS...: sets it on the ports that joined, out of pairs of
# a port and a value.
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

# Leaves in $stanza the words for ifquery: another's name behind the interface's
# own, if ifup was told so or a mapping says it, which then does not once more.
# Of what just comes up only $LOGICAL knows.
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

# Reads the stanza of $IFACE as ifup would give it to a hook; false, where there
# is none.  An option that is there twice has lines without its name.
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

# Leaves the VLANs of a port in $vids and $pvid: what its own stanza says, and
# for what it does not, the bridge's.
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

# add_vids PORT VIDS...: at once.  If one is refused, the others are added all
# the same, and brctl says which it is.
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

# port_vlans PORT: these VLANs, and no others.
port_vlans()
{
	read_port_vlans "$1"
	brctl --if-exists delvlan "$IFACE" "$1" 1-4094
	# shellcheck disable=SC2086 # words
	add_vids "$1" $vids
	[ "$pvid" = 0 ] || brctl addvlan "$IFACE" "$1" "$pvid" pvid untagged
}
