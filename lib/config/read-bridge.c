/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads lines about bridges, ports and links. */

#include "config.h"

#include "config/read-bridge.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/num.h"

/* --- bridges and ports ---------------------------------------------------- */

static int add_bridge(struct reader *reader, const char *value)
{
	struct item item = { .kind = ITEM_BRIDGE, .value = value };
	int rc = read_value(reader, "bridge", &item.device);

	if (rc == 0 && *reader->words)
		rc = read_fail(reader, _("\"%s\" is not expected"),
			       *reader->words);
	if (rc == 0 && value)
		rc = read_new_name(reader, item.device);
	return rc < 0 ? rc : items_add(reader->items, &item);
}

int read_addbr(struct reader *reader)
{
	return add_bridge(reader, "");
}

int read_delbr(struct reader *reader)
{
	return add_bridge(reader, NULL);
}

static int add_ports(struct reader *reader, const char *value)
{
	struct item item = { .kind = ITEM_PORT, .value = value };
	int rc = read_value(reader, "bridge", &item.device);

	if (rc == 0 && !*reader->words)
		rc = read_fail(reader, "%s", _("a device is missing"));
	while (rc == 0 && (item.member = read_word(reader)))
		rc = *item.member
			     ? items_add(reader->items, &item)
			     : read_fail(reader,
					 _("\"%s\" is not a name of a device"),
					 item.member);
	return rc;
}

int read_addif(struct reader *reader)
{
	return add_ports(reader, "");
}

int read_delif(struct reader *reader)
{
	return add_ports(reader, NULL);
}

/* --- links ---------------------------------------------------------------- */

static int take_mtu(struct reader *reader, struct item *item)
{
	uint64_t mtu;
	int rc = read_value(reader, "mtu", &item->value);

	if (rc < 0)
		return rc;
	if (num_parse(item->value, INT32_MAX, &mtu) < 0)
		return read_fail(reader, _("\"%s\" is not an MTU"),
				 item->value);
	item->value = items_format(reader->items, "%" PRIu64, mtu);
	return item->value ? 0 : -ENOMEM;
}

static int take_address(struct reader *reader, struct item *item)
{
	const char *word;
	int rc = read_value(reader, "address", &word);

	return rc < 0 ? rc : read_mac(reader, word, &item->value);
}

int read_link(struct reader *reader)
{
	struct item item = { .kind = ITEM_LINK };
	const char *word;
	int rc = read_value(reader, "link", &item.device);

	while (rc == 0 && (word = read_word(reader))) {
		item.name = word;
		if (strcmp(word, "mtu") == 0) {
			rc = take_mtu(reader, &item);
		} else if (strcmp(word, "address") == 0) {
			rc = take_address(reader, &item);
		} else if (strcmp(word, "up") == 0 ||
			   strcmp(word, "down") == 0) {
			item.name = "state";
			item.value = word;
		} else {
			rc = read_fail(
				reader,
				_("\"%s\" is not one of up, down, mtu and "
				  "address"),
				word);
		}
		if (rc == 0)
			rc = items_add(reader->items, &item);
	}
	return rc;
}

/* --- options -------------------------------------------------------------- */

/* To the end of the line. */
static int add_options(struct reader *reader, enum vbr_scope scope,
		       struct item *item)
{
	const char *word;
	int rc = 0;

	if (!*reader->words)
		return read_fail(reader, "%s", _("an option is missing"));
	while (rc == 0 && (word = read_word(reader))) {
		rc = read_option(reader, word, scope, item);
		if (rc == 0)
			rc = items_add(reader->items, item);
	}
	return rc;
}

static int add_port_options(struct reader *reader, struct item *item)
{
	const char *const *words = reader->words;
	int rc = add_options(reader, VBR_SCOPE_PORT, item);

	/* The next port has the same. */
	reader->words = words;
	return rc;
}

int read_set(struct reader *reader)
{
	struct item item = { .kind = ITEM_OPTION };
	int rc = read_value(reader, "bridge", &item.device);

	return rc < 0 ? rc : add_options(reader, VBR_SCOPE_BRIDGE, &item);
}

int read_setport(struct reader *reader)
{
	struct item item = { .kind = ITEM_PORT_OPTION };
	int rc = read_value(reader, "bridge", &item.device);

	if (rc < 0)
		return rc;
	return read_list(reader, read_word(reader), &item, add_port_options);
}

static int add_one(struct reader *reader, enum vbr_scope scope,
		   struct item *item)
{
	const char *word;
	int rc = read_value(reader, reader->option, &word);

	if (rc == 0)
		rc = read_setting(reader, scope, reader->option, word, item);
	if (rc == 0 && *reader->words)
		rc = read_fail(reader, _("\"%s\" is not expected"),
			       *reader->words);
	return rc < 0 ? rc : items_add(reader->items, item);
}

int read_set_bridge(struct reader *reader)
{
	struct item item = { .kind = ITEM_OPTION };
	int rc = read_value(reader, "bridge", &item.device);

	return rc < 0 ? rc : add_one(reader, VBR_SCOPE_BRIDGE, &item);
}

int read_set_port(struct reader *reader)
{
	struct item item = { .kind = ITEM_PORT_OPTION };
	int rc = read_value(reader, "bridge", &item.device);

	if (rc == 0)
		rc = read_value(reader, "port", &item.member);
	return rc < 0 ? rc : add_one(reader, VBR_SCOPE_PORT, &item);
}
