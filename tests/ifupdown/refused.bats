#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Parts of an interfaces file that cannot be applied are reported.  After a
# failure nothing is left behind, and ifup can be repeated.
#
# environment: ns

load ../common.bash
load ifupdown.bash

# Removes the messages of the previous test, which another test would mistake
# for its own.
setup()
{
	our_machine
	rm -f /run/tmp/said
}

# bridge_file LINE...: writes an interfaces file with br0 and these lines. ifup
# does not wait for ports to forward.
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
		[ ! -e "$path" ] || printf '%s\n' "${path##*/}"
	done
}

@test "a missing port is reported, and the others join" {
	bridge_file "bridge_ports eth0 eth9 eth1"
	run -0 ifup br0
	[ "$output" = "br0: bridge_ports: there is no device eth9" ]
	[ "$(ports)" = $'eth0\neth1' ]
}

@test "a VLAN device whose parent is missing is reported as a missing port" {
	bridge_file "bridge_ports eth9.5"
	run -0 ifup br0
	[ "$output" = "br0: bridge_ports: there is no device eth9.5" ]
}

@test "an expression that matches nothing is reported" {
	bridge_file "bridge_ports regex eth eth0. noregex eth1"
	run -0 ifup br0
	[ "${lines[0]}" = "br0: bridge_ports: no device matches eth" ]
	[ "${lines[1]}" = "br0: bridge_ports: no device matches eth0." ]
	[ "${#lines[@]}" -eq 2 ]
	[ "$(ports)" = eth1 ]
}

# The command echo of sh would interpret the backslashes.
@test "an expression is reported unchanged" {
	bridge_file 'bridge_ports regex eth\bx\c.'
	run -0 ifup br0
	[ "$output" = 'br0: bridge_ports: no device matches eth\bx\c.' ]
}

@test "unknown options are reported" {
	bridge_file "bridge_ports eth0" "bridge_fdd 0" "bridge-agening 5" \
		"vlan_row_device eth0"
	run -0 ifup br0
	[ "$(sort <<< "$output")" = "br0: no such option: bridge_agening
br0: no such option: bridge_fdd
br0: no such option: vlan_row_device" ]
}

@test "unknown options of other interfaces are reported" {
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

@test "a misspelt bridge_ports is reported, too" {
	interfaces <<< $'iface br0 inet manual\nbridge_port eth0\nbridge_fd 0'
	run -0 ifup br0
	[ "$(sort <<< "$output")" = "br0: bridge_fd has no effect without bridge_ports
br0: no such option: bridge_port" ]
	[ ! -e /sys/class/net/br0 ]
}

@test "a value that the kernel refuses is reported, and the others are set" {
	bridge_file "bridge_ports eth0" "bridge_hello 99" "bridge_maxage 17"
	run -0 ifup br0
	[[ $output = *"hello_time ranges from 1.00 to 10.00 s" ]]
	[ "${#lines[@]}" -eq 1 ]
	[ "$(< /sys/class/net/br0/bridge/max_age)" = 1700 ]
	[ "$(< /sys/class/net/br0/bridge/hello_time)" = 200 ]
}

@test "an invalid value of bridge_stp means off, and is reported" {
	bridge_file "bridge_ports eth0" "bridge_stp maybe"
	run -0 ifup br0
	[ "$output" = "br0: bridge_stp maybe: neither on nor off; STP is turned off" ]
	[ "$(< /sys/class/net/br0/bridge/stp_state)" = 0 ]
}

@test "an invalid value of bridge_vlan_aware means no, and is reported" {
	bridge_file "bridge_ports eth0" "bridge_vlan_aware perhaps"
	run -0 ifup br0
	[ "$output" = "br0: bridge_vlan_aware perhaps: neither yes nor no; VLAN filtering is off" ]
	sed -i 's/perhaps/0/' /etc/network/interfaces
	run -0 ifup --force br0
	[ "$output" = "" ]
}

@test "options for devices that are not ports are reported" {
	bridge_file "bridge_ports eth0" "bridge_pathcost eth1 5" \
		"bridge_portprio eth0"
	run -0 ifup br0
	[ "${lines[0]}" = "br0: bridge_pathcost: eth1 is not a port of br0" ]
	[ "${lines[1]}" = "br0: bridge_portprio: no value for eth0" ]
}

@test "a missing interface in bridge_hw is reported" {
	bridge_file "bridge_ports eth0" "bridge_hw eth9"
	run -0 ifup br0
	[ "$output" = "br0: bridge_hw: there is no device eth9" ]
	[ "$(mac_of br0)" = 02:00:00:00:00:00 ]
}

@test "a timeout of bridge_waitport is reported with the missing ports" {
	bridge_file "bridge_ports none" "bridge_waitport 1 eth0 eth9 eth8.5"
	run -0 ifup br0
	[ "${lines[0]}" = "br0: waiting up to 1 s for eth0 eth9 eth8.5" ]
	[ "${lines[1]}" = "br0: bridge_waitport: still missing after 1 s: eth9 eth8.5" ]
}

@test "bridge_waitport ends when the port appears" {
	bridge_file "bridge_ports eth9" "bridge_waitport 60 eth9"
	ifup br0 > /run/tmp/said 2>&1 3>&- &
	poll 30 grep -q 'waiting up to 60 s' /run/tmp/said
	ip link add eth9 type veth peer name far9
	wait $!
	[ "$(ports)" = eth9 ]
}

@test "a timeout of bridge_maxwait is reported with the states of the ports" {
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0
		bridge_stp on
		bridge_maxwait 1
	END
	run -0 ifup br0
	[ "${lines[0]}" = "br0: waiting up to 1 s for a port that forwards" ]
	[[ ${lines[1]} = "br0: bridge_maxwait: not forwarding after 1 s: eth0 ("* ]]
}

@test "invalid times are reported" {
	bridge_file "bridge_ports eth0" "bridge_waitport soon eth0"
	sed -i 's/maxwait 0/maxwait 1.5/' /etc/network/interfaces
	run -0 ifup br0
	[ "${lines[0]}" = "br0: bridge_waitport soon: not a whole number of seconds" ]
	[ "${lines[1]}" = "br0: bridge_maxwait 1.5: not a whole number of seconds" ]
}

# The shell cannot compute with such a number.
@test "a time that is too large is reported" {
	bridge_file "bridge_ports eth0"
	sed -i 's/maxwait 0/maxwait 10000000000000000000000000/' \
		/etc/network/interfaces
	run -0 ifup br0
	[ "$output" = "br0: bridge_maxwait 10000000000000000000000000: not a whole number of seconds" ]
	[ "$(ports)" = eth0 ]
}

@test "a value is never split into arguments of brctl and vconfig" {
	bridge_file "bridge_ports eth0" "bridge_maxage 25 --dry-run" \
		"bridge_hello 3" "bridge_pathcost eth0 9" \
		"iface guests inet manual" "vlan_raw_device eth0" \
		"vlan_id 5 name lo9" "iface eth1 inet manual" \
		"ip_proxy_arp 0 1"
	run -0 ifup br0
	[ "$output" = 'brctl: "25 --dry-run" is not a value of max_age: it takes seconds' ]
	[ "$(< /sys/class/net/br0/bridge/max_age)" = 2000 ]
	[ "$(< /sys/class/net/br0/bridge/hello_time)" = 300 ]
	run -1 ifup guests
	[ "${lines[0]}" = "guests: vlan_id 5 name lo9: not a number from 0 to 4094" ]
	run -0 ifup eth1
	[ "$output" = "eth1: ip_proxy_arp 0 1: not a number from 0 to 1" ]
}

@test "a port may have the name of an option" {
	ip link set dev eth2 name -n
	bridge_file "bridge_ports eth0 -n" "bridge_pathcost -n 9"
	run -0 ifup br0
	[ "$output" = "" ]
	[ "$(ports)" = $'-n\neth0' ]
	[ "$(< /sys/class/net/-n/brport/path_cost)" = 9 ]
	run -0 ifdown br0
	[ "$output" = "" ]
	ip link show dev -n
}

@test "an invalid VLAN in bridge_vids is reported with the interface" {
	bridge_file "bridge_ports eth0 eth1" 'bridge_vids 7 2-4096,x 10\c 9-5' \
		"bridge_pvid 4095" "bridge_allow_untagged maybe"
	run -0 ifup br0
	[ "$output" = "br0: bridge_vids and bridge_pvid need bridge_vlan_aware yes
br0: bridge_vids 2-4096: not a VLAN id from 1 to 4094, and not a range such as 20-29
br0: bridge_vids x: not a VLAN id from 1 to 4094, and not a range such as 20-29
br0: bridge_vids 10\c: not a VLAN id from 1 to 4094, and not a range such as 20-29
br0: bridge_vids 9-5: not a VLAN id from 1 to 4094, and not a range such as 20-29
br0: bridge_pvid 4095: not a number from 0 to 4094
br0: bridge_allow_untagged maybe: neither yes nor no" ]
}

# The MTU of a tap device goes to 65521, that of a bridge and of veth to 65535.
@test "a port that cannot have the MTU is reported, with its MTU" {
	needs tap
	ip tuntap add dev tap0 mode tap
	bridge_file "bridge_ports tap0 eth0" "mtu 65530"
	run -0 ifup br0
	[ "$output" = "br0: mtu 65530: tap0 keeps the MTU 1500: mtu greater than device maximum; set mtu 1500 here, or use a device that supports 65530" ]
	[ "$(< /sys/class/net/eth0/mtu) $(< /sys/class/net/br0/mtu)" = "65530 65530" ]
}

# The shell would read 08 as an octal number, and exit.
@test "times may have leading zeros" {
	bridge_file "bridge_ports none" "bridge_waitport 01 eth9"
	run -0 ifup br0
	[ "${lines[1]}" = "br0: bridge_waitport: still missing after 1 s: eth9" ]
	ifdown br0
	bridge_file "bridge_ports eth0" "bridge_waitport 08 eth0"
	sed -i 's/maxwait 0/maxwait 09/' /etc/network/interfaces
	run -0 ifup br0
	[ "$output" = "" ]
	[ "$(ports)" = eth0 ]
}

@test "a port of another bridge is not moved" {
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

@test "a device that has the bridge's name and is not a bridge is an error" {
	ip link add br0 type veth peer name far9
	bridge_file "bridge_ports eth0"
	run -1 ifup br0
	[ "${lines[0]}" = "br0: a device with this name exists and is not a bridge" ]
	[ ! -e /sys/class/net/eth0/brport ]
}

@test "for a missing interface, the options that cannot be set are reported" {
	interfaces <<-END
		iface eth9 inet manual
		hw_mac_address 02:00:00:00:aa:01
		ip_rp_filter 1
	END
	run -0 ifup eth9
	[ "${lines[0]}" = "eth9: hw_mac_address: there is no device eth9" ]
	[[ $output = *"eth9: ip_rp_filter and ip_proxy_arp: there is no device eth9"* ]]
}

@test "a port that was removed from the stanza is released" {
	bridge_file "bridge_ports eth0 eth1"
	ifup br0
	ip link set dev vif1 up
	brctl addif br0 vif1
	bridge_file "bridge_ports eth0"
	run -0 ifup --force br0
	[ "$output" = "" ]
	[ "$(ports)" = $'eth0\nvif1' ]
	[[ $(ip -br link show dev eth1) != *",UP"* ]]
	bridge_file "bridge_ports none"
	run -0 ifdown br0
	[[ $(ip -br link show dev eth0) != *",UP"* ]]
	[ ! -e /run/network/vbridge/bridges/br0 ]
}

@test "a port in another stanza of the bridge is kept" {
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0 eth1
		bridge_maxwait 0
		iface br0 inet6 manual
		bridge_ports eth2
		bridge_maxwait 0
	END
	run -0 ifup br0
	run -0 ifup --force br0
	[ "$output" = "" ]
	[ "$(ports)" = $'eth0\neth1\neth2' ]
}

@test "ifup --force sets what is missing on a bridge that is up" {
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

@test "ifup completes the state that a failed ifup left" {
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

@test "without CAP_NET_ADMIN nothing is changed, and the reason is reported" {
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

# An address that begins with 01: is a multicast address.
@test "an invalid address in bridge_hw is reported, and the bridge is created" {
	bridge_file "bridge_ports eth0" "bridge_hw 01:00:00:00:00:01"
	run -0 ifup br0
	[ "${lines[1]}" = "br0: bridge_hw: cannot set the MAC address 01:00:00:00:00:01" ]
	[ "$(ports)" = eth0 ]
	[ "$(mac_of br0)" = 02:00:00:00:00:00 ]
	run -0 ifup --force br0
	[ "${lines[1]}" = "br0: bridge_hw: cannot set the MAC address 01:00:00:00:00:01" ]
	[ "$(ports)" = eth0 ]
}

# Otherwise the machine would be unreachable after boot.
@test "a syntax error in the settings only affects bridges" {
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

# This is the state after a package was removed but not purged.
@test "hooks whose other files are missing do nothing" {
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

@test "an interrupted ifup leaves nothing behind" {
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0
		bridge_stp on
		bridge_maxwait 60
	END
	ifup br0 > /run/tmp/said 2>&1 3>&- &
	poll 30 grep -q 'waiting up to 60 s' /run/tmp/said
	pkill -TERM -P "$(pgrep -P $! run-parts || pgrep -f '^run-parts ')"
	status=0
	wait $! || status=$?
	[ "$status" -eq 1 ]
	[ ! -e /sys/class/net/br0 ]
	[ ! -e /sys/class/net/eth0/brport ]
}

# The ports have no carrier, so ifup waits.
@test "an interrupted ifup --force restores the state before it" {
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
	poll 30 grep -q 'waiting up to 60 s' /run/tmp/said
	[ "$(ports)" = $'eth0\neth1' ]
	pkill -TERM -P "$(pgrep -P $! run-parts || pgrep -f '^run-parts ')"
	wait $! || :
	grep -q 'bridge exited with return code 1' /run/tmp/said
	[ "$(ports)" = eth0 ]
	[[ $(ip -br link show dev eth0) = *",UP"* ]]
}
