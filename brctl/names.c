/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The names of devices by their index. */

#include "config.h"

#include "names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Indexes are usually small. For larger ones, names are not stored. */
#define NAMES_MAX 65536

static char *name_at(struct names *names, int index)
{
	size_t i = (size_t)index, room = names->room ? names->room : 64;
	char(*at)[VBR_NAME_SIZE];

	if (index < 0 || i >= NAMES_MAX)
		return NULL;
	if (i < names->room)
		return names->at[i];
	while (room <= i)
		room *= 2;
	at = realloc(names->at, room * sizeof(*at));
	if (!at)
		return NULL;
	memset(at + names->room, 0, (room - names->room) * sizeof(*at));
	*names = (struct names){ at, room };
	return at[i];
}

void names_keep(struct names *names, int index, const char *name)
{
	char *known = name_at(names, index);

	if (known)
		snprintf(known, VBR_NAME_SIZE, "%s", name);
}

const char *names_find(struct names *names, struct vbr_ctx *ctx, int index)
{
	static char now[VBR_NAME_SIZE];
	const char *known;

	if (vbr_link_name(ctx, index, now) == 0) {
		names_keep(names, index, now);
		return now;
	}
	known = name_at(names, index);
	return known ? known : "";
}

void names_clear(struct names *names)
{
	free(names->at);
	*names = (struct names){ 0 };
}
