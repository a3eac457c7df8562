/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads lines about FDB entries and multicast groups. */

#include "config.h"

#include "config/read-entry.h"

#include <errno.h>
#include <string.h>

#include "base/address.h"
#include "config/group.h"
#include "config/remote.h"
#include "config/text.h"

/* --- addmac, delmac ------------------------------------------------------- */

/* The words of addmac after the address. */
struct entry {
	bool is_local, is_sticky, is_router, is_self, has_notify;
	bool has_remote;
	struct remote_words remote;
};

static int refuse_dynamic(struct reader *reader, const char *word)
{
	return read_fail(
		reader,
		_("\"%s\": a configuration can only contain what does not expire"),
		word);
}

static int take_entry_word(struct reader *reader, const char *word,
			   struct item *item, struct entry *entry)
{
	int which = remote_word(word);

	if (strcmp(word, "vlan") == 0)
		return read_vid(reader, word, 1, &item->vid);
	if (which >= 0) {
		entry->has_remote = true;
		return remote_read(reader, which, &entry->remote);
	}
	if (strcmp(word, "local") == 0)
		entry->is_local = true;
	else if (strcmp(word, "sticky") == 0)
		entry->is_sticky = true;
	else if (strcmp(word, "activity_notify") == 0)
		entry->has_notify = true;
	else if (strcmp(word, "router") == 0)
		entry->is_router = true;
	else if (strcmp(word, "self") == 0)
		entry->is_self = true;
	else if (strcmp(word, "dynamic") == 0 || strcmp(word, "learned") == 0)
		return refuse_dynamic(reader, word);
	else if (strcmp(word, "static") != 0 && strcmp(word, "append") != 0)
		return read_fail(
			reader,
			_("\"%s\" is not a word of addmac that a configuration can contain"),
			word);
	return 0;
}

static int take_entry(struct reader *reader, struct item *item,
		      struct entry *entry)
{
	const char *word;
	int rc = read_value(reader, "bridge", &item->device);

	if (rc == 0)
		rc = read_value(reader, "port", &item->member);
	if (rc == 0)
		rc = read_value(reader, "mac", &word);
	if (rc == 0)
		rc = read_mac(reader, word, &item->name);
	/* An entry for the bridge itself is always local. */
	if (rc == 0 && strcmp(item->device, item->member) == 0)
		entry->is_local = true;
	while (rc == 0 && (word = read_word(reader)))
		rc = take_entry_word(reader, word, item, entry);
	if (rc == 0 && (entry->is_self || entry->is_router) &&
	    !entry->has_remote)
		return read_fail(
			reader,
			_("\"%s\": for the table of a device (self), a configuration can only contain destinations of VXLAN devices (dst or nhid)"),
			entry->is_self ? "self" : "router");
	return rc < 0 ? rc
		      : remote_name(reader->items, &entry->remote, &item->name);
}

/* Each form of the same entry becomes the same text. */
static const char *entry_value(struct reader *reader, const struct item *item,
			       const struct entry *entry)
{
	uint8_t mac[6];

	item_mac(item, mac);
	return items_format(reader->items, "%s%s%s%s%s",
			    entry->is_local ? "local" : "static",
			    entry->is_sticky ? " sticky" : "",
			    entry->has_notify ? " activity_notify" : "",
			    entry->is_router ? " router" : "",
			    entry->has_remote && remote_is_several(mac)
				    ? " append"
				    : "");
}

int read_addmac(struct reader *reader)
{
	struct item item = { .kind = ITEM_MAC };
	struct entry entry = { 0 };
	int rc = take_entry(reader, &item, &entry);

	if (rc < 0)
		return rc;
	item.value = entry_value(reader, &item, &entry);
	return item.value ? items_add(reader->items, &item) : -ENOMEM;
}

int read_delmac(struct reader *reader)
{
	struct item item = { .kind = ITEM_MAC };
	struct entry entry = { 0 };
	int rc = take_entry(reader, &item, &entry);

	return rc < 0 ? rc : items_add(reader->items, &item);
}

/* --- addgroup, delgroup --------------------------------------------------- */

static int take_address(struct reader *reader, const char *word,
			const char **ret_text)
{
	char text[ADDRESS_TEXT_SIZE];
	struct address address;

	if (address_parse(word, &address) < 0)
		return read_fail(reader, _("\"%s\" is not an address"), word);
	address_format(&address, text);
	*ret_text = arena_text(&reader->items->arena, text);
	return *ret_text ? 0 : -ENOMEM;
}

static int take_source(struct reader *reader, struct item *item)
{
	const char *word;
	int rc = read_value(reader, "source", &word);

	if (rc == 0)
		rc = take_address(reader, word, &word);
	if (rc < 0)
		return rc;
	item->name = items_format(reader->items, "%s source %s", item->name,
				  word);
	return item->name ? 0 : -ENOMEM;
}

static int take_filter(struct reader *reader, struct group *group)
{
	const char *word;
	int rc = read_value(reader, "filter", &word);

	if (rc < 0)
		return rc;
	if (strcmp(word, "include") == 0)
		group->mode = VBR_MDB_MODE_INCLUDE;
	else if (strcmp(word, "exclude") == 0)
		group->mode = VBR_MDB_MODE_EXCLUDE;
	else
		return read_fail(reader,
				 _("\"%s\" is not a filter mode: it is include "
				   "or exclude"),
				 word);
	return 0;
}

static int take_sources(struct reader *reader, struct group *group)
{
	const char *word;
	int rc = read_value(reader, "sources", &word);

	if (rc < 0)
		return rc;
	return group_take_sources(group, word)
		       ? 0
		       : read_fail(reader,
				   _("\"%s\" is not a list of at most 32 IP "
				     "addresses"),
				   word);
}

static int take_protocol(struct reader *reader, struct group *group)
{
	const char *word;
	int rc = read_value(reader, "proto", &word);

	if (rc < 0)
		return rc;
	return vbr_mdb_parse_protocol(word, &group->protocol) == 0
		       ? 0
		       : read_fail(reader, _("\"%s\" is not a protocol"), word);
}

static int take_group_word(struct reader *reader, const char *word,
			   struct item *item, struct group *group)
{
	if (strcmp(word, "vlan") == 0)
		return read_vid(reader, word, 1, &item->vid);
	if (strcmp(word, "source") == 0)
		return take_source(reader, item);
	if (strcmp(word, "filter") == 0)
		return take_filter(reader, group);
	if (strcmp(word, "sources") == 0)
		return take_sources(reader, group);
	if (strcmp(word, "proto") == 0)
		return take_protocol(reader, group);
	if (strcmp(word, "temporary") == 0)
		return refuse_dynamic(reader, word);
	/* The word has no effect here: an item states the desired result. */
	if (strcmp(word, "permanent") == 0 || strcmp(word, "replace") == 0)
		return 0;
	return read_fail(reader,
			 _("\"%s\" is not one of vlan, source, filter, sources "
			   "and proto"),
			 word);
}

/* The words in one form, so that they can be compared. */
static int put_properties(struct reader *reader, struct group *group,
			  struct item *item)
{
	struct text text = { 0 };
	const char *words;

	if (!item->value)
		return 0;
	group_put(&text, group);
	words = text.bytes ? text.bytes : "";
	item->value = text.is_short ? NULL
				    : arena_text(&reader->items->arena, words);
	text_drop(&text);
	return item->value ? 0 : -ENOMEM;
}

static int check_properties(struct reader *reader, const struct group *group)
{
	if (group->count && !group->mode)
		return read_fail(reader, _("\"%s\" needs the word filter"),
				 "sources");
	if (group->mode == VBR_MDB_MODE_INCLUDE && !group->count)
		return read_fail(reader, _("\"%s\" needs the word sources"),
				 "filter include");
	return 0;
}

static int add_group(struct reader *reader, struct item *item)
{
	const char *const *words = reader->words;
	struct group group = { 0 };
	struct item copy = *item;
	const char *word;
	int rc = read_value(reader, "group", &word);

	if (rc == 0)
		rc = take_address(reader, word, &copy.name);
	while (rc == 0 && (word = read_word(reader)))
		rc = take_group_word(reader, word, &copy, &group);
	if (rc == 0)
		rc = check_properties(reader, &group);
	if (rc == 0)
		rc = put_properties(reader, &group, &copy);
	if (rc == 0)
		rc = items_add(reader->items, &copy);
	/* The next member has the same. */
	reader->words = words;
	return rc;
}

static int read_group(struct reader *reader, const char *value)
{
	struct item item = { .kind = ITEM_GROUP, .value = value };
	int rc = read_value(reader, "bridge", &item.device);

	if (rc < 0)
		return rc;
	return read_list(reader, read_word(reader), &item, add_group);
}

int read_addgroup(struct reader *reader)
{
	return read_group(reader, "");
}

int read_delgroup(struct reader *reader)
{
	return read_group(reader, NULL);
}
