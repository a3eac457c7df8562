#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Parts of an interfaces file that cannot be applied are reported.  After a
# failure nothing is left behind, and ifup can be repeated.
#
# environment: ns

load ../common.bash
load ifupdown.bash

# Removes the messages of the last test, so that no test waits for them.
setup()
{
	our_machine
	rm -f /run/tmp/said
}

# bridge_file LINE...: writes an interfaces file with br0, without waiting.
bridge_file()
{
	interfaces <<< "iface br0 inet manual
bridge_maxwait 0
$(printf '%s\n' "$@")"
}

ports()
{
	local path

	for path in /sys/class/net/br0/brif/*; do
		[ ! -e "$path" ] || echo "${path##*/}"
	done
}

@test "a port that is not there is named, and the others join" {
	bridge_file "bridge_ports eth0 eth9 eth1"
	run -0 ifup br0
	[ "$output" = "br0: bridge_ports: there is no eth9" ]
	[ "$(ports)" = $'eth0\neth1' ]
}

@test "a VLAN as a port whose parent is not there is named" {
	bridge_file "bridge_ports eth9.5"
	run -0 ifup br0
	[ "$output" = "br0: bridge_ports: there is no eth9.5" ]
}

@test "an expression that matches nothing is named" {
	bridge_file "bridge_ports regex eth eth0. noregex eth1"
	run -0 ifup br0
	[ "${lines[0]}" = "br0: bridge_ports: no device matches eth" ]
	[ "${lines[1]}" = "br0: bridge_ports: no device matches eth0." ]
	[ "${#lines[@]}" -eq 2 ]
	[ "$(ports)" = eth1 ]
}

# echo of sh would interpret the backslashes.
@test "an expression is named as it was written" {
	bridge_file 'bridge_ports regex eth\bx\c.'
	run -0 ifup br0
	[ "$output" = 'br0: bridge_ports: no device matches eth\bx\c.' ]
}

@test "options that do not exist are named" {
	bridge_file "bridge_ports eth0" "bridge_fdd 0" "bridge-agening 5" \
		"vlan_row_device eth0"
	run -0 ifup br0
	[ "$(sort <<< "$output")" = "br0: no such option: bridge_agening
br0: no such option: bridge_fdd
br0: no such option: vlan_row_device" ]
}

@test "options of any interface that do not exist are named" {
	interfaces <<-END
		iface eth0 inet manual
		hw-mac-adress 02:00:00:00:aa:01
		ip-rp-fliter 1
		ip-proxy-apr 1
		ip-of-the-day 1
	END
	run -0 ifup eth0
	[ "$(sort <<< "$output")" = "eth0: no such option: hw_mac_adress
eth0: no such option: ip_proxy_apr
eth0: no such option: ip_rp_fliter" ]
}

@test "bridge_ports with a typo is named, too" {
	interfaces <<< $'iface br0 inet manual\nbridge_port eth0\nbridge_fd 0'
	run -0 ifup br0
	[ "$output" = "br0: no such option: bridge_port" ]
	[ ! -e /sys/class/net/br0 ]
}

@test "a value that the kernel refuses is named, and the others are set" {
	bridge_file "bridge_ports eth0" "bridge_hello 99" "bridge_maxage 17"
	run -0 ifup br0
	[[ $output = *"hello_time goes from 1.00 to 10.00 s" ]]
	[ "${#lines[@]}" -eq 1 ]
	[ "$(< /sys/class/net/br0/bridge/max_age)" = 1700 ]
	[ "$(< /sys/class/net/br0/bridge/hello_time)" = 200 ]
}

@test "bridge_stp that is neither on nor off is off, and named" {
	bridge_file "bridge_ports eth0" "bridge_stp maybe"
	run -0 ifup br0
	[ "$output" = "br0: bridge_stp maybe: neither on nor off; off it is" ]
	[ "$(< /sys/class/net/br0/bridge/stp_state)" = 0 ]
}

@test "bridge_vlan_aware that is neither yes nor no is no, and named" {
	bridge_file "bridge_ports eth0" "bridge_vlan_aware perhaps"
	run -0 ifup br0
	[ "$output" = "br0: bridge_vlan_aware perhaps: neither yes nor no; no it is" ]
	sed -i 's/perhaps/0/' /etc/network/interfaces
	run -0 ifup --force br0
	[ "$output" = "" ]
}

@test "options of a port that is none are named" {
	bridge_file "bridge_ports eth0" "bridge_pathcost eth1 5" \
		"bridge_portprio eth0"
	run -0 ifup br0
	[ "${lines[0]}" = "br0: path_cost of eth1: it is no port of br0" ]
	[ "${lines[1]}" = "br0: priority of eth0: no value" ]
}

@test "bridge_hw of an interface that is not there is named" {
	bridge_file "bridge_ports eth0" "bridge_hw eth9"
	run -0 ifup br0
	[ "$output" = "br0: bridge_hw: there is no eth9" ]
	[ "$(mac_of br0)" = 02:00:00:00:00:00 ]
}

@test "bridge_waitport that times out says for which port" {
	bridge_file "bridge_ports none" "bridge_waitport 1 eth0 eth9 eth8.5"
	run -0 ifup br0
	[ "${lines[0]}" = "br0: waiting 1 s at most for eth0 eth9 eth8.5" ]
	[ "${lines[1]}" = "br0: bridge_waitport: after 1 s there still is no eth9 eth8.5" ]
}

@test "bridge_waitport ends when the port comes" {
	bridge_file "bridge_ports eth9" "bridge_waitport 60 eth9"
	ifup br0 > /run/tmp/said 2>&1 3>&- &
	poll 30 grep -q 'waiting 60 s' /run/tmp/said
	ip link add eth9 type veth peer name far9
	wait $!
	[ "$(ports)" = eth9 ]
}

@test "bridge_maxwait that is over says what the ports are" {
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0
		bridge_stp on
		bridge_maxwait 1
	END
	run -0 ifup br0
	[ "${lines[0]}" = "br0: waiting 1 s at most for a port that forwards" ]
	[[ ${lines[1]} = "br0: bridge_maxwait: after 1 s this is all that its ports are: eth0 ("* ]]
}

@test "times that are no numbers are named" {
	bridge_file "bridge_ports eth0" "bridge_waitport soon eth0"
	sed -i 's/maxwait 0/maxwait 1.5/' /etc/network/interfaces
	run -0 ifup br0
	[ "${lines[0]}" = "br0: bridge_waitport soon: not a number of seconds" ]
	[ "${lines[1]}" = "br0: bridge_maxwait 1.5: not a number of seconds" ]
}

# The shell would read 08 as an octal number, and exit.
@test "times may have zeros in front" {
	bridge_file "bridge_ports none" "bridge_waitport 01 eth9"
	run -0 ifup br0
	[ "${lines[1]}" = "br0: bridge_waitport: after 1 s there still is no eth9" ]
	ifdown br0
	bridge_file "bridge_ports eth0" "bridge_waitport 08 eth0"
	sed -i 's/maxwait 0/maxwait 09/' /etc/network/interfaces
	run -0 ifup br0
	[ "$output" = "" ]
	[ "$(ports)" = eth0 ]
}

@test "a port of another bridge stays there" {
	brctl addbr br9
	brctl addif br9 eth0
	bridge_file "bridge_ports eth0 eth1"
	run -0 ifup br0
	[ "${lines[0]}" = "device eth0 is already a member of a bridge; can't add it to bridge br0." ]
	[ "$(ports)" = eth1 ]
	run -0 ifdown br0
	[ -e /sys/class/net/br9/brif/eth0 ]
	[ "$(ip -br link show dev eth0 | grep -c ',UP')" -eq 0 ]
}

@test "a device of the bridge's name that is no bridge is an error" {
	ip link add br0 type veth peer name far9
	bridge_file "bridge_ports eth0"
	run -1 ifup br0
	[ "${lines[0]}" = "br0: this is the name of a device that is no bridge" ]
	[ ! -e /sys/class/net/eth0/brport ]
}

@test "an interface that is not there gets none of its settings" {
	interfaces <<-END
		iface eth9 inet manual
		hw_mac_address 02:00:00:00:aa:01
		ip_rp_filter 1
	END
	run -0 ifup eth9
	[ "${lines[0]}" = 'Cannot find device "eth9"' ]
	[[ $output = *"conf/eth9/rp_filter"* ]]
}

@test "a bridge that is up already gets what it lacks" {
	bridge_file "bridge_ports eth0 eth1" "bridge_ageing 20"
	ifup br0
	brctl delif br0 eth1
	brctl setageing br0 30
	run -0 ifup br0
	[ "$output" = "ifup: interface br0 already configured" ]
	run -0 ifup --force br0
	[ "$output" = "" ]
	[ "$(ports)" = $'eth0\neth1' ]
	[ "$(< /sys/class/net/br0/bridge/ageing_time)" = 2000 ]
}

@test "what a failed attempt left is finished by the next" {
	brctl addbr br0
	brctl addif br0 eth1
	bridge_file "bridge_ports eth0 eth1" "up test -e /run/tmp/ready"
	rm -f /run/tmp/ready
	run -1 ifup br0
	: > /run/tmp/ready
	run -0 ifup br0
	[ "$output" = "" ]
	[ "$(ports)" = $'eth0\neth1' ]
	run -0 ifdown br0
	[ "$output" = "" ]
	[ ! -e /sys/class/net/br0 ]
}

@test "without the capability nothing is left, and the reason is told" {
	bridge_file "bridge_ports eth0"
	run -1 setpriv --bounding-set -net_admin ifup br0
	[ "${lines[0]}" = "add bridge failed: Operation not permitted" ]
	[ ! -e /sys/class/net/br0 ]
	[ ! -e /sys/class/net/eth0/brport ]
	run -0 ifquery --state
	[[ $output != *br0* ]]
	run -0 ifup br0
	[ "$(ports)" = eth0 ]
}

# An address that begins with 01: is a group address.
@test "bridge_hw that no bridge may have is named, and there is a bridge" {
	bridge_file "bridge_ports eth0" "bridge_hw 01:00:00:00:00:01"
	run -0 ifup br0
	[ "${lines[1]}" = "br0: bridge_hw: it cannot have 01:00:00:00:00:01" ]
	[ "$(ports)" = eth0 ]
	[ "$(mac_of br0)" = 02:00:00:00:00:00 ]
	run -0 ifup --force br0
	[ "${lines[1]}" = "br0: bridge_hw: it cannot have 01:00:00:00:00:01" ]
	[ "$(ports)" = eth0 ]
}

# Otherwise the machine would be unreachable.
@test "settings that the shell cannot read are the bridges' problem only" {
	mkdir -p $etc_dir/default
	mount --bind $etc_dir/default /etc/default
	echo 'BRIDGE_HOTPLUG="yes' > /etc/default/bridge-utils
	bridge_file "bridge_ports eth0" "iface eth1 inet manual"
	other=$(ifup eth1 2>&1) || other="$other $?"
	run ifup br0
	umount /etc/default
	[ "$other" = "" ]
	[ "$status" -eq 1 ]
	[[ ${lines[0]} = *"/etc/default/bridge-utils: Syntax error"* ]]
	[ ! -e /sys/class/net/br0 ]
}

# As after a package has been removed but not purged.
@test "hooks whose other parts are gone do nothing" {
	bridge_file "bridge_ports eth0" "ip_rp_filter 1"
	mkdir $etc_dir/aside
	mv $etc_dir/*.sh $etc_dir/aside
	run ifup br0
	mv $etc_dir/aside/* $etc_dir
	rmdir $etc_dir/aside
	[ "$status" -eq 0 ]
	[ "$output" = "" ]
	[ ! -e /sys/class/net/br0 ]
}

@test "a bridge whose making is interrupted leaves nothing" {
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0
		bridge_stp on
		bridge_maxwait 60
	END
	ifup br0 > /run/tmp/said 2>&1 3>&- &
	poll 30 grep -q 'waiting 60 s' /run/tmp/said
	pkill -TERM -P "$(pgrep -P $! run-parts || pgrep -f '^run-parts ')"
	status=0
	wait $! || status=$?
	[ "$status" -eq 1 ]
	[ ! -e /sys/class/net/br0 ]
	[ ! -e /sys/class/net/eth0/brport ]
}

# The ports have no carrier, so ifup waits.
@test "an ifup --force that is interrupted leaves what was there before" {
	bridge_file "bridge_ports eth0"
	ifup br0
	ip link set dev far0 down
	ip link set dev far1 down
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0 eth1
		bridge_maxwait 60
	END
	ifup --force br0 > /run/tmp/said 2>&1 3>&- &
	poll 30 grep -q 'waiting 60 s' /run/tmp/said
	[ "$(ports)" = $'eth0\neth1' ]
	pkill -TERM -P "$(pgrep -P $! run-parts || pgrep -f '^run-parts ')"
	wait $! || :
	grep -q 'bridge exited with return code 1' /run/tmp/said
	[ "$(ports)" = eth0 ]
	[[ $(ip -br link show dev eth0) = *",UP"* ]]
}
