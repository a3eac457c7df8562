/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Configurations: reads all that the bridges of a namespace have, and writes
 * the commands that make the same. */

#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "config/configuration.h"
#include "config/order.h"
#include "config/save.h"
#include "core/context.h"
#include "core/link.h"
#include "ip/kept.h"

/* --- read ----------------------------------------------------------------- */

/* Without a list the kernel does not have the feature. */
static int optional(int rc)
{
	return rc == -EOPNOTSUPP ? 0 : rc;
}

static int take_vlans(struct save *save)
{
	/* Some kernels join VLANs whose options differ, but none does with
	 * statistics. */
	int rc = optional(vbr_port_vlan_list(save->ctx, NULL,
					     VBR_PORT_VLAN_STATISTICS,
					     &save->port_vlans));

	if (rc == 0)
		rc = optional(vbr_bridge_vlan_list(save->ctx, NULL,
						   &save->bridge_vlans));
	return rc;
}

static int take(struct save *save)
{
	int rc = vbr_bridge_list(save->ctx, &save->bridges);

	if (rc == 0)
		rc = vbr_port_list(save->ctx, NULL, &save->ports);
	if (rc == 0)
		rc = vbr_vlan_list(save->ctx, NULL, &save->vlans);
	if (rc == 0)
		rc = take_vlans(save);
	if (rc == 0)
		rc = optional(vbr_mdb_list(save->ctx, NULL, &save->mdb));
	if (rc == 0)
		rc = vbr_mst_list(save->ctx, NULL, &save->msts);
	if (rc < 0)
		return rc;
	save->bridges_done = calloc(vbr_bridges_count(save->bridges) + 1, 1);
	save->vlans_done = calloc(vbr_vlans_count(save->vlans) + 1, 1);
	return save->bridges_done && save->vlans_done ? 0 : -ENOMEM;
}

static void drop(struct save *save)
{
	vbr_bridges_free(save->bridges);
	vbr_ports_free(save->ports);
	vbr_vlans_free(save->vlans);
	vbr_port_vlans_free(save->port_vlans);
	vbr_port_vlans_free(save->bridge_vlans);
	vbr_mdb_free(save->mdb);
	vbr_msts_free(save->msts);
	free(save->bridges_done);
	free(save->vlans_done);
	text_drop(&save->text);
	text_drop(&save->outside);
	text_drop(&save->losses);
	text_drop(&save->names);
}

/* --- write ---------------------------------------------------------------- */

static int save_named(struct save *save, const char *name)
{
	struct vbr_bridge *bridge;
	size_t at;
	bool is_listed;
	int rc = vbr_bridge_get(save->ctx, name, &bridge);

	if (rc < 0)
		return rc;
	is_listed = save_find_bridge(save, vbr_bridge_index(bridge), &at);
	vbr_bridge_free(bridge);
	if (is_listed)
		return save_bridge_at(save, at);
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
		rc = save_bridge_at(save, i);
	return rc;
}

/* --- all devices ---------------------------------------------------------- */

static int note_link(const char *name, int index, bool is_free, void *data)
{
	struct save *save = data;

	(void)index;
	(void)is_free;
	text_put(&save->names, name);
	text_put(&save->names, "\n");
	return 0;
}

/* The address of a bridge comes and goes with its ports: it is there already if
 * somebody has set it. */
static void put_link(struct save *save, const char *name,
		     const struct vbr_link *link)
{
	const uint8_t *mac = vbr_link_mac(link);
	char text[VBR_MAC_TEXT_SIZE];
	size_t at;

	text_begin(&save->text, "brctl", "link", name,
		   vbr_link_is_up(link) ? "up" : "down", NULL);
	text_format(&save->text, " mtu %" PRIu32, vbr_link_mtu(link));
	if (mac && !save_find_bridge(save, vbr_link_index(link), &at)) {
		vbr_format_mac(mac, text);
		text_words(&save->text, "address", text, NULL);
	}
	text_end(&save->text);
}

static void forget_links(void *data)
{
	struct save *save = data;

	text_cut(&save->names, 0);
}

static int save_links(struct save *save)
{
	int rc = link_foreach(save->ctx, note_link, forget_links, save);
	char *rest = save->names.bytes, *name;

	if (rc == 0 && save->names.is_short)
		rc = -ENOMEM;
	while (rc == 0 && (name = strsep(&rest, "\n")) && *name) {
		struct vbr_link *link;

		rc = vbr_link_get(save->ctx, name, &link);
		if (rc == -ENODEV) {
			rc = 0;
			continue;
		}
		if (rc == 0) {
			put_link(save, name, link);
			vbr_link_free(link);
		}
	}
	return rc;
}

/* What is not on the bridges, or below them. */
static int save_rest(struct save *save)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < vbr_vlans_count(save->vlans); i++)
		rc = save_vlan_at(save, i);
	return rc < 0 ? rc : save_links(save);
}

/* --- the whole ------------------------------------------------------------ */

struct wanted {
	const char *const *names;
	size_t count; /* 0: all bridges */
	bool is_all;  /* and all other devices */
};

/* The head is not translated: files of the same bridges are the same. */
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
