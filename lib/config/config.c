/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Configurations: reads the state of the bridges of a namespace, and writes the
 * commands that create the same state.
 */

#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "api/fdb.h"
#include "api/mdb.h"
#include "config/configuration.h"
#include "config/order.h"
#include "config/save.h"
#include "core/context.h"
#include "ip/kept.h"

/* --- read ----------------------------------------------------------------- */

/* If a list is missing, the kernel does not have the feature. */
static int optional(int rc)
{
	return rc == -EOPNOTSUPP ? 0 : rc;
}

/* A kernel without VLANs of ports sends vlan_filtering, but not this option. */
static bool has_vlans(const struct save *save)
{
	const struct vbr_bridge *bridge = vbr_bridges_at(save->bridges, 0);
	uint64_t value;

	return bridge && vbr_bridge_value(bridge, "default_pvid", &value) == 0;
}

static int take_vlans(struct save *save)
{
	int rc;

	if (!has_vlans(save))
		return 0;
	/* Some kernels join VLANs whose options differ, but none does with
	 * statistics. */
	rc = optional(vbr_port_vlan_list(save->ctx, NULL,
					 VBR_PORT_VLAN_STATISTICS,
					 &save->port_vlans));
	if (rc == 0)
		rc = optional(vbr_bridge_vlan_list(save->ctx, NULL,
						   &save->bridge_vlans));
	return rc;
}

static int take_msts(struct save *save)
{
	const struct vbr_bridge *bridge;

	for (size_t i = 0; (bridge = vbr_bridges_at(save->bridges, i)); i++)
		if (save_bridge_number(bridge, "mst_enabled"))
			return vbr_mst_list(save->ctx, NULL, &save->msts);
	return 0;
}

static int by_parent(const void *a, const void *b)
{
	const struct vbr_vlan *const *left = a, *const *right = b;
	int one = vbr_vlan_parent_index(*left);
	int other = vbr_vlan_parent_index(*right);

	if (one != other)
		return one < other ? -1 : 1;
	return strcmp(vbr_vlan_name(*left), vbr_vlan_name(*right));
}

static int list_devices(struct save *save)
{
	size_t count = vbr_vlans_count(save->vlans);
	const struct vbr_bridge *bridge;

	save->devices = calloc(save->links.count + 1, sizeof(*save->devices));
	save->by_parent = calloc(count + 1, sizeof(*save->by_parent));
	if (!save->devices || !save->by_parent)
		return -ENOMEM;
	for (size_t i = 0; (bridge = vbr_bridges_at(save->bridges, i)); i++)
		save_find_device(save, vbr_bridge_index(bridge))->bridge =
			bridge;
	for (size_t i = 0; i < count; i++) {
		const struct vbr_vlan *vlan = vbr_vlans_at(save->vlans, i);

		save_find_device(save, vbr_vlan_index(vlan))->vlan = vlan;
		save->by_parent[i] = vlan;
	}
	qsort(save->by_parent, count, sizeof(*save->by_parent), by_parent);
	return 0;
}

static int take_links(struct save *save)
{
	int rc = links_take(save->ctx, &save->links);

	if (rc < 0)
		return rc;
	save->bridges = save->links.of_kind.bridges;
	save->ports = save->links.of_kind.ports;
	save->vlans = save->links.of_kind.vlans;
	return list_devices(save);
}

static int take(struct save *save)
{
	int rc = take_links(save);

	if (rc == 0)
		rc = take_vlans(save);
	if (rc == 0)
		rc = fdb_list_all(save->ctx, &save->fdb);
	if (rc == 0)
		rc = optional(
			mdb_list_of(save->ctx, save->bridges, &save->mdb));
	return rc < 0 ? rc : take_msts(save);
}

static void drop(struct save *save)
{
	links_free(&save->links);
	vbr_port_vlans_free(save->port_vlans);
	vbr_port_vlans_free(save->bridge_vlans);
	vbr_fdb_free(save->fdb);
	vbr_mdb_free(save->mdb);
	vbr_msts_free(save->msts);
	free(save->devices);
	free(save->by_parent);
	text_drop(&save->text);
	text_drop(&save->outside);
	text_drop(&save->losses);
}

/* --- write ---------------------------------------------------------------- */

static int save_named(struct save *save, const char *name)
{
	const struct save_device *device;
	struct vbr_bridge *bridge;
	int rc = vbr_bridge_get(save->ctx, name, &bridge);

	if (rc < 0)
		return rc;
	device = save_find_device(save, vbr_bridge_index(bridge));
	vbr_bridge_free(bridge);
	if (device && device->bridge)
		return save_bridge(save, device->bridge);
	context_begin(save->ctx, N_("cannot save bridge \"%s\""), name);
	return context_fail(save->ctx, -ENODEV, NULL);
}

static int save_bridges(struct save *save, const char *const *names,
			size_t count)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < count; i++)
		rc = save_named(save, names[i]);
	if (count)
		return rc;
	for (size_t i = 0; rc == 0 && i < vbr_bridges_count(save->bridges); i++)
		rc = save_bridge(save, vbr_bridges_at(save->bridges, i));
	return rc;
}

/* --- all devices ---------------------------------------------------------- */

/*
 * The address of a bridge changes with its ports, unless somebody has set it;
 * then the bridge has it already.
 */
static void put_link(struct save *save, const struct vbr_link *link)
{
	const uint8_t *mac = vbr_link_mac(link);
	char text[VBR_MAC_TEXT_SIZE];

	text_begin(&save->text, "brctl", "link", link_own_name(link),
		   vbr_link_is_up(link) ? "up" : "down", NULL);
	text_format(&save->text, " mtu %" PRIu32, vbr_link_mtu(link));
	if (mac && !save_find_device(save, vbr_link_index(link))->bridge) {
		vbr_format_mac(mac, text);
		text_words(&save->text, "address", text, NULL);
	}
	text_end(&save->text);
}

/* Devices that are neither on the bridges nor below them. */
static int save_rest(struct save *save)
{
	const struct vbr_link *link;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < vbr_vlans_count(save->vlans); i++)
		rc = save_vlan(save, vbr_vlans_at(save->vlans, i));
	if (rc < 0)
		return rc;
	for (size_t i = 0; (link = links_at(&save->links, i)); i++)
		put_link(save, link);
	return 0;
}

/* --- the whole ------------------------------------------------------------ */

struct wanted {
	const char *const *names;
	size_t count; /* 0: all bridges */
	bool is_all;  /* and all other devices */
};

/* The header is not translated, so that the same bridges give the same file. */
static void finish(struct save *save, struct vbr_config *config)
{
	text_put(&config->text,
		 "#!/bin/sh -e\n"
		 "# Bridges, as \"brctl save\" wrote them. To make them again: "
		 "\"brctl batch FILE\".\n");
	if (save->outside.len) {
		text_put(&config->text,
			 "# These devices must exist, this file does not make "
			 "them:\n");
		text_put(&config->text, save->outside.bytes);
	}
	if (save->text.len)
		text_put(&config->text, save->text.bytes);
	if (save->text.is_short || save->outside.is_short)
		config->text.is_short = true;
	config->losses = save->losses;
	save->losses = (struct text){ 0 };
}

static int capture(struct vbr_ctx *ctx, const struct wanted *wanted,
		   struct vbr_config **ret_config)
{
	struct vbr_config *config = calloc(1, sizeof(*config));
	struct save save = { .ctx = ctx };
	int rc = -ENOMEM;

	if (config)
		rc = take(&save);
	if (rc == 0)
		rc = save_bridges(&save, wanted->names, wanted->count);
	if (rc == 0 && wanted->is_all)
		rc = save_rest(&save);
	if (rc == 0)
		finish(&save, config);
	if (rc == 0 && (config->text.is_short || config->losses.is_short))
		rc = -ENOMEM;
	drop(&save);
	if (rc == -ENOMEM) {
		context_begin(ctx, N_("cannot save the bridges"));
		context_fail(ctx, rc, NULL);
	}
	if (rc < 0)
		vbr_config_free(config);
	else
		*ret_config = config;
	return rc;
}

int vbr_config_capture(struct vbr_ctx *ctx, const char *const *bridges,
		       size_t count, struct vbr_config **ret_config)
{
	const struct wanted wanted = { bridges, count, false };

	return capture(ctx, &wanted, ret_config);
}

int vbr_config_capture_all(struct vbr_ctx *ctx, struct vbr_config **ret_config)
{
	const struct wanted wanted = { NULL, 0, true };

	return capture(ctx, &wanted, ret_config);
}

int vbr_config_capture_whole(struct vbr_ctx *ctx,
			     struct vbr_config **ret_config)
{
	struct vbr_config *config;
	int rc = vbr_config_capture_all(ctx, &config);

	if (rc < 0)
		return rc;
	rc = ip_kept_take(ctx, &config->addresses);
	if (rc < 0)
		vbr_config_free(config);
	else
		*ret_config = config;
	return rc;
}

void vbr_config_free(struct vbr_config *config)
{
	if (!config)
		return;
	vbr_config_free(config->after);
	ip_kept_free(config->addresses);
	text_drop(&config->text);
	text_drop(&config->losses);
	free(config);
}

const char *vbr_config_text(const struct vbr_config *config)
{
	return config->text.bytes;
}

const char *vbr_config_losses(const struct vbr_config *config)
{
	return config->losses.len ? config->losses.bytes : "";
}
