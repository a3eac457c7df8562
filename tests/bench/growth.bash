# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# How time and memory grow with the number of bridges, ports, FDB entries and
# VLANs: ours, and iproute2's. A line of the data has the curve, the number, our
# microseconds, theirs, our KiB and theirs.
# shellcheck disable=SC2034,SC2154 # what bench and this file share

growth_runs=5

# point CURVE NUMBER OURS THEIRS: adds a line to the data.
point()
{
	local out

	out=$("$paired" "$growth_runs" "$3" "$4") || die "$1 $2: no figure"
	awk -v curve="$1" -v number="$2" \
		'{ print curve, number, $1, $2, $4, $5 }' <<< "$out" |
		tee -a "$data"
}

grow_bridges()
{
	local count last=0

	for count in 10 30 100 300 1000; do
		seq $((last + 1)) "$count" |
			sed 's/.*/link add g& type bridge/' | batch ip
		last=$count
		same_lines $((count + 1)) "$BRCTL" show
		point bridges "$count" "$BRCTL show" \
			"$ip -d link show type bridge"
	done
	seq "$last" | sed 's/.*/link set g& group 77/' | batch ip
	batch ip <<< "link del group 77"
}

grow_ports()
{
	local count last=0

	batch ip <<< "link add br0 type bridge"
	for count in 10 30 100 300 1000; do
		seq $((last + 1)) "$count" | awk '{
			print "link add p" $1 " type veth peer name q" $1
			print "link set p" $1 " master br0"
		}' | batch ip
		last=$count
		same_lines $((count + 1)) "$BRCTL" show br0
		point ports "$count" "$BRCTL show br0" "$bridge link show"
	done
	seq "$last" | sed 's/.*/link set p& group 77/' | batch ip
	batch ip <<< "link del group 77"
	batch ip <<< "link del br0"
}

grow_fdb()
{
	local count last=0

	batch ip <<-END
		link add br0 type bridge
		link add p1 type veth peer name q1
		link set p1 master br0
	END
	for count in 1000 3000 10000 30000 100000 200000; do
		awk -v from="$last" -v to="$count" 'BEGIN {
			for (i = from; i < to; i++)
				printf "fdb add 02:00:00:%02x:%02x:%02x dev p1" \
					" master static\n", i / 65536,
					i / 256 % 256, i % 256
		}' | batch bridge
		last=$count
		point entries "$count" "$BRCTL showmacs br0" \
			"$bridge fdb show br br0"
	done
	batch ip <<< "link del p1"
	batch ip <<< "link del br0"
}

# Every second VLAN, because the kernel reports neighbours as one range.
grow_vlans()
{
	local count last=0

	batch ip <<-END
		link add br0 type bridge vlan_filtering 1 vlan_default_pvid 0
		link add p1 type veth peer name q1
		link set p1 master br0
	END
	for count in 16 64 256 1024 2047; do
		seq $((2 * last + 1)) 2 $((2 * count)) |
			sed 's/.*/vlan add vid & dev p1/' | batch bridge
		last=$count
		point VLANs "$count" "$BRCTL showvlans br0" \
			"$bridge vlan show dev p1"
	done
	batch ip <<< "link del p1"
	batch ip <<< "link del br0"
}

measure_growth()
{
	grow_bridges
	grow_ports
	grow_fdb
}

measure_growth_vlans()
{
	grow_vlans
}

# growth FILE ENVIRONMENT: measures, and draws the curves.
growth()
{
	local svg=$1 data=${1%.svg}.data environment=$2

	: > "$data" || exit 1
	"$enter" -w ns -- "$0" --inside growth --growth "$svg" || exit 1
	"$enter" -w "$environment" -- "$0" --inside growth_vlans \
		--growth "$svg" || exit 1
	command -v gnuplot > /dev/null ||
		die "gnuplot is not installed; the figures are in $data"
	gnuplot -e "data='$data'; svg='$svg'" "$here/growth.gp" || exit 1
	echo "$svg"
}
