# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Bridges and their FDB, compared with bridge-utils and iproute2: makes the
# devices, and measures the commands.
# shellcheck disable=SC2034,SC2154 # what bench and this file share

# The names that compare() prints; for any_wanted().
bridge_works=("show, nothing there" addbr delbr addif delif hairpin setageing
	setbridgeprio setfd sethello setmaxage setpathcost setportprio
	"show, one bridge" "show br0" showmacs showstp stp
	"showmacs, 50,000 entries" "show, 500 bridges, 1,000 ports"
	"stats, 500 bridges, 1,000 ports" "tree, 500 bridges, 1,000 ports"
	"check, 1,000 ports, 100,000 FDB entries")

# br0 with two ports, and a third device that is not a port.
make_small()
{
	batch ip <<-END
		link add br0 type bridge
		link add p1 type veth peer name p2
		link add p3 type veth peer name p4
		link set p1 master br0
		link set p2 master br0
	END
}

# 50,000 entries that do not age, as for VTEPs and hypervisors.
make_fdb()
{
	local tries

	batch ip <<-END
		link add fdb0 type bridge ageing_time 100000000
		link add f1 type veth peer name f2
		link set f2 up
		link set f1 up
		link set fdb0 up
		link set f1 master fdb0
	END
	# The kernel reports the carrier to the bridge with a delay.
	for ((tries = 100; tries > 0; tries--)); do
		! "$bridge" link show dev f1 | grep -q forwarding || break
		sleep 0.1
	done
	awk 'BEGIN {
		for (i = 0; i < 50000; i++)
			printf "fdb add 02:00:00:00:%02x:%02x dev f1 " \
				"master static\n", i / 256, i % 256
	}' | batch bridge
}

# 500 bridges with two ports each.
make_many()
{
	awk 'BEGIN {
		for (i = 0; i < 500; i++) {
			print "link add m" i " type bridge"
			print "link add a" i " type veth peer name b" i
			print "link set a" i " master m" i
			print "link set b" i " master m" i
		}
	}' | batch ip
}

# classic UNDO WORDS...: compares a command of brctl with that of bridge-utils.
# For commands that change something, loading libmnl is 0.04 to 0.06 of the
# target.
classic()
{
	local undo=$1 name=$2

	shift
	compare "$runs" "${target:-1.08}" "${label:-$name}" brctl "$BRCTL $*" \
		"$REF_BRCTL $*" "$undo"
}

small_works()
{
	local label target

	label="show, nothing there" target=1.04 classic "" show
	make_small
	classic "$ip link del new" addbr new
	batch ip <<< "link add old type bridge"
	classic "$ip link add old type bridge" delbr old
	classic "$ip link set p3 nomaster" addif br0 p3
	classic "$ip link set p2 master br0" delif br0 p2
	classic "" hairpin br0 p1 on
	classic "" setageing br0 300
	classic "" setbridgeprio br0 32768
	classic "" setfd br0 15
	classic "" sethello br0 2
	classic "" setmaxage br0 20
	classic "" setpathcost br0 p1 100
	classic "" setportprio br0 p1 32
	target=1.00
	label="show, one bridge" classic "" show
	label="show br0" classic "" show br0
	classic "" showmacs br0
	classic "" showstp br0
	target=1.08
	classic "$ip link set br0 type bridge stp_state 0" stp br0 on
}

fdb_works()
{
	local name="showmacs, 50,000 entries" local_entries

	wanted "$name" || return 0
	make_fdb
	# The port's own address is listed, too, and with VLANs a second time.
	local_entries=$("$REF_BRCTL" showmacs fdb0 | grep -c yes)
	same_lines $((50001 + local_entries)) "$BRCTL" showmacs fdb0
	same_lines $((50001 + local_entries)) "$REF_BRCTL" showmacs fdb0
	floor "$large" 1.15 "$name" "fdb fdb0" "$BRCTL showmacs fdb0"
	compare "$large" - "$name" brctl "$BRCTL showmacs fdb0" \
		"$REF_BRCTL showmacs fdb0"
	compare "$large" - "$name" "bridge fdb" "$BRCTL showmacs fdb0" \
		"$bridge fdb show br fdb0"
	batch ip <<< "link del fdb0"
}

# The floor of stats --long is the same dump with the counters of the spanning
# tree and of multicast.
stats_works()
{
	local name="stats, 500 bridges, 1,000 ports" lines

	wanted "$name" || return 0
	lines=$({ "$ip" -o link show type bridge
		"$ip" -o link show type bridge_slave; } | wc -l)
	same_lines $((lines + 1)) "$BRCTL" stats
	floor "$large" 1.2 "$name" stats "$BRCTL stats"
	floor "$large" - "$name" "stats all" "$BRCTL --long stats"
	compare "$large" - "$name" "ip -s link" "$BRCTL stats" "$ip -s link"
}

tree_works()
{
	local name="tree, 500 bridges, 1,000 ports" lines

	wanted "$name" || return 0
	# Each bridge and each port has a line.
	lines=$("$BRCTL" tree | grep -c .)
	[ "$lines" -ge 1500 ] || die "brctl tree: $lines lines"
	floor "$large" 1.5 "$name" tree "$BRCTL tree"
}

many_works()
{
	local name="show, 500 bridges, 1,000 ports" lines

	any_wanted "$name" "stats, 500 bridges, 1,000 ports" \
		"tree, 500 bridges, 1,000 ports" || return 0
	make_many
	stats_works
	tree_works
	wanted "$name" || return 0
	# The number of lines is that of the reference, because br0 may not
	# exist.
	lines=$("$REF_BRCTL" show | wc -l)
	[ "$lines" -ge 1001 ] || die "brctl show: $lines lines"
	same_lines "$lines" "$BRCTL" show
	floor "$large" 1.15 "$name" links "$BRCTL show"
	compare "$large" - "$name" brctl "$BRCTL show" "$REF_BRCTL show"
	compare "$large" - "$name" "bridge link" "$BRCTL show" "$bridge link"
}

# Two bridges with 500 ports and 50,000 static entries each; one with more than 900
# ports is a finding. One port of each is a tap device that is down, which is none,
# but for which check reads the FDB.
make_wide()
{
	awk 'BEGIN {
		print "link add wide0 type bridge"
		print "link add wide1 type bridge"
		print "link set wide0 up"
		print "link set wide1 up"
		for (i = 0; i < 1000; i++) {
			if (i < 2)
				print "tuntap add dev c" i " mode tap"
			else
				print "link add c" i " type veth peer name d" i
			print "link set c" i " master wide" i % 2
			if (i < 2)
				continue
			print "link set d" i " up"
			print "link set c" i " up"
		}
	}' | batch ip
	awk 'BEGIN {
		for (i = 0; i < 100000; i++)
			printf "fdb add 02:00:00:%02x:%02x:%02x dev c%d " \
				"master static\n", i / 65536, i / 256 % 256,
				i % 256, 2 + i % 998
	}' | batch bridge
}

check_works()
{
	local name="check, 1,000 ports, 100,000 FDB entries"

	wanted "$name" || return 0
	make_wide
	same_lines 0 "$BRCTL" check wide0 wide1
	floor "$large" 3 "$name" "check wide0 wide1" \
		"$BRCTL check wide0 wide1"
}

measure_bridges()
{
	is_reference "$REF_BRCTL" || die "no $REF_BRCTL in here"
	[ -d /sys/class/net/lo ] || die "no sysfs, which the peer reads"
	headline "bridge-utils' brctl, $("$REF_BRCTL" --version 2>&1 |
		head -n 1)"
	small_works
	fdb_works
	many_works
	check_works
}
