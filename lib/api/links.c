/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the state, the MTU and the MAC address of devices: of one, or of all. */

#include "config.h"

#include "api/links.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mac.h"
#include "base/name.h"
#include "core/context.h"
#include "core/link.h"
#include "core/talk.h"
#include "wire/kernel.h"

struct vbr_link {
	int index;
	bool is_up, has_carrier, is_promiscuous, has_mac;
	uint32_t mtu;
	uint8_t mac[6];
	char name[NAME_SIZE];
};

static void fill(const struct link_info *info, struct vbr_link *link)
{
	link->index = info->index;
	link->is_up = info->flags & IFF_UP;
	link->has_carrier = info->flags & VB_IFF_LOWER_UP;
	link->is_promiscuous = info->promiscuity || info->flags & IFF_PROMISC;
	link->mtu = info->mtu;
	link->has_mac = info->has_mac;
	memcpy(link->mac, info->mac, sizeof(link->mac));
	memcpy(link->name, info->name, sizeof(link->name));
}

/* --- one ------------------------------------------------------------------ */

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
	fill(&info, link);
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

/* --- all ------------------------------------------------------------------ */

static int on_link(void *data, const struct nlmsghdr *msg)
{
	struct links *links = data;
	struct vbr_link *list;
	struct link_info info;
	int rc = link_parse(msg, &info);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	list = array_grow(links->list, sizeof(*list), links->count,
			  &links->room);
	if (!list)
		return -ENOMEM;
	links->list = list;
	fill(&info, &list[links->count++]);
	return link_lists_add(&links->of_kind, &info);
}

static void forget_links(void *data)
{
	struct links *links = data;

	links->count = 0;
	link_lists_clear(&links->of_kind);
}

static int by_index(const void *a, const void *b)
{
	const struct vbr_link *left = a, *right = b;

	return (left->index > right->index) - (left->index < right->index);
}

int links_take(struct vbr_ctx *ctx, struct links *ret_links)
{
	const struct talk_handler handler = { on_link, forget_links,
					      ret_links };
	struct request req;
	int rc;

	context_begin(ctx, N_("cannot list the devices"));
	*ret_links = (struct links){ 0 };
	if (!link_lists_begin(&ret_links->of_kind))
		return context_fail(ctx, -ENOMEM, NULL);
	request_links(&req);
	rc = talk(ctx, &req.head, &handler);
	if (rc < 0)
		return rc;
	link_lists_sort(&ret_links->of_kind);
	if (ret_links->count)
		qsort(ret_links->list, ret_links->count,
		      sizeof(*ret_links->list), by_index);
	return 0;
}

void links_free(struct links *links)
{
	link_lists_free(&links->of_kind);
	free(links->list);
	*links = (struct links){ 0 };
}

const struct vbr_link *links_find(const struct links *links, int index)
{
	const struct vbr_link key = { .index = index };

	if (links->count == 0)
		return NULL;
	return bsearch(&key, links->list, links->count, sizeof(key), by_index);
}

const struct vbr_link *links_at(const struct links *links, size_t i)
{
	return i < links->count ? &links->list[i] : NULL;
}

size_t links_position(const struct links *links, const struct vbr_link *link)
{
	return (size_t)(link - links->list);
}

const char *link_own_name(const struct vbr_link *link)
{
	return link->name;
}

/* --- who has set an address ----------------------------------------------- */

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
static bool is_in_sysfs(struct vbr_ctx *ctx, const struct vbr_link *link)
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
static int read_is_mac_set(struct vbr_ctx *ctx, const struct vbr_link *link,
			   bool *ret_is_set)
{
	char line[LINE_SIZE];

	if (read_line(ctx, link->name, "addr_assign_type", line) < 0)
		return -ENODATA;
	/* NET_ADDR_SET of the kernel's <linux/netdevice.h>. */
	*ret_is_set = strcmp(line, "3") == 0;
	return 0;
}

int links_is_mac_set(struct vbr_ctx *ctx, struct links *links,
		     const struct vbr_link *link, bool *ret_is_set)
{
	links->are_in_sysfs = links->are_in_sysfs || is_in_sysfs(ctx, link);
	return links->are_in_sysfs ? read_is_mac_set(ctx, link, ret_is_set)
				   : -ENODATA;
}

int vbr_link_is_mac_set(struct vbr_ctx *ctx, const char *device,
			bool *ret_is_set)
{
	struct link_info info;
	struct vbr_link link;
	int rc;

	context_begin(ctx, N_("cannot read the address of \"%s\""), device);
	rc = link_find(ctx, device, &info);
	if (rc < 0)
		return rc;
	fill(&info, &link);
	rc = is_in_sysfs(ctx, &link) ? read_is_mac_set(ctx, &link, ret_is_set)
				     : -ENODATA;
	return rc < 0 ? context_fail(ctx, rc,
				     _("/sys does not show this device"))
		      : 0;
}
