# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tests each row of the option table with brctl or vconfig, and with ip: one
# sets the option, both read it. The values are written to a log, which one
# call of jq (rows.jq) compares, because starting a process is slow in
# User-Mode Linux.

# Rows whose words in ip differ from ours, or whose values cannot be derived
# from the row. Columns: scope, our name, ip's word that sets it, ip's key in
# JSON, two values, and an option that must be set first. "=" means: as in the
# row; ours/ip's if they differ.
exceptions()
{
	cat <<-'END'
	bridge group_addr = group_addr 01:80:c2:00:00:04 01:80:c2:00:00:0f =
	bridge vlan_protocol = = 802.1ad 802.1Q =
	bridge hash_max = = 512 1024 =
	bridge hash_elasticity = = 16 16 =
	bridge multicast_last_member_count = mcast_last_member_cnt = = =
	bridge multicast_startup_query_count = mcast_startup_query_cnt = = =
	bridge multicast_last_member_interval = mcast_last_member_intvl = = =
	bridge multicast_startup_query_interval = mcast_startup_query_intvl = = =
	bridge multicast_query_interval = mcast_query_intvl = = =
	bridge multicast_query_response_interval = mcast_query_response_intvl = = =
	bridge multicast_membership_interval = mcast_membership_intvl = = =
	bridge multicast_querier_interval = mcast_querier_intvl = = =
	bridge querier_ipv4_address = mcast_querier_ipv4_addr = = =
	bridge querier_ipv4_port = mcast_querier_ipv4_port = = =
	bridge querier_ipv4_timer = mcast_querier_ipv4_other_timer = = =
	bridge querier_ipv6_address = mcast_querier_ipv6_addr = = =
	bridge querier_ipv6_port = mcast_querier_ipv6_port = = =
	bridge querier_ipv6_timer = mcast_querier_ipv6_other_timer = = =
	bridge mst_enabled = = = = default_pvid=0
	bridge mcast_vlan_snooping = = = = vlan_filtering=on
	port state = = learning/2 forwarding/3 =
	port backup_port = = v1 v2 =
	port mab = = = = locked=on
	port designated_root = root_id = = =
	port designated_bridge = bridge_id = = =
	port port_id = id = = =
	port port_no = no = = =
	port change_ack = topology_change_ack = = =
	port multicast_fast_leave = fastleave = = =
	port multicast_router = multicast_router = = =
	vlan ingress_qos_map = ingress_qos = = =
	vlan egress_qos_map = egress_qos = = =
	END
}

# rows_of SCOPE DEVICE: starts a test, and writes the plan for the rows to a
# file.
rows_of()
{
	scope=$1
	device=$2
	log=$BATS_TEST_TMPDIR/log
	plan=$BATS_TEST_TMPDIR/plan
	: > "$log"
	brctl -j options "$scope" | ask '[plan($text)]' -c \
		--arg text "$(exceptions)" > "$plan"
}

# ask PROGRAM [OPTION...] [FILE]: runs jq with the functions of rows.jq.
ask()
{
	jq -L "$tests_dir/func" "include \"rows\"; $1" "${@:2}"
}

ours()
{
	case $scope in
	bridge) brctl -j get "$device" ;;
	port) brctl -j getport br0 "$device" ;;
	vlan) vconfig -j show "$device" ;;
	esac
}

theirs()
{
	ip -j -d link show dev "$device"
}

set_by_brctl()
{
	case $scope in
	bridge) brctl set "$device" "$1=$2" ;;
	port) brctl setport br0 "$device" "$1=$2" ;;
	esac
}

set_by_ip()
{
	local kind=$scope

	[ "$scope" != port ] || kind=bridge_slave
	ip link set dev "$device" type "$kind" "$1" "$2"
}

# write_down NAME BY WANT STATUS: appends the output of both programs to the
# log.
write_down()
{
	{
		printf '{"name":"%s","by":"%s","want":"%s","rc":%d,"ours":' \
			"$@"
		ours || echo null
		printf ',"theirs":'
		theirs || echo null
		echo '}'
	} >> "$log"
}

not_tried()
{
	printf '{"name":"%s","why":"%s"}\n' "$1" "$2" >> "$log"
}

# try NAME BY WANT COMMAND...: sets an option; fails if the program or the
# kernel does not know the option.
try()
{
	local name=$1 by=$2 want=$3 rc=0 err=$BATS_TEST_TMPDIR/err

	shift 3
	"$@" 2> "$err" || rc=$?
	case $by:$(< "$err") in
	brctl:*": this kernel has no "*)
		not_tried "$name" "not in this kernel"
		return 1
		;;
	ip:*": unknown "*"?"*)
		not_tried "$name" "ip cannot set it"
		return 1
		;;
	esac
	[ $rc -eq 0 ] || sed 's/^/# /' "$err" >&3
	write_down "$name" "$by" "$want" $rc
}

# A kernel without VLAN filtering sends these options, too.
can_be_set()
{
	case " $VB_FEATURES " in
	*" vlan_filtering "*) return 0 ;;
	esac
	case $1 in
	vlan_filtering|mst_enabled|mcast_vlan_snooping)
		not_tried "$1" "needs vlan_filtering"
		return 1
		;;
	esac
}

# Sets each row with our tool, with ip, and with our tool again. The last two
# values differ from the value before, so they show that something was set.
try_each()
{
	local name before word first second theirs

	while IFS=$'\t' read -r name before word first second theirs; do
		can_be_set "$name" || continue
		[ "$before" = - ] ||
			set_by_brctl "${before%=*}" "${before#*=}" || return 1
		try "$name" brctl "$first" \
			set_by_brctl "$name" "$first" || continue
		try "$name" ip "$second" \
			set_by_ip "$word" "$theirs" ||
		try "$name" brctl "$second" \
			set_by_brctl "$name" "$second"
		try "$name" brctl "$first" set_by_brctl "$name" "$first"
	done < <(ask '.[] | steps' -r "$plan")
}

# read_all: reads all options with both programs. Fails if a timer started
# again between two readings; then it must be called again.
read_all()
{
	local read=$BATS_TEST_TMPDIR/read names

	{
		printf '{"before":'
		ours
		printf ',"theirs":'
		theirs
		printf ',"after":'
		ours
		echo '}'
	} > "$read"
	names=$(ask 'unequal($rows[0])' -r --slurpfile rows "$plan" "$read") ||
		return 1
	[[ -z $names ]] || ! grep -q '_timer$' <<< "$names"
}

# all_equal: prints the table of results. Fails if a tried option was not
# equal, or if one program shows an option that the other does not.
all_equal()
{
	local read=$BATS_TEST_TMPDIR/read verdicts key bad=

	verdicts=$(ask '$rows[0][] | verdict($log; $read[0])' -c -n \
		--slurpfile rows "$plan" --slurpfile log "$log" \
		--slurpfile read "$read")
	jq -r '"# \(.scope) \(.name): tried \(.tried), equal \(.equal)" +
		if .why == "" then "" else " (\(.why))" end' <<< "$verdicts" >&3
	jq -s -r '"# \(.[0].scope): \(length) rows, \(
		map(select(.tried > 0)) | length) tried, \(
		map(select(.tried > 0 and .tried == .equal)) | length) equal"' \
		<<< "$verdicts" >&3
	jq -s -e 'all(.tried == .equal) and any(.tried > 0)' \
		<<< "$verdicts" > /dev/null || bad=yes
	for key in $(ask 'unknown_keys($rows[0])' -r \
			--slurpfile rows "$plan" "$read"); do
		echo "ip shows $key, for which there is no row"
		bad=yes
	done
	for key in $(ask 'unread_keys($rows[0])' -r \
			--slurpfile rows "$plan" "$read"); do
		echo "ip shows $key, but our tools do not"
		bad=yes
	done
	for key in $(ask 'unseen_keys($rows[0])' -r \
			--slurpfile rows "$plan" "$read"); do
		! grep -aq "$key" "$(command -v ip)" || {
			echo "ip knows $key, but does not show it"
			bad=yes
		}
	done
	[ -z "$bad" ]
}
