/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * What programs do with bridges through their own netlink, ioctl and sysfs
 * code, done with the calls that libvbridge(3) names, in the same order:
 * libvirt (virnetdevbridge.c), LXC (network.c), systemd-nspawn
 * (nspawn-network.c), netifd (system-linux.c), FRR (zebra's if_netlink.c,
 * rt_netlink.c) and mstpd (brmon.c, bridge_track.c). libnl reads the result.
 */

#include "oracle/vlans.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/neighbour.h>
#include <netlink/cache.h>
#include <netlink/route/neighbour.h>
#include <string.h>
#include <sys/socket.h>

static const uint8_t mac[6] = { 0x52, 0x54, 0, 0, 0, 1 };

static void works(const struct oracle *o, int rc)
{
	check(rc == 0, "%d: %s", rc, vbr_ctx_error(o->ctx));
}

static void bridge_has(struct oracle *o, const char *bridge, const char *option,
		       uint64_t value)
{
	assert_int_equal(option_of(o, bridge,
				   known_find(VBR_SCOPE_BRIDGE, option)),
			 value);
}

static void port_has(struct oracle *o, const char *port, const char *option,
		     uint64_t value)
{
	assert_int_equal(option_of(o, port, known_find(VBR_SCOPE_PORT, option)),
			 value);
}

static bool is_up(struct oracle *o, const char *name)
{
	struct rtnl_link *link = link_of(o, name);
	bool up = rtnl_link_get_flags(link) & IFF_UP;

	rtnl_link_put(link);
	return up;
}

/* Whether the port has the entry. */
static bool has_mac(struct oracle *o, const char *port)
{
	int index = index_of(o, port);
	struct nl_cache *cache;
	bool found = false;

	assert_int_equal(rtnl_neigh_alloc_cache_flags(o->sock, &cache,
						      NL_CACHE_AF_ITER),
			 0);
	for (struct nl_object *at = nl_cache_get_first(cache); at;
	     at = nl_cache_get_next(at)) {
		struct rtnl_neigh *neigh = (struct rtnl_neigh *)at;
		struct nl_addr *addr = rtnl_neigh_get_lladdr(neigh);

		found |= rtnl_neigh_get_family(neigh) == AF_BRIDGE &&
			 rtnl_neigh_get_ifindex(neigh) == index && addr &&
			 nl_addr_get_len(addr) == sizeof(mac) &&
			 memcmp(nl_addr_get_binary_addr(addr), mac,
				sizeof(mac)) == 0;
	}
	nl_cache_free(cache);
	return found;
}

static void has_vlan(struct oracle *o, const char *device, unsigned int vid,
		     unsigned int flags)
{
	struct their_vlans vlans;

	read_vlans(o, device, &vlans);
	assert_int_equal(vlans.flags[vid], flags);
}

static void add_vlans_of(struct oracle *o, const char *device, const char *ids,
			 unsigned int flags)
{
	struct vbr_vids *vids = vids_of(ids);

	works(o, vbr_port_vlan_add(o->ctx, "br0", device, vids, flags));
	vbr_vids_free(vids);
}

static void del_vlans_of(struct oracle *o, const char *device, const char *ids)
{
	struct vbr_vids *vids = vids_of(ids);

	works(o, vbr_port_vlan_del(o->ctx, "br0", device, vids));
	vbr_vids_free(vids);
}

/* --- libvirt -------------------------------------------------------------- */

/* virNetDevBridgeCreate(), SetSTPDelay(), SetSTP(), virNetDevSetOnline(). */
static void start_network(struct oracle *o)
{
	static const struct vbr_setting settings[] = { { "forward_delay", 200 },
						       { "stp_state", 1 } };
	const struct vbr_new_bridge with = {
		.settings = settings,
		.count = COUNT(settings),
		.link = { .what = VBR_LINK_UP | VBR_LINK_MAC,
			  .up = true,
			  .mac = { 0x52, 0x54, 0, 0, 0, 9 } },
	};

	works(o, vbr_bridge_add_with(o->ctx, "br0", &with));
	bridge_has(o, "br0", "forward_delay", 200);
	bridge_has(o, "br0", "stp_state", 1);
	assert_true(is_up(o, "br0"));
}

/* virNetDevTapAttachBridge() with macTableManager='libvirt' and an isolated
 * port: AddPort(), PortSetLearning(), PortSetUnicastFlood(), PortSetIsolated(). */
static void attach_tap(struct oracle *o)
{
	static const struct vbr_setting settings[] = { { "learning", 0 },
						       { "unicast_flood", 0 },
						       { "isolated", 1 } };
	static const char *const ports[] = { "a" };
	const struct vbr_new_port with = { .settings = settings,
					   .count = COUNT(settings),
					   .up = true };

	works(o, vbr_port_add_with(o->ctx, "br0", ports, 1, &with));
	assert_int_equal(master_of(o, "a"), index_of(o, "br0"));
	port_has(o, "a", "learning", 0);
	port_has(o, "a", "unicast_flood", 0);
	port_has(o, "a", "isolated", 1);
}

static void libvirt(void **state)
{
	struct oracle *o = *state;
	struct vbr_port *port;
	uint64_t learning;

	make_veth(o, "a", "c");
	start_network(o);
	attach_tap(o);
	works(o, vbr_port_get(o->ctx, "br0", "a", &port));
	works(o, vbr_port_value(port, "learning", &learning));
	assert_int_equal(learning, 0);
	vbr_port_free(port);
	/* virNetDevBridgeFDBAdd(), FDBDel() */
	works(o, vbr_fdb_add(o->ctx, "br0", "a", mac, 0, VBR_FDB_STATIC, 0));
	assert_true(has_mac(o, "a"));
	works(o, vbr_fdb_del(o->ctx, "br0", "a", mac, 0));
	assert_false(has_mac(o, "a"));
	/* virNetDevBridgeRemovePort(), Delete() */
	works(o, vbr_port_del(o->ctx, "br0", "a"));
	assert_int_equal(master_of(o, "a"), 0);
	works(o, vbr_bridge_del_with(o->ctx, "br0", VBR_BRIDGE_DEL_UP));
	assert_false(link_exists(o, "br0"));
}

/* virNetDevBridgeSetVlanFiltering(), virNetDevBridgeSetupVlans(): native and
 * tagged VLANs of a port, which leaves VLAN 1. */
static void libvirt_vlans(void **state)
{
	struct oracle *o = *state;

	make_filtering(o);
	works(o, vbr_bridge_set(o->ctx, "br0", "vlan_filtering", 1));
	del_vlans_of(o, "a", "1");
	add_vlans_of(o, "a", "42", VBR_PORT_VLAN_PVID | VBR_PORT_VLAN_UNTAGGED);
	add_vlans_of(o, "a", "50-52", 0);
	bridge_has(o, "br0", "vlan_filtering", 1);
	has_vlan(o, "a", 1, 0);
	has_vlan(o, "a", 42, THEIR_MEMBER | THEIR_PVID | THEIR_UNTAGGED);
	has_vlan(o, "a", 51, THEIR_MEMBER);
}

/* --- LXC ------------------------------------------------------------------ */

/* lxc_bridge_attach(), setup_veth_native_bridge_vlan(): it reads vlan_filtering
 * and default_pvid, leaves the latter, and joins vlan.id and vlan.tagged.id. */
static void lxc(void **state)
{
	struct oracle *o = *state;
	struct vbr_bridge *bridge;
	uint64_t filters, pvid;
	char vid[8];

	make_filtering(o);
	works(o, vbr_port_del(o->ctx, "br0", "a"));
	works(o, vbr_bridge_set(o->ctx, "br0", "vlan_filtering", 1));
	works(o, vbr_port_add(o->ctx, "br0", "a"));
	works(o, vbr_bridge_get(o->ctx, "br0", &bridge));
	works(o, vbr_bridge_value(bridge, "vlan_filtering", &filters));
	works(o, vbr_bridge_value(bridge, "default_pvid", &pvid));
	vbr_bridge_free(bridge);
	assert_int_equal(filters, 1);
	snprintf(vid, sizeof(vid), "%u", (unsigned int)pvid);
	del_vlans_of(o, "a", vid);
	add_vlans_of(o, "a", "7", VBR_PORT_VLAN_PVID | VBR_PORT_VLAN_UNTAGGED);
	add_vlans_of(o, "a", "8", 0);
	works(o, vbr_link_set_up(o->ctx, "a", true));
	has_vlan(o, "a", 1, 0);
	has_vlan(o, "a", 7, THEIR_MEMBER | THEIR_PVID | THEIR_UNTAGGED);
	has_vlan(o, "a", 8, THEIR_MEMBER);
	assert_true(is_up(o, "a"));
}

/* --- systemd-nspawn ------------------------------------------------------- */

/* setup_bridge() of --network-zone: two machines join a bridge, which the first
 * of them makes; remove_bridge() deletes it after the last one. */
static void nspawn(void **state)
{
	static const struct vbr_new_port with = { .up = true };
	static const char *const ports[] = { "a", "b" };
	struct oracle *o = *state;
	int rc;

	make_veth(o, "a", "c");
	make_veth(o, "b", "d");
	for (size_t i = 0; i < COUNT(ports); i++) {
		rc = vbr_bridge_add(o->ctx, "vz-zone");
		assert_int_equal(rc, i ? -EEXIST : 0);
		works(o, vbr_link_set_up(o->ctx, "vz-zone", true));
		works(o, vbr_port_add_with(o->ctx, "vz-zone", &ports[i], 1,
					   &with));
		assert_true(is_up(o, ports[i]));
	}
	for (size_t i = 0; i < COUNT(ports); i++) {
		delete_link(o, ports[i]);
		rc = vbr_bridge_del_with(o->ctx, "vz-zone",
					 VBR_BRIDGE_DEL_UP |
						 VBR_BRIDGE_DEL_IF_EMPTY);
		assert_int_equal(rc, i ? 0 : -ENOTEMPTY);
		assert_int_equal(link_exists(o, "vz-zone"), !i);
	}
}

/* --- netifd --------------------------------------------------------------- */

/* system_bridge_addbr(), which writes these into sysfs one by one. */
static void add_configured(struct oracle *o)
{
	static const struct vbr_setting settings[] = {
		{ "stp_state", 1 },
		{ "forward_delay", 800 },
		{ "priority", 0x7000 },
		{ "ageing_time", 6000 },
		{ "hello_time", 200 },
		{ "max_age", 2000 },
		{ "multicast_snooping", 1 },
		{ "multicast_querier", 1 },
		{ "hash_max", 512 },
		{ "multicast_last_member_count", 3 },
		{ "multicast_query_interval", 6000 },
		{ "multicast_query_response_interval", 500 },
		{ "multicast_last_member_interval", 100 },
	};
	const struct vbr_new_bridge with = { .settings = settings,
					     .count = COUNT(settings) };

	works(o, vbr_bridge_add_with(o->ctx, "br0", &with));
	for (size_t i = 0; i < COUNT(settings); i++)
		bridge_has(o, "br0", settings[i].option, settings[i].value);
}

/* system_bridge_addif() and its sysfs files. */
static void netifd(void **state)
{
	static const struct vbr_setting settings[] = {
		{ "multicast_router", 2 },
		{ "multicast_fast_leave", 1 },
		{ "multicast_to_unicast", 1 },
		{ "hairpin_mode", 1 },
		{ "learning", 0 },
		{ "unicast_flood", 0 },
		{ "isolated", 1 },
	};
	static const char *const ports[] = { "a", "b" };
	const struct vbr_new_port with = { .settings = settings,
					   .count = COUNT(settings) };
	struct oracle *o = *state;

	make_veth(o, "a", "c");
	make_veth(o, "b", "d");
	add_configured(o);
	works(o, vbr_port_add_with(o->ctx, "br0", ports, 2, &with));
	for (size_t i = 0; i < COUNT(settings); i++)
		port_has(o, "b", settings[i].option, settings[i].value);
	/* system_bridge_delif(), delbr() */
	works(o, vbr_port_del(o->ctx, "br0", "a"));
	works(o, vbr_port_del(o->ctx, "br0", "b"));
	works(o, vbr_bridge_del(o->ctx, "br0"));
	assert_false(link_exists(o, "br0"));
}

/* system_bridge_vlan(), on the bridge itself and on a port. */
static void netifd_vlans(void **state)
{
	struct oracle *o = *state;

	make_filtering(o);
	works(o, vbr_bridge_set(o->ctx, "br0", "default_pvid", 0));
	works(o, vbr_bridge_set(o->ctx, "br0", "vlan_filtering", 1));
	add_vlans_of(o, "br0", "10", 0);
	add_vlans_of(o, "a", "10", VBR_PORT_VLAN_PVID | VBR_PORT_VLAN_UNTAGGED);
	has_vlan(o, "br0", 10, THEIR_MEMBER);
	has_vlan(o, "a", 10, THEIR_MEMBER | THEIR_PVID | THEIR_UNTAGGED);
	del_vlans_of(o, "a", "10");
	has_vlan(o, "a", 10, 0);
}

/* --- FRR ------------------------------------------------------------------ */

struct seen {
	size_t bridges, ports, entries;
};

static int see(const struct vbr_event *event, void *data)
{
	struct seen *seen = data;
	const struct vbr_fdb_entry *entry = vbr_event_fdb_entry(event);

	seen->bridges += vbr_event_bridge(event) != NULL;
	seen->ports += vbr_event_port(event) != NULL;
	seen->entries += entry && memcmp(vbr_fdb_entry_mac(entry), mac,
					 sizeof(mac)) == 0;
	return 0;
}

/* zebra reads links and MAC addresses, follows them, and turns off flooding of
 * ARP and learning on its ports. */
static void frr(void **state)
{
	static const struct vbr_setting settings[] = {
		{ "learning", 0 }, { "neigh_suppress", 1 }
	};
	struct oracle *o = *state;
	struct vbr_watch *watch;
	struct seen seen = { 0 };

	make_bridge(o, "br0");
	make_veth(o, "a", "c");
	works(o, vbr_port_add(o->ctx, "br0", "a"));
	works(o,
	      vbr_watch_new(o->ctx, VBR_WATCH_LINKS | VBR_WATCH_FDB, &watch));
	works(o, vbr_watch_sync(watch, see, &seen));
	assert_int_equal(seen.bridges, 1);
	assert_int_equal(seen.ports, 1);
	assert_int_equal(seen.entries, 0);
	works(o, vbr_port_set_all(o->ctx, "br0", "a", settings, 2));
	port_has(o, "a", "neigh_suppress", 1);
	/* netlink_macfdb_update_ctx() */
	works(o, vbr_fdb_add(o->ctx, "br0", "a", mac, 0, VBR_FDB_STATIC,
			     VBR_FDB_STICKY));
	assert_true(has_mac(o, "a"));
	works(o, vbr_watch_read(watch, see, &seen));
	assert_true(seen.entries >= 1);
	works(o, vbr_fdb_del(o->ctx, "br0", "a", mac, 0));
	vbr_watch_free(watch);
}

/* --- mstpd ---------------------------------------------------------------- */

/* br_set_state(), br_flush_port() and br_set_ageing_time(). The kernel keeps a port
 * blocked only where a program is the spanning tree, which bridges of a network
 * namespace cannot have before Linux 7.1; so this port learns instead. */
static void mstpd(void **state)
{
	static const struct vbr_fdb_filter of_port = {
		.port = "a", .states = VBR_FDB_ANY & ~(1u << VBR_FDB_LOCAL)
	};
	struct oracle *o = *state;

	make_bridge(o, "br0");
	make_veth(o, "a", "c");
	works(o, vbr_port_add(o->ctx, "br0", "a"));
	set_up(o, "br0");
	set_up(o, "a");
	set_up(o, "c");
	set_forwarding(o, "a");
	works(o, vbr_fdb_add(o->ctx, "br0", "a", mac, 0, VBR_FDB_STATIC, 0));
	works(o, vbr_port_set(o->ctx, "br0", "a", "state", VBR_PORT_LEARNING));
	port_has(o, "a", "state", VBR_PORT_LEARNING);
	works(o, vbr_fdb_flush(o->ctx, "br0", &of_port));
	assert_false(has_mac(o, "a"));
	works(o, vbr_bridge_set(o->ctx, "br0", "ageing_time", 1500));
	bridge_has(o, "br0", "ageing_time", 1500);
	works(o,
	      vbr_port_set(o->ctx, "br0", "a", "state", VBR_PORT_FORWARDING));
	port_has(o, "a", "state", VBR_PORT_FORWARDING);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("libvirt's networks and taps", libvirt),
		ORACLE_TEST("libvirt's VLANs", libvirt_vlans),
		ORACLE_TEST("LXC's veths, with VLANs", lxc),
		ORACLE_TEST("systemd-nspawn's zones", nspawn),
		ORACLE_TEST("netifd's bridges and ports", netifd),
		ORACLE_TEST("netifd's VLANs", netifd_vlans),
		ORACLE_TEST("FRR's ports and MAC addresses", frr),
		ORACLE_TEST("mstpd's states and flushes", mstpd),
	};

	return run_all(tests);
}
