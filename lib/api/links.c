/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the state, the MTU and the MAC address of devices. */

#include "config.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mac.h"
#include "core/context.h"
#include "core/link.h"
#include "wire/kernel.h"

struct vbr_link {
	int index;
	bool is_up, has_carrier, is_promiscuous, has_mac;
	uint32_t mtu;
	uint8_t mac[6];
};

int vbr_link_get(struct vbr_ctx *ctx, const char *device,
		 struct vbr_link **ret_link)
{
	struct vbr_link *link;
	struct link_info info;
	int rc;

	context_begin(ctx, N_("cannot read device \"%s\""), device);
	rc = link_find(ctx, device, &info);
	if (rc < 0)
		return rc;
	link = malloc(sizeof(*link));
	if (!link)
		return context_fail(ctx, -ENOMEM, NULL);
	link->index = info.index;
	link->is_up = info.flags & IFF_UP;
	link->has_carrier = info.flags & VB_IFF_LOWER_UP;
	link->is_promiscuous = info.promiscuity || info.flags & IFF_PROMISC;
	link->mtu = info.mtu;
	link->has_mac = info.has_mac;
	memcpy(link->mac, info.mac, sizeof(link->mac));
	*ret_link = link;
	return 0;
}

void vbr_link_free(struct vbr_link *link)
{
	free(link);
}

int vbr_link_index(const struct vbr_link *link)
{
	return link->index;
}

bool vbr_link_is_up(const struct vbr_link *link)
{
	return link->is_up;
}

bool vbr_link_has_carrier(const struct vbr_link *link)
{
	return link->has_carrier;
}

bool vbr_link_is_promiscuous(const struct vbr_link *link)
{
	return link->is_promiscuous;
}

uint32_t vbr_link_mtu(const struct vbr_link *link)
{
	return link->mtu;
}

const uint8_t *vbr_link_mac(const struct vbr_link *link)
{
	return link->has_mac ? link->mac : NULL;
}

/* The size of a line in /sys/class/net, with a NUL. */
#define LINE_SIZE 32

/* Reads a line of /sys/class/net/DEVICE, without its end. */
static int read_line(struct vbr_ctx *ctx, const char *device, const char *leaf,
		     char ret_line[LINE_SIZE])
{
	char path[64];
	int rc;

	snprintf(path, sizeof(path), "/sys/class/net/%s/%s", device, leaf);
	rc = ctx->transport->read_file(ctx->transport_data, path, ret_line,
				       LINE_SIZE);
	if (rc < 0)
		return rc;
	ret_line[strcspn(ret_line, "\n")] = '\0';
	return 0;
}

/* Whether /sys shows this device, and not one of another namespace. */
static bool is_in_sysfs(struct vbr_ctx *ctx, const struct link_info *link)
{
	char line[LINE_SIZE], text[LINE_SIZE];

	snprintf(text, sizeof(text), "%d", link->index);
	if (read_line(ctx, link->name, "ifindex", line) < 0 ||
	    strcmp(line, text) != 0)
		return false;
	mac_format(link->mac, text);
	return read_line(ctx, link->name, "address", line) == 0 &&
	       strcmp(line, text) == 0;
}

/* rtnetlink does not say. */
int vbr_link_is_mac_set(struct vbr_ctx *ctx, const char *device,
			bool *ret_is_set)
{
	char line[LINE_SIZE];
	struct link_info link;
	int rc;

	context_begin(ctx, N_("cannot read the address of \"%s\""), device);
	rc = link_find(ctx, device, &link);
	if (rc < 0)
		return rc;
	if (!is_in_sysfs(ctx, &link) ||
	    read_line(ctx, link.name, "addr_assign_type", line) < 0)
		return context_fail(ctx, -ENODATA,
				    _("/sys does not show this device"));
	/* NET_ADDR_SET of the kernel's <linux/netdevice.h>. */
	*ret_is_set = strcmp(line, "3") == 0;
	return 0;
}
