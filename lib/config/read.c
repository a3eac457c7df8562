/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the files that read a configuration share. */

#include "config.h"

#include "config/read.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/name.h"
#include "base/vids.h"
#include "core/context.h"

int read_fail(struct reader *reader, const char *format, const char *word)
{
	char why[512], shown[128];

	name_format(word ? word : "", shown, sizeof(shown));
	snprintf(why, sizeof(why), format, shown);
	context_begin(reader->ctx, N_("cannot read \"%s\""), reader->name);
	if (reader->place)
		return context_fail_why(reader->ctx, -EINVAL, "%s: %s",
					reader->place, why);
	return context_fail_why(reader->ctx, -EINVAL, _("line %lu: %s"),
				reader->line, why);
}

const char *read_word(struct reader *reader)
{
	return *reader->words ? *reader->words++ : NULL;
}

int read_value(struct reader *reader, const char *name, const char **ret_word)
{
	const char *word = read_word(reader);

	if (!word || !*word)
		return read_fail(reader, _("\"%s\" needs a value"), name);
	*ret_word = word;
	return 0;
}

int read_vid(struct reader *reader, const char *name, unsigned int least,
	     unsigned int *ret_vid)
{
	struct vbr_vids vids;
	struct vids_fault fault;
	const char *word = NULL;
	int rc = read_value(reader, name, &word);

	if (rc < 0)
		return rc;
	if (vids_parse(word, &vids, &fault) < 0 || vids_count(&vids) != 1 ||
	    vids_next(&vids, -1) < (int)least)
		return read_fail(reader, _("\"%s\" is not a VLAN id"), word);
	*ret_vid = (unsigned int)vids_next(&vids, -1);
	return 0;
}

int read_mac(struct reader *reader, const char *word, const char **ret_mac)
{
	char text[VBR_MAC_TEXT_SIZE];
	uint8_t mac[6];

	if (vbr_parse_mac(word, mac) < 0)
		return read_fail(reader, _("\"%s\" is not a MAC address"),
				 word);
	vbr_format_mac(mac, text);
	*ret_mac = arena_text(&reader->items->arena, text);
	return *ret_mac ? 0 : -ENOMEM;
}

/* --- options -------------------------------------------------------------- */

/* The state of a port: the kernel changes it with the carrier, or with STP. */
static bool is_passing(const struct vbr_option *option)
{
	return option == vbr_option_find(VBR_SCOPE_PORT, "state");
}

static int refuse_option(struct reader *reader, const char *name,
			 const struct vbr_option *option)
{
	if (!option)
		return read_fail(reader, _("there is no option \"%s\" here"),
				 name);
	if (vbr_option_type(option) == VBR_OPTION_ACTION || is_passing(option))
		return read_fail(
			reader, _("\"%s\" does not keep the value that is set"),
			name);
	return read_fail(reader, _("option \"%s\" cannot be set"), name);
}

int read_setting(struct reader *reader, enum vbr_scope scope, const char *name,
		 const char *value, struct item *item)
{
	const struct vbr_option *option = vbr_option_find(scope, name);
	int rc;

	if (!option || !vbr_option_is_settable(option) ||
	    !vbr_option_is_readable(option) ||
	    (is_passing(option) && !reader->is_run))
		return refuse_option(reader, name, option);
	item->option = option;
	item->name = vbr_option_name(option);
	item->value = value;
	/* The device need not be there yet. */
	if (vbr_option_type(option) == VBR_OPTION_DEVICE)
		return 0;
	rc = vbr_option_parse(reader->ctx, option, value, &item->number);
	if (rc == 0 || rc == -ENOMEM)
		return rc;
	return read_fail(reader, "%s", vbr_ctx_error(reader->ctx));
}

int read_option(struct reader *reader, const char *word, enum vbr_scope scope,
		struct item *item)
{
	const char *equals = strchr(word, '=');
	char name[64];
	size_t len;

	if (!equals)
		return read_fail(reader, _("\"%s\" is not <option>=<value>"),
				 word);
	len = (size_t)(equals - word);
	if (len >= sizeof(name))
		return refuse_option(reader, word, NULL);
	memcpy(name, word, len);
	name[len] = '\0';
	return read_setting(reader, scope, name, equals + 1, item);
}

/* --- lists ---------------------------------------------------------------- */

static int refuse_long(struct reader *reader, const char *name)
{
	return read_fail(
		reader,
		_("\"%s\": a configuration must use device names of at most 15 bytes"),
		name);
}

/* The kernel replaces "br%d" by the first free name. */
int read_new_name(struct reader *reader, const char *name)
{
	if (name_is_long(name))
		return refuse_long(reader, name);
	if (name_check_new(name) < 0 || strchr(name, '%'))
		return read_fail(reader, _("\"%s\" is not a name of a device"),
				 name);
	return 0;
}

static int add_member(struct reader *reader, const char *name,
		      struct item *item,
		      int (*add)(struct reader *reader, struct item *item))
{
	if (!*name)
		return read_fail(reader, _("\"%s\" is not a name of a device"),
				 name);
	if (name_is_reserved(name) || name_is_long(name))
		return refuse_long(reader, name);
	item->member = name;
	return add(reader, item);
}

/* A comma is legal in a name, too. */
static bool is_port(const struct reader *reader, const char *word)
{
	const struct items *items = reader->items;

	for (size_t i = items->count; i-- > 0;)
		if (items->list[i].kind == ITEM_PORT &&
		    strcmp(items->list[i].member, word) == 0)
			return true;
	return false;
}

int read_list(struct reader *reader, const char *word, struct item *item,
	      int (*add)(struct reader *reader, struct item *item))
{
	bool is_list;
	int rc = 0;

	if (!word)
		return read_fail(reader, "%s", _("a device is missing"));
	is_list = reader->has_lists && strchr(word, ',') &&
		  strcmp(word, item->device) != 0 && !is_port(reader, word);
	while (rc == 0 && word) {
		const char *comma = is_list ? strchr(word, ',') : NULL;
		const char *name = word;

		if (comma)
			name = items_format(reader->items, "%.*s",
					    (int)(comma - word), word);
		if (!name)
			return -ENOMEM;
		rc = add_member(reader, name, item, add);
		word = comma ? comma + 1 : NULL;
	}
	return rc;
}
