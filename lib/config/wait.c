/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Waits for the devices that a configuration needs but does not create. */

#include "config.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "config/configuration.h"
#include "config/parse.h"
#include "config/state.h"
#include "core/context.h"
#include "core/link.h"

/* A device that must be there. */
struct need {
	const char *name;
	bool is_there;
};

struct needs {
	struct vbr_ctx *ctx;
	struct items items; /* of the configuration; they have the names */
	struct need *list;  /* by name */
	size_t count, room, there;
};

/* --- what is needed ------------------------------------------------------- */

static int add_need(struct needs *needs, const char *name)
{
	struct need *list;

	if (!name || state_has_bridge(&needs->items, name) ||
	    state_vlan_device(&needs->items, name))
		return 0;
	list = array_grow(needs->list, sizeof(*list), needs->count,
			  &needs->room);
	if (!list)
		return -ENOMEM;
	needs->list = list;
	needs->list[needs->count++] = (struct need){ .name = name };
	return 0;
}

static int add_parent(struct needs *needs, const struct item *item)
{
	char parent[VBR_NAME_SIZE];
	const char *name;

	if (!item_parent(item->value, parent))
		return 0;
	name = arena_text(&needs->items.arena, parent);
	return name ? add_need(needs, name) : -ENOMEM;
}

static int add_needs_of(struct needs *needs, const struct item *item)
{
	int rc;

	if (!item->value || !items_has(&needs->items, item))
		return 0;
	if (item->kind == ITEM_VLAN_DEVICE)
		return add_parent(needs, item);
	rc = add_need(needs, item->device);
	return rc < 0 ? rc : add_need(needs, item->member);
}

static int compare(const void *a, const void *b)
{
	const struct need *one = a, *other = b;

	return strcmp(one->name, other->name);
}

/* Sorts the names, each once. */
static void sort(struct needs *needs)
{
	size_t count = 0;

	if (needs->count)
		qsort(needs->list, needs->count, sizeof(*needs->list), compare);
	for (size_t i = 0; i < needs->count; i++)
		if (!count || compare(&needs->list[count - 1], &needs->list[i]))
			needs->list[count++] = needs->list[i];
	needs->count = count;
}

static int take_needs(struct needs *needs, const struct vbr_config *config)
{
	static const struct source source = { "configuration", true };
	const char *text = vbr_config_text(config);
	int rc = parse_items(needs->ctx, &source, text, strlen(text),
			     &needs->items);

	for (size_t i = 0; rc == 0 && i < needs->items.count; i++)
		rc = add_needs_of(needs, &needs->items.list[i]);
	sort(needs);
	return rc;
}

/* --- what is there -------------------------------------------------------- */

static int note_link(const char *name, int index, bool is_free, void *data)
{
	const struct need like = { .name = name };
	struct needs *needs = data;
	struct need *need = NULL;

	(void)index;
	(void)is_free;
	if (needs->count)
		need = bsearch(&like, needs->list, needs->count,
			       sizeof(*needs->list), compare);
	if (need && !need->is_there) {
		need->is_there = true;
		needs->there++;
	}
	return 0;
}

static void forget_links(void *data)
{
	struct needs *needs = data;

	for (size_t i = 0; i < needs->count; i++)
		needs->list[i].is_there = false;
	needs->there = 0;
}

/* Devices come and go at boot. */
static int look(struct needs *needs)
{
	forget_links(needs);
	return link_foreach(needs->ctx, note_link, forget_links, needs);
}

/* The first one is in the sentence already. */
static void append_others(const struct needs *needs, size_t at)
{
	char shown[VBR_NAME_TEXT_SIZE];

	while (++at < needs->count) {
		if (needs->list[at].is_there)
			continue;
		vbr_format_name(needs->list[at].name, shown, sizeof(shown));
		/* Translators: behind it stand more names of devices. */
		context_append(needs->ctx, _("; also missing: \"%s\""), shown);
	}
}

static int refuse(const struct needs *needs)
{
	size_t at = 0;
	int rc;

	while (needs->list[at].is_there)
		at++;
	context_begin(needs->ctx, N_("cannot use \"%s\""),
		      needs->list[at].name);
	rc = context_fail(needs->ctx, -ENODEV, NULL);
	append_others(needs, at);
	return rc;
}

/* --- waiting -------------------------------------------------------------- */

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int ignore_event(const struct vbr_event *event, void *data)
{
	(void)event;
	(void)data;
	return 0;
}

/* Events only wake it up: which devices there are is read again. */
static int wait_for_event(struct vbr_watch *watch, int64_t left)
{
	struct pollfd ready = { .fd = vbr_watch_fd(watch), .events = POLLIN };
	int rc;

	poll(&ready, 1, left > INT_MAX ? INT_MAX : (int)left);
	rc = vbr_watch_read(watch, ignore_event, NULL);
	return rc == -ENOBUFS ? 0 : rc;
}

static int wait_until(struct needs *needs, int64_t deadline)
{
	struct vbr_watch *watch;
	int rc = vbr_watch_new(needs->ctx, VBR_WATCH_LINKS, &watch);

	if (rc < 0)
		return rc;
	rc = look(needs);
	while (rc == 0 && needs->there < needs->count) {
		int64_t left = deadline - now_ms();

		if (left <= 0)
			break;
		rc = wait_for_event(watch, left);
		if (rc == 0)
			rc = look(needs);
	}
	vbr_watch_free(watch);
	return rc;
}

static int wait_for_needs(struct needs *needs, unsigned int timeout)
{
	int64_t deadline = now_ms() + timeout;
	int rc = look(needs);

	if (rc == 0 && needs->there < needs->count && timeout)
		rc = wait_until(needs, deadline);
	if (rc == 0 && needs->there < needs->count)
		rc = refuse(needs);
	return rc;
}

int vbr_config_wait(struct vbr_ctx *ctx, const struct vbr_config *config,
		    unsigned int timeout)
{
	struct needs needs = { .ctx = ctx };
	int rc = take_needs(&needs, config);

	if (rc == 0)
		rc = wait_for_needs(&needs, timeout);
	if (rc == -ENOMEM) {
		context_begin(ctx, N_("cannot wait for devices"));
		context_fail(ctx, rc, NULL);
	}
	free(needs.list);
	items_drop(&needs.items);
	return rc;
}
