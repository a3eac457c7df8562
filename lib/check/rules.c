/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The table of rules: the subject of each, and its explanation. */

#include "config.h"

#include "check/entries.h"
#include "check/fdb.h"
#include "check/forward.h"
#include "check/host.h"
#include "check/links.h"
#include "check/machine.h"
#include "check/managers.h"
#include "check/mcast.h"
#include "check/moves.h"
#include "check/ports.h"
#include "check/rule.h"
#include "check/stp.h"
#include "check/vlans.h"

static const struct vbr_rule rules[] = {
	{ "no-carrier", VBR_SEVERITY_ERROR, rule_no_carrier,
	  N_("the default route goes through a bridge without a connection"),
	  N_("A bridge has a carrier while at least one of its ports is up, has "
	     "a carrier itself and forwards. Without it, the host sends nothing "
	     "through the bridge. A bridge of containers that has no container "
	     "yet is in this state, too, which is no fault: so the rule looks "
	     "only at bridges that have the default route. Check the cable, and "
	     "whether the ports are up.") },
	{ "empty-bridge", VBR_SEVERITY_ERROR, rule_empty_bridge,
	  N_("the default route goes through a bridge without ports"),
	  N_("The host has its address and the default route on the bridge, and "
	     "the bridge has no port. This happens when the network card gets "
	     "another name, after a new kernel or another slot, and the "
	     "configuration of the bridge has the old one. Correct the name "
	     "there, too.") },
	{ "joined-twice", VBR_SEVERITY_ERROR, rule_joined_twice,
	  N_("two bridges are joined twice, without STP"),
	  N_("Frames have no lifetime. Where there are two ways between two "
	     "bridges, a broadcast comes back on the other way and is sent "
	     "again, without an end. STP turns off all ways but one; it is "
	     "enough on one of the bridges. The rule knows veth pairs of this "
	     "network namespace, and no cables.") },
	{ "mac-moves", VBR_SEVERITY_ERROR, rule_mac_moves,
	  N_("a MAC address moves from port to port all the time"),
	  N_("A bridge learns at which port an address is from the frames that "
	     "come in there. If they come in at two ports, there is a loop, or "
	     "two machines have the same address. brctl check looks for "
	     "milliseconds, so it sees loops, and not two machines that talk "
	     "now and then: for those, watch with brctl watch fdb. Look for a "
	     "second cable, or turn STP on.") },
	{ "host-locked-out", VBR_SEVERITY_ERROR, rule_host_locked_out,
	  N_("the host has its address in a VLAN without ports"),
	  N_("While a bridge filters VLANs, it is a member of VLANs like its "
	     "ports: what the host sends untagged is in the bridge's PVID, and "
	     "reaches only the ports in this VLAN. A new bridge has VLAN 1 as "
	     "PVID. Once all ports have others, the host is alone in it. Make "
	     "the bridge a member of a VLAN of its ports; or give the address "
	     "to a VLAN device on the bridge.") },
	{ "host-not-in-vlan", VBR_SEVERITY_ERROR, rule_host_not_in_vlan,
	  N_("a VLAN device is on a bridge that is not in this VLAN"),
	  N_("The VLAN device br0.10 sends and receives through br0, which must "
	     "be a member of VLAN 10 like a port. Adding the device does not "
	     "make it one. The rule looks at devices that are up and have the "
	     "vlan_protocol of the bridge.") },
	{ "port-has-address", VBR_SEVERITY_WARNING, rule_port_has_address,
	  N_("a port has an IP address or the default route"),
	  N_("Frames that come in through a port go to the bridge. The host "
	     "sends requests for a neighbour of this address through the port, "
	     "but the answers come in on the bridge, where nobody waits for "
	     "them: ARP fails. Addresses and routes belong on the bridge. The "
	     "commands interrupt connections through this address for a "
	     "moment. Link-local addresses of IPv6, which the kernel makes, do "
	     "no harm.") },
	{ "two-managers", VBR_SEVERITY_WARNING, rule_two_managers,
	  N_("a port is configured by DHCP, or by two programs"),
	  N_("An address of a port that expires is from a DHCP client, which "
	     "knows nothing of the bridge: it asks for the address again, and "
	     "sets it again. Let it use the bridge instead. systemd-networkd "
	     "and NetworkManager that both configure a port undo what the other "
	     "does: let one of them ignore the device.") },
	{ "vlan-leak", VBR_SEVERITY_WARNING, rule_vlan_leak,
	  N_("a port with another PVID still has the default PVID"),
	  N_("A new port gets the default PVID of its bridge, usually VLAN 1. If "
	     "it gets another PVID, it stays in the old VLAN, untagged. So the "
	     "device at the port hears the broadcasts of VLAN 1, and what it "
	     "answers is in the new VLAN. Remove the port from the old VLAN.") },
	{ "many-untagged", VBR_SEVERITY_WARNING, rule_many_untagged,
	  N_("a port sends several VLANs untagged"),
	  N_("A port may send several VLANs untagged, but all untagged frames "
	     "that come in are in its PVID. So the device at the port gets "
	     "frames of other VLANs, and its answers go elsewhere. Often a "
	     "range of VLANs was added as untagged for a device that expects "
	     "tags.") },
	{ "no-pvid", VBR_SEVERITY_WARNING, rule_no_pvid,
	  N_("a port sends a VLAN untagged, and has no PVID"),
	  N_("That a VLAN is untagged is about the frames that go out; those "
	     "that come in without a tag are in the PVID. Without one, the port "
	     "drops them: the device at the port hears others, and is not "
	     "heard. A port that has only tagged VLANs needs no PVID, and is "
	     "not reported.") },
	{ "unfiltered", VBR_SEVERITY_WARNING, rule_unfiltered,
	  N_("ports have VLANs, but the bridge does not filter"),
	  N_("While the option vlan_filtering is off, the kernel keeps the VLANs "
	     "of ports, and ignores them. Look at brctl showvlans before you "
	     "turn it on: the host needs the right VLANs, too, or it is cut "
	     "off.") },
	{ "vlan-device", VBR_SEVERITY_WARNING, rule_vlan_device,
	  N_("a VLAN device on a port takes the frames of its VLAN"),
	  N_("A tagged frame goes to the VLAN device on the device that it came "
	     "in through, if there is one, before a bridge sees it, also if "
	     "the VLAN device is down. The bridge still sends tagged frames "
	     "out, so only one direction fails. For the host, add a VLAN device "
	     "to the bridge instead. On a bridge that does not filter VLANs, "
	     "only devices that nothing uses are reported.") },
	{ "nic-twice", VBR_SEVERITY_WARNING, rule_nic_twice,
	  N_("two VLAN devices of one device are ports with the same PVID"),
	  N_("If eth0.10 and eth0.20 are ports of one bridge, it joins the VLANs "
	     "10 and 20 of the network at eth0, unless the ports have different "
	     "PVIDs. New ports all have the default PVID. Give each its own; "
	     "or make eth0 itself the port, and let the bridge handle the "
	     "tags.") },
	{ "bridge-down", VBR_SEVERITY_WARNING, rule_bridge_down,
	  N_("a bridge is down, and its ports are up"),
	  N_("New bridges are down, and ports do not set their bridge up. Until "
	     "it is up, it forwards nothing.") },
	{ "port-down", VBR_SEVERITY_WARNING, rule_port_down,
	  N_("a port is down"),
	  N_("A device that becomes a port keeps its state, and new devices are "
	     "down. A tap device is not reported: the program that opens it "
	     "sets it up.") },
	{ "not-forwarding", VBR_SEVERITY_WARNING, rule_not_forwarding,
	  N_("a port does not forward, although STP is off"),
	  N_("Without STP, a port forwards as soon as it is up and has a "
	     "carrier. Somebody has set another state by hand, and it stays "
	     "until the port goes down.") },
	{ "mtu-mismatch", VBR_SEVERITY_WARNING, rule_mtu_mismatch,
	  N_("ports of one bridge have different MTUs"),
	  N_("A bridge does not fragment packets, and sends no ICMP message: it "
	     "drops a frame that is larger than the MTU of the port through "
	     "which it would leave. Small packets such as those of ping pass, "
	     "and large ones are lost: connections open, and then stall. Give "
	     "all ports the same MTU. A bridge follows the smallest of its "
	     "ports, unless somebody has set its own.") },
	{ "same-mac", VBR_SEVERITY_WARNING, rule_same_mac,
	  N_("two ports have the same MAC address"),
	  N_("The kernel logs \"received packet with own address as source "
	     "address\", and the addresses of cloned machines are the usual "
	     "cause. VLAN devices have the address of their parent, so two on "
	     "the same parent are not reported.") },
	{ "mac-floats", VBR_SEVERITY_WARNING, rule_mac_floats,
	  N_("the MAC address of a bridge is that of a guest's port"),
	  N_("A bridge takes the lowest MAC address of its ports, until one is "
	     "set. When the port with that address leaves, the bridge gets "
	     "another one, and the neighbours of the host send to the old one "
	     "until their ARP entries expire. With an uplink this is a warning, "
	     "without one a remark. Set the address in the configuration of the "
	     "bridge, too.") },
	{ "port-no-carrier", VBR_SEVERITY_WARNING, rule_port_no_carrier,
	  N_("a port is up, but nothing is connected to it"),
	  N_("The carrier of a port is lost if its cable is out, if the other "
	     "end of a veth pair is down, or if no program has opened a tap "
	     "device. The way to the network is a warning, if it is the only "
	     "one and other ports are connected; a guest is a remark.") },
	{ "many-ports", VBR_SEVERITY_WARNING, rule_many_ports,
	  N_("a bridge has nearly as many ports as it can have"),
	  N_("A bridge can have 1,023 ports, and the kernel refuses more. Use a "
	     "second bridge in time, and join the two. VLANs have limits, too: "
	     "a network card that filters VLANs itself has a table of 64 to "
	     "4,096, and what does not fit is refused or slow; the kernel does "
	     "not say how large it is, so nobody can warn.") },
	{ "lro", VBR_SEVERITY_WARNING, rule_lro,
	  N_("a network card merges packets before the bridge sees them"),
	  N_("With large receive offload (LRO) the card makes one large packet "
	     "of several, which cannot be taken apart again, and the bridge "
	     "drops it. The kernel turns LRO off when a device becomes a port; "
	     "somebody has turned it on again. Generic receive offload (GRO) "
	     "does no harm. Nor do checksums that guests leave to the card: "
	     "every virtual machine does so, and only old DHCP clients in them "
	     "complain.") },
	{ "no-querier", VBR_SEVERITY_WARNING, rule_no_querier,
	  N_("a port is in a multicast group, and gets nothing of it"),
	  N_("A bridge with multicast snooping forwards groups to their members "
	     "while somebody, the querier, asks for members. While no querier is "
	     "known, the kernel sends multicast to all ports, as if it did not "
	     "snoop, which is no fault. But a port whose multicast_flood is off "
	     "gets none then, not even groups that it is in. Let the bridge "
	     "ask; after 10 seconds it forwards by groups. For IPv6 it needs "
	     "an address to ask, so flooding is simpler.") },
	{ "groups-expire", VBR_SEVERITY_WARNING, rule_groups_expire,
	  N_("members of groups are forgotten before they are asked again"),
	  N_("The querier asks every multicast_query_interval, and a member that "
	     "does not answer is forgotten after "
	     "multicast_membership_interval. If that is shorter, all members "
	     "are forgotten again and again: multicast works for a while, and "
	     "stops. RFC 3376 has twice the interval, and the time to answer: "
	     "260 seconds by default.") },
	{ "stale-entry", VBR_SEVERITY_WARNING, rule_stale_entry,
	  N_("a static entry of the FDB leads nowhere"),
	  N_("Frames to an address in the FDB go to its port only. If this port "
	     "does not forward, or has left the VLAN of the entry, they are "
	     "dropped: learned entries are deleted then, and static ones stay. "
	     "An entry whose port has no carrier is a remark: the machine may "
	     "come back there. If it comes up at another port, it is found "
	     "again once it sends.") },
	{ "no-learning", VBR_SEVERITY_WARNING, rule_no_learning,
	  N_("an ageing time of 0 makes a bridge a hub"),
	  N_("With an ageing time of 0 learned addresses expire at once. Each "
	     "frame goes to all ports, which costs bandwidth and lets each "
	     "guest see the traffic of the others. Bridges with two ports are "
	     "not reported.") },
	{ "fdb-full", VBR_SEVERITY_WARNING, rule_fdb_full,
	  N_("a bridge has learned as many addresses as it may"),
	  N_("The option fdb_max_learned limits how many addresses a bridge "
	     "learns. Frames for the others go to all ports. Either the limit "
	     "is too low, or somebody floods the bridge with addresses: see "
	     "brctl showmacs.") },
	{ "isolated-uplink", VBR_SEVERITY_WARNING, rule_isolated_uplink,
	  N_("the port to the network is isolated"),
	  N_("Frames do not pass from one isolated port to another. To keep "
	     "guests apart, isolate their ports, and not the port that leads to "
	     "the network.") },
	{ "hairpin-mixed", VBR_SEVERITY_REMARK, rule_hairpin_mixed,
	  N_("most ports of guests have hairpin mode, and one has not"),
	  N_("A bridge does not send a frame out of the port that it came from, "
	     "unless this port has hairpin mode. A guest needs it to reach "
	     "itself, or another one behind the same port, at an address that "
	     "the host translates (NAT). Docker and Kubernetes turn it on for "
	     "all guests, if at all.") },
	{ "lone-isolated", VBR_SEVERITY_REMARK, rule_lone_isolated,
	  N_("there is only one isolated port"),
	  N_("Frames do not pass from one isolated port to another, but they "
	     "pass between isolated ports and others. A single isolated port "
	     "still reaches all. If more are to come, this is fine.") },
	{ "late-ports", VBR_SEVERITY_REMARK, rule_late_ports,
	  N_("new ports come into a VLAN without other ports"),
	  N_("A port that joins gets the default PVID, usually VLAN 1. Where all "
	     "other ports have other VLANs, it is alone there, or with others "
	     "whose VLANs somebody has forgotten to set. With a default PVID of "
	     "0, a new port is in no VLAN until it gets one.") },
	{ "local-macs", VBR_SEVERITY_REMARK, NULL,
	  N_("the address of a port is listed once for each VLAN"),
	  N_("brctl showmacs lists the own address of a port without a VLAN, and "
	     "once more for each VLAN of the port, because frames for the host "
	     "come in in each of them. This is no fault, and never reported.") },
	{ "machine-mac", VBR_SEVERITY_REMARK, rule_machine_mac,
	  N_("the MAC address of a bridge is made of the machine id"),
	  N_("systemd gives a new bridge an address that it calculates of the "
	     "machine id and the name of the bridge, not the one of the network "
	     "card. So it stays the same, which is good; but a DHCP server that "
	     "knows the card gives another address, and machines that were "
	     "cloned with their /etc/machine-id have the same address. Either "
	     "set the address of the card, in the configuration of the bridge, "
	     "too; or tell the DHCP server.") },
	{ "stp-wait", VBR_SEVERITY_REMARK, rule_stp_wait,
	  N_("STP does not let a port forward yet"),
	  N_("With STP a port is listening and then learning, for the time "
	     "forward_delay each: twice 15 seconds by default. Meanwhile "
	     "nothing passes, which is too long for many DHCP clients. A bridge "
	     "with a single way to the network needs no STP. With STP, "
	     "forward_delay cannot be less than 2 seconds.") },
	{ "bridge-nf", VBR_SEVERITY_WARNING, rule_bridge_nf,
	  N_("bridged frames pass the firewall of the host"),
	  N_("While br_netfilter is loaded, bridged frames pass iptables as if "
	     "the host routed them; Docker loads it, and its policy for "
	     "forwarded packets is to drop them. That is a warning, unless a "
	     "rule names the bridge; other rules for forwarded packets are a "
	     "remark. Only nftables is read, with CAP_NET_ADMIN. Either switch "
	     "is enough: the setting of all bridges, or the option of the "
	     "bridge. brctl nf shows both. Docker needs the setting between "
	     "containers of one network.") },
	{ "group-forward", VBR_SEVERITY_REMARK, rule_group_forward,
	  N_("a bridge passes frames that are for bridges"),
	  N_("Frames for 01:80:c2:00:00:00 to 0f, such as those of STP, LACP "
	     "and LLDP, are for the next bridge, which does not pass them on. "
	     "The option group_fwd_mask has a bit for each of these addresses. "
	     "The kernel refuses those of STP, PAUSE and LACP for a whole "
	     "bridge, but a port can pass STP and LACP.") },
};

#define RULES (sizeof(rules) / sizeof(rules[0]))

size_t vbr_rules_count(void)
{
	return RULES;
}

const struct vbr_rule *vbr_rules_at(size_t i)
{
	return i < RULES ? &rules[i] : NULL;
}

const char *vbr_rule_id(const struct vbr_rule *rule)
{
	return rule->id;
}

enum vbr_severity vbr_rule_severity(const struct vbr_rule *rule)
{
	return rule->severity;
}

const char *vbr_rule_help(const struct vbr_rule *rule)
{
	return _(rule->help);
}

const char *vbr_rule_explanation(const struct vbr_rule *rule)
{
	return _(rule->explanation);
}
