/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes the commands that apply items, with few lines for many items. */

#include "config.h"

#include "config/plan.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* --- lines of one item ---------------------------------------------------- */

static void put_bridge(struct text *text, const struct item *item)
{
	if (item->value) {
		text_line(text, "brctl", "addbr", item->device, NULL);
		return;
	}
	/* A bridge that is up is not deleted. */
	text_line(text, "brctl", "link", item->device, "down", NULL);
	text_line(text, "brctl", "delbr", item->device, NULL);
}

static void put_entry(struct text *text, const struct item *item,
		      const char *command)
{
	text_begin(text, "brctl", command, item->device, item->member, NULL);
	text_put(text, " ");
	text_put(text, item->name);
	if (item->vid)
		text_format(text, " vlan %u", item->vid);
	if (item->replaces)
		text_put(text, " replace");
	if (item->value && *item->value) {
		text_put(text, " ");
		text_put(text, item->value);
	}
	text_end(text);
}

static void put_vlan_device(struct text *text, const struct item *item)
{
	char parent[VBR_NAME_SIZE];
	const char *rest;

	if (!item->value) {
		text_line(text, "vconfig", "rem", item->device, NULL);
		return;
	}
	rest = item_parent(item->value, parent);
	if (!rest)
		return;
	text_begin(text, "vconfig", "add", parent, NULL);
	text_put(text, rest);
	text_words(text, "name", item->device, NULL);
	text_end(text);
}

static void put_one(struct text *text, const struct item *item)
{
	switch (item->kind) {
	case ITEM_BRIDGE:
		put_bridge(text, item);
		break;
	case ITEM_PORT:
		text_line(text, "brctl", item->value ? "addif" : "delif",
			  item->device, item->member, NULL);
		break;
	case ITEM_MAC:
		put_entry(text, item, item->value ? "addmac" : "delmac");
		break;
	case ITEM_GROUP:
		put_entry(text, item, item->value ? "addgroup" : "delgroup");
		break;
	case ITEM_VLAN_DEVICE:
		put_vlan_device(text, item);
		break;
	case ITEM_FLAG:
		text_line(text, "vconfig", "set_flag", item->device, item->name,
			  item->value, NULL);
		break;
	case ITEM_INGRESS:
		text_line(text, "vconfig", "set_ingress_map", item->device,
			  item->value, item->name, NULL);
		break;
	case ITEM_EGRESS:
		text_line(text, "vconfig", "set_egress_map", item->device,
			  item->name, item->value, NULL);
		break;
	default:
		break;
	}
}

/* --- options of one device ------------------------------------------------ */

static bool is_options(const struct item *item)
{
	return item->kind == ITEM_OPTION || item->kind == ITEM_PORT_OPTION ||
	       item->kind == ITEM_LINK;
}

static bool is_same_object(const struct item *a, const struct item *b)
{
	return a->kind == b->kind && strcmp(a->device, b->device) == 0 &&
	       strcmp(a->member ? a->member : "", b->member ? b->member : "") ==
		       0;
}

static void begin_options(struct text *text, const struct item *item)
{
	static const char *const commands[] = {
		[ITEM_OPTION] = "set",
		[ITEM_PORT_OPTION] = "setport",
		[ITEM_LINK] = "link",
	};

	text_begin(text, "brctl", commands[item->kind], item->device,
		   item->member, NULL);
}

static void put_value(struct text *text, const struct item *item)
{
	char word[2 * VBR_OPTION_TEXT_SIZE] = "";

	if (item->kind != ITEM_LINK) {
		strncat(word, item->name, VBR_OPTION_TEXT_SIZE - 2);
		strcat(word, "=");
		strncat(word, item->value, VBR_OPTION_TEXT_SIZE);
		text_word(text, word);
		return;
	}
	if (strcmp(item->name, "state") != 0)
		text_word(text, item->name);
	text_word(text, item->value);
}

/* --- ranges of VLANs ------------------------------------------------------ */

static bool is_range(const struct item *item)
{
	return item->kind == ITEM_VLAN || item->kind == ITEM_VLAN_OPTION;
}

/* The VLAN of "b" is that of "a" plus "later", and so is its tunnel id. */
static bool is_same_value(const struct item *a, const struct item *b,
			  unsigned int later)
{
	const char *one, *other;

	if (!a->value || !b->value)
		return a->value == b->value;
	one = item_tunnel(a);
	other = item_tunnel(b);
	if (a->kind != ITEM_VLAN || !one || !other)
		return strcmp(a->value, b->value) == 0;
	return item_vlan_flags(a) == item_vlan_flags(b) &&
	       strtoull(one, NULL, 10) + later == strtoull(other, NULL, 10);
}

/* Deletions come in descending order. */
static bool continues(const struct plan *plan, const struct item *item)
{
	const struct item *open = &plan->open;

	if (!plan->is_open || !is_range(open) || !is_same_object(open, item) ||
	    strcmp(open->name ? open->name : "",
		   item->name ? item->name : "") != 0)
		return false;
	if (item->vid == plan->last_vid + 1 && plan->last_vid >= open->vid)
		return is_same_value(open, item, item->vid - open->vid);
	if (item->value && item->kind == ITEM_VLAN)
		return false;
	return item->vid + 1 == plan->last_vid && plan->last_vid <= open->vid &&
	       is_same_value(open, item, 0);
}

static void end_range(struct plan *plan)
{
	const struct item *item = &plan->open;
	unsigned int first = item->vid, last = plan->last_vid;
	const char *command = item->value ? "addvlan" : "delvlan";

	if (item->kind == ITEM_VLAN_OPTION)
		command = "setvlan";
	if (first > last) {
		first = plan->last_vid;
		last = item->vid;
	}
	text_begin(plan->text, "brctl", command, item->device, item->member,
		   NULL);
	text_format(plan->text, " %u", first);
	if (last != first)
		text_format(plan->text, "-%u", last);
	if (item->kind == ITEM_VLAN_OPTION)
		put_value(plan->text, item);
	else if (item->value)
		text_put(plan->text, item->value);
	text_end(plan->text);
}

/* --- the plan ------------------------------------------------------------- */

void plan_end(struct plan *plan)
{
	if (!plan->is_open)
		return;
	if (is_range(&plan->open))
		end_range(plan);
	else
		text_end(plan->text);
	plan->is_open = false;
}

static void put_range(struct plan *plan, const struct item *item)
{
	if (!continues(plan, item)) {
		plan_end(plan);
		plan->open = *item;
		plan->is_open = true;
	}
	plan->last_vid = item->vid;
}

static void put_option(struct plan *plan, const struct item *item)
{
	if (!plan->is_open || !is_same_object(&plan->open, item)) {
		plan_end(plan);
		begin_options(plan->text, item);
		plan->open = *item;
		plan->is_open = true;
	}
	put_value(plan->text, item);
}

void plan_put(struct plan *plan, const struct item *item)
{
	if (is_range(item)) {
		put_range(plan, item);
	} else if (is_options(item)) {
		put_option(plan, item);
	} else {
		plan_end(plan);
		put_one(plan->text, item);
	}
}
