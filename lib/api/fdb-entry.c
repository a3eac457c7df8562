/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The properties of an FDB entry; single entries. */

#include "config.h"

#include "api/fdb-entry.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <stdlib.h>
#include <string.h>

#include "api/fdb-find.h"
#include "api/remote.h"
#include "core/context.h"
#include "core/link.h"
#include "wire/fdb.h"
#include "wire/kernel.h"

static const struct {
	unsigned int flag;
	uint8_t bit;
} bits[] = {
	{ VBR_FDB_STICKY, NTF_STICKY },
	{ VBR_FDB_EXTERN, NTF_EXT_LEARNED },
	{ VBR_FDB_OFFLOADED, NTF_OFFLOADED },
	{ VBR_FDB_ROUTER, NTF_ROUTER },
	{ VBR_FDB_SELF, NTF_SELF },
	/* Only in requests. */
	{ VBR_FDB_USE, NTF_USE },
};

unsigned int fdb_flags(uint8_t kernel_flags)
{
	unsigned int flags = 0;

	for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
		if (kernel_flags & bits[i].bit && bits[i].bit != NTF_USE)
			flags |= bits[i].flag;
	return flags;
}

uint8_t fdb_kernel_flags(unsigned int flags)
{
	unsigned int kernel_flags = 0;

	for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
		if (flags & bits[i].flag)
			kernel_flags |= bits[i].bit;
	return (uint8_t)kernel_flags;
}

const uint8_t *vbr_fdb_entry_mac(const struct vbr_fdb_entry *entry)
{
	return entry->mac;
}

int vbr_fdb_entry_port_index(const struct vbr_fdb_entry *entry)
{
	return entry->port;
}

int vbr_fdb_entry_bridge_index(const struct vbr_fdb_entry *entry)
{
	return entry->bridge;
}

unsigned int vbr_fdb_entry_vlan(const struct vbr_fdb_entry *entry)
{
	return entry->vlan;
}

enum vbr_fdb_state vbr_fdb_entry_state(const struct vbr_fdb_entry *entry)
{
	if (entry->state & NUD_PERMANENT)
		return VBR_FDB_LOCAL;
	if (entry->state & NUD_NOARP)
		return VBR_FDB_STATIC;
	if (entry->state & NUD_STALE)
		return VBR_FDB_EXPIRED;
	return VBR_FDB_LEARNED;
}

unsigned int vbr_fdb_entry_flags(const struct vbr_fdb_entry *entry)
{
	unsigned int flags = fdb_flags(entry->flags);

	/* The bridge's own entries have it, too, on some kernels. */
	if (entry->port == entry->bridge)
		flags &= ~(unsigned int)VBR_FDB_SELF;
	if (entry->more_flags & VB_NTF_EXT_LOCKED)
		flags |= VBR_FDB_LOCKED;
	if (entry->notify & VB_FDB_NOTIFY)
		flags |= VBR_FDB_NOTIFY;
	if (entry->notify & VB_FDB_NOTIFY_INACTIVE)
		flags |= VBR_FDB_INACTIVE;
	return flags;
}

uint32_t vbr_fdb_entry_age(const struct vbr_fdb_entry *entry)
{
	return entry->updated;
}

uint32_t vbr_fdb_entry_idle(const struct vbr_fdb_entry *entry)
{
	return entry->used;
}

unsigned int vbr_fdb_entry_protocol(const struct vbr_fdb_entry *entry)
{
	return entry->protocol;
}

bool vbr_fdb_entry_remote(const struct vbr_fdb_entry *entry,
			  struct vbr_remote *ret_remote)
{
	const struct remote *remote = entry->remote;

	if (!remote)
		return false;
	remote_export(remote, ret_remote);
	return true;
}

/* --- one entry ------------------------------------------------------------ */

int vbr_fdb_get(struct vbr_ctx *ctx, const char *bridge, const uint8_t mac[6],
		unsigned int vlan, struct vbr_fdb_entry **ret_entry)
{
	struct fdb_change place = { 0 };
	struct vbr_fdb_entry entry = { 0 }, *copy;
	char text[VBR_MAC_TEXT_SIZE];
	struct link_info link;
	int rc;

	mac_format(mac, text);
	context_begin(ctx, N_("cannot get %s of bridge \"%s\""), text, bridge);
	rc = fdb_check_vlan(ctx, vlan);
	if (rc == 0)
		rc = link_find_bridge(ctx, bridge, &link);
	if (rc < 0)
		return rc;
	place.bridge = link.index;
	memcpy(place.mac, mac, MAC_LEN);
	rc = fdb_find_known(ctx, bridge, &place, (uint16_t)vlan, &entry);
	if (rc < 0)
		return rc;
	if (rc == 0)
		return context_fail(ctx, -ENOENT, _("there is no such entry"));
	copy = malloc(sizeof(*copy));
	if (!copy)
		return context_fail(ctx, -ENOMEM, NULL);
	*copy = entry;
	*ret_entry = copy;
	return 0;
}

void vbr_fdb_entry_free(struct vbr_fdb_entry *entry)
{
	free(entry);
}
