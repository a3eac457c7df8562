# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The settings of br_netfilter in the kernel.

NF=/proc/sys/net/bridge/bridge-nf
NF_NAMES=(call-iptables call-ip6tables call-arptables filter-vlan-tagged
	filter-pppoe-tagged pass-vlan-input-dev)

# all_nf VALUE...: sets all of them, in the order of the names.
all_nf()
{
	local i

	for i in "${!NF_NAMES[@]}"; do
		echo "${*:i + 1:1}" > "$NF-${NF_NAMES[i]}"
	done
}

# nf_is VALUE...: checks all of them.
nf_is()
{
	local name value got=()

	for name in "${NF_NAMES[@]}"; do
		read -r value < "$NF-$name"
		got+=("$value")
	done
	[ "${got[*]}" = "$*" ] && return 0
	echo "the settings are ${got[*]} and not $*"
	return 1
}

NONE="is not one of call-iptables, call-ip6tables, call-arptables,\
 filter-vlan-tagged, filter-pppoe-tagged and pass-vlan-input-dev"
NOT_LOADED="brctl: br_netfilter is not loaded: bridged frames pass no table,\
 and nothing can be set; to load it: modprobe br_netfilter"
