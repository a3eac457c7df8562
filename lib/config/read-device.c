/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads lines of vconfig, which are about VLAN devices. */

#include "config.h"

#include "config/read-device.h"

#include <errno.h>
#include <inttypes.h>
#include <strings.h>

#include "base/num.h"

/* --- add, rem ------------------------------------------------------------- */

static int take_protocol(struct reader *reader, const char **ret_protocol)
{
	const char *word;
	int rc = read_value(reader, "protocol", &word);

	if (rc < 0)
		return rc;
	if (strcasecmp(word, "802.1ad") == 0)
		*ret_protocol = " protocol 802.1ad";
	else if (strcasecmp(word, "802.1q") == 0)
		*ret_protocol = "";
	else
		return read_fail(
			reader,
			_("\"%s\" is not a protocol: 802.1q or 802.1ad"), word);
	return 0;
}

/* The kernel decides how a device without a name is called: what set_name_type
 * has last set. */
static int take_name(struct reader *reader, struct item *item,
		     const char **ret_protocol)
{
	const char *word;
	int rc = 0;

	while (rc == 0 && (word = read_word(reader))) {
		if (strcasecmp(word, "name") == 0)
			rc = read_value(reader, word, &item->device);
		else if (strcasecmp(word, "protocol") == 0)
			rc = take_protocol(reader, ret_protocol);
		else
			rc = read_fail(
				reader,
				_("\"%s\" is not one of name and protocol"),
				word);
	}
	if (rc == 0 && !item->device)
		rc = read_fail(reader, "%s",
			       _("in a configuration a VLAN device must have a "
				 "name: name NAME"));
	return rc;
}

int read_add(struct reader *reader)
{
	struct item item = { .kind = ITEM_VLAN_DEVICE };
	const char *parent, *protocol = "";
	unsigned int vid;
	int rc = read_value(reader, "add", &parent);

	if (rc == 0)
		rc = read_new_name(reader, parent);
	if (rc == 0)
		rc = read_vid(reader, parent, 0, &vid);
	if (rc == 0)
		rc = take_name(reader, &item, &protocol);
	if (rc == 0)
		rc = read_new_name(reader, item.device);
	if (rc < 0)
		return rc;
	item.value = items_format(reader->items, "%s %u%s", parent, vid,
				  protocol);
	return item.value ? items_add(reader->items, &item) : -ENOMEM;
}

int read_rem(struct reader *reader)
{
	struct item item = { .kind = ITEM_VLAN_DEVICE };
	int rc = read_value(reader, "rem", &item.device);

	return rc < 0 ? rc : items_add(reader->items, &item);
}

/* --- settings ------------------------------------------------------------- */

/* The name of the flag, as save writes it. */
int read_set_flag(struct reader *reader)
{
	struct item item = { .kind = ITEM_FLAG };
	const char *name, *word;
	int rc = read_value(reader, "set_flag", &item.device);

	if (rc == 0)
		rc = read_value(reader, item.device, &name);
	if (rc == 0)
		rc = read_value(reader, name, &word);
	if (rc == 0)
		rc = read_setting(reader, VBR_SCOPE_VLAN, name, word, &item);
	if (rc == 0)
		item.value = item.number ? "on" : "off";
	return rc < 0 ? rc : items_add(reader->items, &item);
}

static int take_priority(struct reader *reader, const char **ret_text)
{
	const char *word;
	uint64_t number;
	int rc = read_value(reader, "priority", &word);

	if (rc < 0)
		return rc;
	if (num_parse(word, UINT32_MAX, &number) < 0)
		return read_fail(reader, _("\"%s\" is not a priority"), word);
	*ret_text = items_format(reader->items, "%" PRIu64, number);
	return *ret_text ? 0 : -ENOMEM;
}

/* The priority of the packet comes first in both. */
static int read_map(struct reader *reader, enum item_kind kind)
{
	struct item item = { .kind = kind };
	const char *packet, *tag;
	int rc = read_value(reader, "map", &item.device);

	if (rc == 0)
		rc = take_priority(reader, &packet);
	if (rc == 0)
		rc = take_priority(reader, &tag);
	if (rc < 0)
		return rc;
	item.name = kind == ITEM_INGRESS ? tag : packet;
	item.value = kind == ITEM_INGRESS ? packet : tag;
	return items_add(reader->items, &item);
}

int read_set_ingress_map(struct reader *reader)
{
	return read_map(reader, ITEM_INGRESS);
}

int read_set_egress_map(struct reader *reader)
{
	return read_map(reader, ITEM_EGRESS);
}
