# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# restore, against iproute2 in batches, show, and commands one by one.
# shellcheck disable=SC2034,SC2154 # what bench and this file share

restore_works=("restore, 200 bridges, 400 ports" "restore, nothing to do"
	"restore, 100,000 FDB entries" "delete-many, 100 bridges")

# each COUNT PROGRAM: the program of awk for each number "i".
each()
{
	awk -v count="$1" "BEGIN { for (i = 0; i < count; i++) { $2 } }"
}

# The same bridges as lines of a configuration, and for ip and bridge.
write_bridges()
{
	each 200 'print "link add c" i " type veth peer name d" i' | batch ip
	each 200 'print "brctl addbr m" i
		print "brctl set m" i " forward_delay=4 ageing_time=60"
		print "brctl addif m" i " c" i
		print "brctl setport m" i " c" i " path_cost=10"
		print "brctl addif m" i " d" i
		print "brctl link c" i " up\nbrctl link m" i " up"' > "$dir/file"
	each 200 'print "link add m" i \
			" type bridge forward_delay 400 ageing_time 6000"
		print "link set c" i " up master m" i
		print "link set d" i " master m" i
		print "link set m" i " up"' > "$dir/ip"
	each 200 'print "link set dev c" i " cost 10"' > "$dir/bridge"
	{
		each 200 'print "link set m" i " group 77"'
		echo "link del group 77"
		each 200 'print "link set c" i " down"'
	} > "$dir/undo"
	cat > "$dir/peer" <<-END
		$ip -batch $dir/ip && $bridge -batch $dir/bridge
	END
}

bridges_work()
{
	any_wanted "${restore_works[@]:0:2}" || return 0
	write_bridges
	compare "$large" 1.00 "${restore_works[0]}" "ip, bridge" \
		"$BRCTL restore $dir/file" "/bin/sh $dir/peer" \
		"$ip -batch $dir/undo"
	"$BRCTL" restore "$dir/file" || die "restore"
	same_lines 401 "$BRCTL" show
	"$BRCTL" diff "$dir/file" || die "diff"
	compare "$large" 3.00 "${restore_works[1]}" show \
		"$BRCTL restore $dir/file" "$BRCTL show"
	batch ip < "$dir/undo"
	each 200 'print "link del c" i' | batch ip
}

entries_work()
{
	local name="${restore_works[2]}"

	wanted "$name" || return 0
	batch ip <<-END
		link add fdb0 type bridge
		link add f1 type veth peer name f2
		link set f1 master fdb0
	END
	each 100000 'printf "addmac fdb0 f1 02:00:00:%02x:%02x:%02x static\n",
		i / 65536, i / 256 % 256, i % 256' > "$dir/file"
	sed 's/addmac fdb0 f1 \(.*\) static/fdb add \1 dev f1 master static/' \
		"$dir/file" > "$dir/bridge"
	printf 'link set f1 nomaster\nlink set f1 master fdb0\n' > "$dir/undo"
	compare $(((large + 9) / 10)) 0.70 "$name" "bridge -batch" \
		"$BRCTL restore $dir/file" "$bridge -batch $dir/bridge" \
		"$ip -batch $dir/undo"
	batch ip <<< "link del fdb0"
}

deletion_work()
{
	local name="${restore_works[3]}"

	wanted "$name" || return 0
	each 100 'print "link add m" i " type bridge"' > "$dir/undo"
	each 100 'print "delbr m" i' > "$dir/file"
	batch ip < "$dir/undo"
	compare "$large" 0.50 "$name" "one by one" "$BRCTL restore $dir/file" \
		"$BRCTL batch $dir/file" "$ip -batch $dir/undo"
}

measure_restore()
{
	local dir

	dir=$(mktemp -d) || exit 1
	headline iproute2
	bridges_work
	entries_work
	deletion_work
	rm -r "$dir"
}
