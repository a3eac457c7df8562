/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the lists of multicast groups in /proc: netlink has only those of IPv6,
 * and without users. */

#include "config.h"

#include "ip/multicast.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/address.h"
#include "core/context.h"

#define FILE_SIZE 65536

struct listing {
	char *text; /* MULTICAST_LIST_SIZE bytes */
	size_t len;
};

static void put_group(struct listing *list, const struct address *group)
{
	static const char more[] = " ...";
	char text[ADDRESS_TEXT_SIZE];
	size_t room = MULTICAST_LIST_SIZE - sizeof(more) - list->len;

	if (list->len && list->text[list->len - 1] == '.')
		return;
	address_format(group, text);
	if (strlen(text) + 1 > room)
		snprintf(list->text + list->len, sizeof(more), "%s", more);
	else
		snprintf(list->text + list->len, room, "%s%s",
			 list->len ? " " : "", text);
	list->len = strlen(list->text);
}

/* All hosts, all routers, and all that snoop, which a bridge joins. */
static bool is_kernels(const struct address *group)
{
	static const uint8_t solicited[] = { 0xff, 2, 0, 0, 0, 0,   0,
					     0,	   0, 0, 0, 1, 0xff };
	const uint8_t *bytes = group->bytes;

	if (group->family == ADDRESS_IPV4)
		return memcmp(bytes, "\340\0\0", 3) == 0 &&
		       (bytes[3] <= 2 || bytes[3] == 106);
	if (memcmp(bytes, solicited, sizeof(solicited)) == 0)
		return true;
	for (size_t i = 2; i < 15; i++)
		if (bytes[i])
			return false;
	return bytes[15] <= 2 || bytes[15] == 0x6a;
}

static bool read_hex(const char *text, uint8_t *ret_bytes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		unsigned int byte;

		if (sscanf(text + 2 * i, "%2x", &byte) != 1)
			return false;
		ret_bytes[i] = (uint8_t)byte;
	}
	return true;
}

/* A line for each device, then one for each of its groups, which are numbers in
 * the byte order of the network that are printed in that of the host. */
static void read_igmp(const char *line, bool *is_device, const char *device,
		      struct listing *list)
{
	struct address group = { .family = ADDRESS_IPV4 };
	uint32_t number;
	char name[64];

	if (*line != '\t') {
		*is_device = sscanf(line, "%*d %63s", name) == 1 &&
			     strcmp(name, device) == 0;
		return;
	}
	if (!*is_device || sscanf(line, " %8x", &number) != 1)
		return;
	memcpy(group.bytes, &number, sizeof(number));
	if (!is_kernels(&group))
		put_group(list, &group);
}

/* A line for each group. */
static void read_igmp6(const char *line, bool *is_device, const char *device,
		       struct listing *list)
{
	struct address group = { .family = ADDRESS_IPV6 };
	char name[64], digits[33];

	*is_device = sscanf(line, "%*d %63s %32s", name, digits) == 2 &&
		     strcmp(name, device) == 0;
	if (*is_device && strlen(digits) == 32 &&
	    read_hex(digits, group.bytes, 16) && !is_kernels(&group))
		put_group(list, &group);
}

bool multicast_list(struct vbr_ctx *ctx, const char *device,
		    char ret_list[MULTICAST_LIST_SIZE])
{
	static const struct {
		char path[32];
		void (*read)(const char *line, bool *is_device,
			     const char *device, struct listing *list);
	} files[] = {
		{ "/proc/thread-self/net/igmp", read_igmp },
		{ "/proc/thread-self/net/igmp6", read_igmp6 },
	};
	struct listing list = { .text = ret_list };
	char *text = malloc(FILE_SIZE), *rest, *line;

	*ret_list = '\0';
	for (size_t i = 0; i < 2 && text; i++) {
		bool is_device = false;

		if (ctx->transport->read_file(ctx->transport_data,
					      files[i].path, text,
					      FILE_SIZE) < 0)
			continue;
		rest = text;
		while ((line = strsep(&rest, "\n")))
			files[i].read(line, &is_device, device, &list);
	}
	free(text);
	return *ret_list;
}
