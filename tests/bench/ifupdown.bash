# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# ifup of the bridge in tutorial 4 with our hooks: compared with Debian's hooks,
# and with the commands that ifup replaces.
# shellcheck disable=SC2034,SC2154 # what bench and this file share

ifup_works=("ifup, tutorial 4's bridge")

# How much longer ifup and its hooks may take than the bare commands, in
# microseconds.
IFUP_MAY_ADD=50000

# hold WHOSE [reference]: sets $held to a command prefix that runs a command in
# a mount namespace with these hooks.
hold()
{
	local ready=$etc_dir/$1${2:-}.ready tries

	# shellcheck disable=SC2016 # expanded in there
	tests_dir=$here/.. unshare -m bash -c '
		. "$tests_dir/ifupdown/ifupdown.bash"
		hooks "${@:2}" && : > "$1" && exec sleep infinity' \
		hold "$ready" "$@" &
	holders+=($!)
	for ((tries = 100; tries > 0; tries--)); do
		[ ! -e "$ready" ] || break
		sleep 0.1
	done
	[ $tries -gt 0 ] || die "no environment with the hooks: $*"
	held="$nsenter -t $! -m"
}

ifup_machine()
{
	batch ip <<-END
		link add ens33 type veth peer name outside
		link set outside up
	END
	ifupdown_environment
	interfaces <<-END
		iface br0 inet static
		    address         192.168.213.157/24
		    bridge_ports    ens33
		    bridge_stp      off
		    bridge_maxwait  0
		    bridge_fd       0
	END
	cat > "$etc_dir/bare" <<-END
		brctl addbr br0
		brctl stp br0 off
		brctl setfd br0 0
		brctl addif br0 ens33
		ip link set ens33 up
		ip address add 192.168.213.157/24 dev br0
		ip link set br0 up
	END
	cat > "$etc_dir/undo" <<-END
		ip link del br0
		ip link set ens33 down
		rm -f /run/network/ifstate*
	END
}

# added NAME COMMAND BARE UNDO: prints a line with the additional time of
# COMMAND.
added()
{
	local name=$1 out ours theirs more verdict=ok

	shift
	out=$("$paired" "$large" "$@") || die "$name: no figure"
	read -r ours theirs _ <<< "$out"
	more=$(awk -v a="$ours" -v b="$theirs" 'BEGIN { printf "%d", a - b }')
	measured=$((measured + 1))
	if [ "$more" -gt $IFUP_MAY_ADD ]; then
		verdict=MISSED
		missed=$((missed + 1))
	fi
	printf '%-36s %-11s %9.0f %9.0f %+7d %7s %s\n' "$name" "by hand" \
		"$ours" "$theirs" "$more" "<= $IFUP_MAY_ADD" "$verdict"
}

measure_ifup()
{
	local name nsenter ours sh theirs undo
	local -a holders=()

	if [ "${VB_ENVIRONMENT:-}" = uml ]; then
		large=$(((large + 9) / 10))
	fi
	nsenter=$(need nsenter) && need ifup > /dev/null || exit 1
	[ -e /lib/bridge-utils/ifupdown.sh ] ||
		die "no hooks of Debian's bridge-utils"
	headline "Debian's ifupdown with bridge-utils' hooks"
	ifup_machine
	hold ours
	ours=$held
	hold debian reference
	theirs=$held
	sh=$(need sh)
	undo="$sh $etc_dir/undo"
	name="ifup, tutorial 4's bridge"
	compare "$large" 1.00 "$name" "bridge-utils" "$ours ifup br0" \
		"$theirs ifup br0" "$undo"
	! wanted "$name" || added "$name" "$ours ifup br0" \
		"$ours $sh $etc_dir/bare" "$undo"
	kill "${holders[@]}"
}
