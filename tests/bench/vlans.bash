# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# VLAN devices, compared with vlan's vconfig and iproute2, and VLANs of ports,
# compared with iproute2.
# shellcheck disable=SC2034,SC2154 # what bench and this file share

vlan_works=("vconfig add" "vconfig add, 4,000 VLANs"
	"addvlan, 64 ports, 4,093 VLANs" "showvlans, 64 ports, 4,093 VLANs"
	"delete-many, 50 VLAN devices"
	"trace, 1,000 ports, 4,000 VLANs, 100,000 FDB entries"
	"reach, 100 ports, 100 VLANs")

# Debian's vconfig, a shell script that runs ip.
REF_VCONFIG=${REF_VCONFIG:-/sbin/vconfig}

make_parent()
{
	batch ip <<-END
		link add eth0 type veth peer name far
	END
}

add_works()
{
	local undo="$ip link del eth0.100"

	floor "$runs" 1.2 "vconfig add" "vlan eth0 100" \
		"$VCONFIG add eth0 100" "$undo"
	compare "$runs" - "vconfig add" vconfig "$VCONFIG add eth0 100" \
		"$REF_VCONFIG add eth0 100" "$undo"
	compare "$runs" - "vconfig add" "ip link" "$VCONFIG add eth0 100" \
		"$ip link add link eth0 name eth0.100 type vlan id 100" "$undo"
}

# Devices are deleted with their parent, so that the kernel waits only once for
# all.
many_vlans_work()
{
	local name="vconfig add, 4,000 VLANs" dir

	wanted "$name" || return 0
	dir=$(mktemp -d) || exit 1
	seq 4000 | sed 's/.*/link add link eth0 name eth0.& type vlan id &/' \
		> "$dir/add"
	printf 'link del eth0\nlink add eth0 type veth peer name far\n' \
		> "$dir/undo"
	"$VCONFIG" add eth0 1-4000 > "$dir/out" || die "$name"
	same_lines 4002 cat "$dir/out"
	same_lines 4002 cat /proc/net/vlan/config
	"$ip" -batch "$dir/undo"
	compare "$large" 0.90 "$name" "ip -batch" \
		"$VCONFIG add eth0 1-4000" "$ip -batch $dir/add" \
		"$ip -batch $dir/undo"
	rm -r "$dir"
}

# Writes commands that make a bridge with VLAN filtering and the ports p1 to
# p64, which are pairs.
write_ports()
{
	local i

	echo "link add br0 type bridge vlan_filtering 1"
	for ((i = 1; i < 64; i += 2)); do
		echo "link add p$i type veth peer name p$((i + 1))"
		echo "link set p$i master br0"
		echo "link set p$((i + 1)) master br0"
	done
}

# VLANs are deleted with their ports. Deleting them one by one would take a
# hundred times longer.
write_port_undo()
{
	local i

	for ((i = 1; i < 64; i += 2)); do
		echo "link del p$i"
	done
	echo "link del br0"
	write_ports
}

filter_works()
{
	local dir ports

	any_wanted "${vlan_works[@]:2:2}" || return 0
	dir=$(mktemp -d) || exit 1
	ports=$(seq -s , -f p%g 64)
	write_ports | batch ip
	write_port_undo > "$dir/undo"
	cat > "$dir/add" <<-END
		for port in ${ports//,/ }; do
			$bridge vlan add vid 2-4094 dev \$port || exit 1
		done
	END
	floor "$large" 1.15 "addvlan, 64 ports, 4,093 VLANs" \
		"vlans ${ports//,/ }" "$BRCTL addvlan br0 $ports 2-4094" \
		"$ip -batch $dir/undo"
	compare "$large" - "addvlan, 64 ports, 4,093 VLANs" \
		"bridge vlan" "$BRCTL addvlan br0 $ports 2-4094" \
		"/bin/sh $dir/add" "$ip -batch $dir/undo"
	"$BRCTL" addvlan br0 "$ports" 2-4094 || die "addvlan"
	compare "$large" 0.60 "showvlans, 64 ports, 4,093 VLANs" \
		"bridge vlan" "$BRCTL showvlans br0" "$bridge vlan show"
	batch ip <<< "link del br0"
	rm -r "$dir"
}

vlan_deletion_work()
{
	local name="${vlan_works[4]}" dir

	wanted "$name" || return 0
	dir=$(mktemp -d) || exit 1
	seq 50 | sed 's/.*/link add link eth0 name eth0.& type vlan id &/' \
		> "$dir/undo"
	seq 50 | sed 's/.*/vconfig rem eth0.&/' > "$dir/file"
	batch ip < "$dir/undo"
	compare "$large" 0.05 "$name" "one by one" "$BRCTL restore $dir/file" \
		"$BRCTL batch $dir/file" "$ip -batch $dir/undo"
	rm -r "$dir"
}

# make_members BRIDGE PORTS VLANS: a bridge and its ports, which forward; their far
# ends are not ports, or frames would go round for ever. The first port and the
# bridge are in VLANS.
make_members()
{
	awk -v bridge="$1" -v ports="$2" 'BEGIN {
		print "link add " bridge " type bridge vlan_filtering 1"
		print "link set " bridge " up"
		for (i = 0; i < ports; i++) {
			print "link add " bridge "p" i " type veth peer name " \
				bridge "q" i
			print "link set " bridge "p" i " up master " bridge
			print "link set " bridge "q" i " up"
		}
	}' | batch ip
	batch bridge <<-END
		vlan add vid $3 dev $1p0
		vlan add vid $3 dev $1 self
	END
}

# An unknown address is flooded to all ports.
trace_work()
{
	local name="${vlan_works[5]}"

	wanted "$name" || return 0
	make_members wide 1000 2-4001
	"$VB_BUILD/tests/bench/fdb-walk" wide widep1 100000 > /dev/null ||
		die "$name"
	floor "$large" 1.5 "$name" "trace wide" \
		"$BRCTL trace wide in widep0 dst 02:00:5e:00:53:01 vlan 7"
	batch ip <<< "link del wide"
}

# Each port is in four of the VLANs.
reach_work()
{
	local name="${vlan_works[6]}"

	wanted "$name" || return 0
	make_members many 100 2-101
	awk 'BEGIN {
		for (i = 1; i < 100; i++)
			for (k = 0; k < 4; k++)
				print "vlan add dev manyp" i " vid " \
					2 + (i * 4 + k) % 100
	}' | batch bridge
	floor "$large" 1.5 "$name" "reach many" "$BRCTL reach many"
	batch ip <<< "link del many"
}

measure_vlans()
{
	# In User-Mode Linux, a process starts fifteen times slower.
	if [ "${VB_ENVIRONMENT:-}" = uml ]; then
		runs=$(((runs + 9) / 10))
		large=$(((large + 9) / 10))
	fi
	head -n 1 "$REF_VCONFIG" | grep -q '^#!' ||
		die "$REF_VCONFIG is not vlan's (Debian: vlan)"
	headline "vlan's vconfig, a shell script"
	make_parent
	add_works
	many_vlans_work
	filter_works
	vlan_deletion_work
	trace_work
	reach_work
}
