/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Fuzzes the replies to functions that change something: acks, errors, and what
 * is read before and after, and to undo a change. The first byte selects the
 * function; its highest bit makes it a dry run. */

#include "unit/unit.h"

#include <errno.h>

#include "fuzz/fuzz.h"
#include "fuzz/kernel.h"
#include "fuzz/touch.h"

#define DRY_RUN 0x80

/* The library never returns this. */
#define NO_SUCH_CHANGE (-9999)

static const struct vbr_setting bridge_settings[] = {
	{ "max_age", 2000 },
	{ "vlan_filtering", 1 },
	{ "multicast_router", 2 },
};
static const struct vbr_setting port_settings[] = {
	{ "path_cost", 100 },
	{ "isolated", 1 },
};
static const struct vbr_setting vlan_settings[] = { { "state", 3 } };
static const struct vbr_setting global_settings[] = {
	{ "mcast_snooping", 1 },
};
static const char *const ports[] = { "eth0", "eth1" };
static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 1 };

static const struct vbr_new_bridge new_bridge = {
	bridge_settings,
	COUNT(bridge_settings),
	{ .what = VBR_LINK_UP, .up = true },
};

static int change_whole_ports(struct vbr_ctx *ctx, const struct vbr_vids *vids)
{
	const struct vbr_new_vlans vlans = { vids, VBR_PORT_VLAN_UNTAGGED };
	const struct vbr_new_port with = {
		port_settings, COUNT(port_settings), &vlans, 1, true,
	};

	return vbr_port_add_with(ctx, "br0", ports, COUNT(ports), &with);
}

static int change_bridge(struct vbr_ctx *ctx, unsigned int which,
			 const struct vbr_vids *vids)
{
	switch (which) {
	case 0:
		return vbr_bridge_add(ctx, "br1");
	case 1:
		return vbr_bridge_del(ctx, "br0");
	case 2:
		return vbr_bridge_set(ctx, "br0", "ageing_time", 30000);
	case 3:
		return vbr_bridge_set_all(ctx, "br0", bridge_settings,
					  COUNT(bridge_settings));
	case 4:
		return vbr_port_add(ctx, "br0", "eth0");
	case 5:
		return vbr_port_del(ctx, "br0", "eth0");
	case 6:
		return vbr_port_set(ctx, "br0", "eth0", "priority", 63);
	case 7:
		return vbr_port_set_all(ctx, "br0", "eth0", port_settings,
					COUNT(port_settings));
	case 8:
		return vbr_link_set_up(ctx, "eth0", true);
	case 9:
		return vbr_bridge_add_with(ctx, "br1", &new_bridge);
	case 10:
		return vbr_bridge_del_with(ctx, "br0",
					   VBR_BRIDGE_DEL_UP |
						   VBR_BRIDGE_DEL_IF_EMPTY);
	case 11:
		return change_whole_ports(ctx, vids);
	default:
		return NO_SUCH_CHANGE;
	}
}

static int change_table(struct vbr_ctx *ctx, unsigned int which,
			const struct vbr_vids *vids)
{
	static const struct vbr_fdb_filter filter = {
		.port = "eth0",
		.states = 1 << VBR_FDB_LEARNED | 1 << VBR_FDB_STATIC,
	};
	static const struct vbr_move_options forced = {
		.flags = VBR_MOVE_FORCE,
	};
	static const struct vbr_new_fdb_entry destination = {
		.flags = VBR_FDB_SELF,
		.remote = { .dst = "10.0.0.1" },
	};
	static const struct vbr_vni_range vnis = { 5, 6 };
	static const char *const sources[] = { "10.0.0.1", "10.0.0.2" };
	static const struct vbr_new_group member = {
		.replace = true,
		.mode = VBR_MDB_MODE_INCLUDE,
		.sources = sources,
		.source_count = 2,
	};
	static const struct vbr_remote remote = {
		.dst = "192.0.2.1",
		.vni = 5,
		.has_vni = true,
	};
	static const struct vbr_new_group far_member = { .remote = &remote };
	static const struct vbr_mdb_filter of_source = {
		.source = "10.0.0.1",
	};

	(void)vids;
	switch (which) {
	case 0:
		return vbr_fdb_add(ctx, "br0", "eth0", mac, 0, VBR_FDB_STATIC,
				   VBR_FDB_STICKY);
	case 1:
		return vbr_fdb_add(ctx, "br0", "br0", mac, 1, VBR_FDB_LOCAL, 0);
	case 2:
		return vbr_fdb_del(ctx, "br0", "eth0", mac, 1);
	case 3:
		return vbr_fdb_flush(ctx, "br0", NULL);
	case 4:
		return vbr_fdb_flush(ctx, "br0", &filter);
	case 5:
		return vbr_mdb_add(ctx, "br0", "eth0", "239.1.2.3", "10.0.0.1",
				   5, true);
	case 6:
		return vbr_mdb_del(ctx, "br0", "br0", "ff02::fb", NULL, 0);
	case 7:
		return vbr_nf_set(ctx, (const char *[]){ "call-iptables" }, 1,
				  true);
	case 8:
		return vbr_adopt(ctx, "br0", "eth0", &forced);
	case 9:
		return vbr_release(ctx, "br0", "eth0", &forced);
	case 10:
		return vbr_fdb_add_with(ctx, "br0", "eth0", mac, &destination);
	case 11:
		return vbr_fdb_del_self(ctx, "br0", "eth0", mac,
					&destination.remote);
	case 12:
		return vbr_vni_add(ctx, "vx0", &vnis, 1, "10.0.0.1");
	case 13:
		return vbr_vni_del(ctx, "vx0", &vnis, 1);
	case 14:
		return vbr_mdb_add_with(ctx, "br0", "eth0", "239.1.2.3",
					&member);
	case 15:
		return vbr_mdb_add_with(ctx, "vx0", "vx0", "239.1.2.3",
					&far_member);
	case 16:
		return vbr_mdb_del_with(ctx, "vx0", "vx0", "239.1.2.3",
					&far_member);
	case 17:
		return vbr_mdb_flush(ctx, "br0", NULL);
	case 18:
		return vbr_mdb_flush(ctx, "br0", &of_source);
	case 19:
		return vbr_mst_set(ctx, "br0", "eth0", 1, 3);
	default:
		return NO_SUCH_CHANGE;
	}
}

static int change_port_vlan(struct vbr_ctx *ctx, unsigned int which,
			    const struct vbr_vids *vids)
{
	switch (which) {
	case 0:
		return vbr_port_vlan_add(ctx, "br0", "eth0", vids,
					 VBR_PORT_VLAN_UNTAGGED);
	case 1:
		return vbr_port_vlan_del(ctx, "br0", "br0", vids);
	case 2:
		return vbr_port_vlan_add_many(ctx, "br0", ports, COUNT(ports),
					      vids, 0);
	case 3:
		return vbr_port_vlan_del_many(ctx, "br0", ports, COUNT(ports),
					      vids, true);
	case 4:
		return vbr_port_vlan_set_all(ctx, "br0", "eth0", vids,
					     vlan_settings,
					     COUNT(vlan_settings));
	case 5:
		return vbr_bridge_vlan_set_all(ctx, "br0", vids,
					       global_settings,
					       COUNT(global_settings));
	case 6:
		return vbr_port_vlan_map_tunnels(ctx, "br0", "eth0", vids, 100);
	case 7:
		return vbr_port_vlan_add_tunnels(ctx, "br0", "eth0", vids, 0,
						 100);
	case 8:
		return vbr_port_vlan_unmap_tunnels(ctx, "br0", "eth0", vids,
						   true);
	default:
		return NO_SUCH_CHANGE;
	}
}

static int undo_change(struct vbr_ctx *ctx)
{
	struct vbr_transaction *transaction;
	int rc = vbr_transaction_begin(ctx, ports, COUNT(ports), &transaction);

	if (rc < 0)
		return rc;
	vbr_port_set(ctx, "br0", "eth0", "priority", 63);
	return vbr_transaction_undo(transaction, NULL);
}

static int change_vlan(struct vbr_ctx *ctx, unsigned int which,
		       const struct vbr_vids *vids)
{
	switch (which) {
	case 0:
		return vbr_vlan_add(ctx, "eth0", vids, VBR_VLAN_8021AD, NULL);
	case 1:
		return vbr_vlan_del(ctx, "eth0.5");
	case 2:
		return vbr_vlan_set_flags(ctx, "eth0.5", VBR_VLAN_GVRP, true);
	case 3:
		return vbr_vlan_set(ctx, "eth0.5", "gvrp", 1);
	case 4:
		return vbr_vlan_map_ingress(ctx, "eth0.5", 3, 4);
	case 5:
		return vbr_vlan_map_egress(ctx, "eth0.5", 4, 3);
	case 6:
		return vbr_vlan_set_name_type(ctx, VBR_VLAN_PLUS_VID);
	case 7:
		return undo_change(ctx);
	default:
		return NO_SUCH_CHANGE;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static int (*const changes[])(struct vbr_ctx *, unsigned int,
				      const struct vbr_vids *) = {
		change_bridge,
		change_table,
		change_port_vlan,
		change_vlan,
	};
	struct kernel kernel;
	struct vbr_vids *vids;
	struct vbr_ctx *ctx;
	int rc;

	if (!size)
		return 0;
	check(vbr_vids_parse("5,10-12,20", &vids) == 0, "no memory");
	ctx = kernel_new(&kernel, bytes + 1, size - 1);
	vbr_ctx_set_dry_run(ctx, bytes[0] & DRY_RUN);
	rc = changes[bytes[0] & 3](ctx, bytes[0] >> 2 & 15, vids);
	if (rc != NO_SUCH_CHANGE)
		touch_failed(ctx, rc);
	vbr_ctx_unref(ctx);
	vbr_vids_free(vids);
	return 0;
}
