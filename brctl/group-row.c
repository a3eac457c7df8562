/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Prints members and routers of multicast groups: one per line, or as JSON. */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/json.h"
#include "cli/out.h"
#include "entry-json.h"
#include "remote-words.h"
#include "vbridge.h"

static const struct {
	enum vbr_mdb_flag flag;
	char name[16];
} flag_names[] = {
	{ VBR_MDB_PERMANENT, "permanent" },
	{ VBR_MDB_INCLUDE, "include" },
	{ VBR_MDB_FAST_LEAVE, "fast_leave" },
	{ VBR_MDB_STAR_EXCL, "star_excl" },
	{ VBR_MDB_BLOCKED, "blocked" },
	{ VBR_MDB_OFFLOADED, "offloaded" },
	{ VBR_MDB_OFFLOAD_FAILED, "offload_failed" },
};

#define FLAGS (sizeof(flag_names) / sizeof(flag_names[0]))

static void print_flags(unsigned int flags)
{
	const char *between = "";

	for (size_t i = 0; i < FLAGS; i++) {
		if (!(flags & flag_names[i].flag))
			continue;
		printf("%s%s", between, flag_names[i].name);
		between = ",";
	}
	if (!*between)
		putchar('-');
}

static void print_ticks(uint32_t ticks)
{
	char text[OUT_NUMBER_SIZE];

	*out_ticks(text, ticks) = '\0';
	fputs(text + strspn(text, " "), stdout);
}

static void print_vlan(unsigned int vlan)
{
	if (vlan)
		printf("\t%u\t", vlan);
	else
		fputs("\t-\t", stdout);
}

/* A timer of 0 means that the entry is permanent. */
static void print_sources(const struct vbr_mdb_entry *entry)
{
	bool is_excluding = vbr_mdb_entry_mode(entry) == VBR_MDB_MODE_EXCLUDE;
	char text[VBR_ADDRESS_TEXT_SIZE];
	uint32_t timer;

	for (size_t i = 0; vbr_mdb_entry_source_at(entry, i, text, &timer);
	     i++) {
		if (i)
			putchar(',');
		else
			fputs(is_excluding ? "\texcept " : "\tsources ",
			      stdout);
		fputs(text, stdout);
		if (timer) {
			putchar('/');
			print_ticks(timer);
		}
	}
}

/* RTPROT_*: the usual ones. */
enum { PROTOCOL_KERNEL = 2, PROTOCOL_STATIC = 4 };

static void print_protocol(const struct vbr_mdb_entry *entry)
{
	unsigned int protocol = vbr_mdb_entry_protocol(entry);
	char text[VBR_PROTOCOL_TEXT_SIZE];

	if (protocol == 0 || protocol == PROTOCOL_KERNEL ||
	    protocol == PROTOCOL_STATIC)
		return;
	vbr_mdb_format_protocol(protocol, text);
	printf("\tproto %s", text);
}

void mdb_print_entry(struct cli *cli, const struct vbr_mdb_entry *entry)
{
	struct vbr_remote remote;
	char text[VBR_ADDRESS_TEXT_SIZE];

	print_device_of(cli, vbr_mdb_entry_bridge_index(entry));
	putchar('\t');
	print_device_of(cli, vbr_mdb_entry_index(entry));
	print_vlan(vbr_mdb_entry_vlan(entry));
	vbr_mdb_entry_group(entry, text);
	printf("%s\t", text);
	fputs(vbr_mdb_entry_source(entry, text) ? text : "-", stdout);
	putchar('\t');
	print_ticks(vbr_mdb_entry_timer(entry));
	putchar('\t');
	print_flags(vbr_mdb_entry_flags(entry));
	print_sources(entry);
	print_protocol(entry);
	if (vbr_mdb_entry_remote(entry, &remote))
		remote_words_print(cli, &remote, '\t');
	putchar('\n');
}

void mdb_print_router(struct cli *cli, const struct vbr_mdb_router *router)
{
	print_device_of(cli, vbr_mdb_router_bridge_index(router));
	putchar('\t');
	print_device_of(cli, vbr_mdb_router_index(router));
	print_vlan(vbr_mdb_router_vlan(router));
	printf("%u\t", vbr_mdb_router_type(router));
	print_ticks(vbr_mdb_router_timer(router));
	putchar('\n');
}

/* --- JSON ----------------------------------------------------------------- */

static void put_device(struct cli *cli, struct json *object, int index)
{
	char name[VBR_NAME_SIZE];

	if (vbr_link_name(cli->ctx, index, name) == 0)
		json_put_text(object, "port", name);
	json_put_number(object, "index", (uint64_t)index);
}

static void put_flags(struct json *object, unsigned int flags)
{
	for (size_t i = 0; i < FLAGS; i++)
		json_put_bool(object, flag_names[i].name,
			      flags & flag_names[i].flag);
}

static void put_sources(struct json *object, const struct vbr_mdb_entry *entry)
{
	struct json *array = json_array_in(object, "sources");
	char text[VBR_ADDRESS_TEXT_SIZE];
	uint32_t timer;

	for (size_t i = 0; vbr_mdb_entry_source_at(entry, i, text, &timer);
	     i++) {
		struct json *source = json_object_of(array);

		json_put_text(source, "address", text);
		json_put_ticks(source, "timer", timer);
	}
}

static void put_mode(struct json *object, const struct vbr_mdb_entry *entry)
{
	enum vbr_mdb_mode mode = vbr_mdb_entry_mode(entry);

	if (mode)
		json_put_text(object, "filter",
			      mode == VBR_MDB_MODE_INCLUDE ? "include"
							   : "exclude");
}

static void put_protocol(struct json *object, const struct vbr_mdb_entry *entry)
{
	unsigned int protocol = vbr_mdb_entry_protocol(entry);
	char text[VBR_PROTOCOL_TEXT_SIZE];

	if (!protocol)
		return;
	vbr_mdb_format_protocol(protocol, text);
	json_put_text(object, "proto", text);
}

void put_mdb_entry(struct cli *cli, struct json *object,
		   const struct vbr_mdb_entry *entry)
{
	char text[VBR_ADDRESS_TEXT_SIZE];
	struct vbr_remote remote;

	put_device(cli, object, vbr_mdb_entry_index(entry));
	vbr_mdb_entry_group(entry, text);
	json_put_text(object, "group", text);
	if (vbr_mdb_entry_source(entry, text))
		json_put_text(object, "source", text);
	if (vbr_mdb_entry_vlan(entry))
		json_put_number(object, "vlan", vbr_mdb_entry_vlan(entry));
	json_put_ticks(object, "timer", vbr_mdb_entry_timer(entry));
	put_flags(object, vbr_mdb_entry_flags(entry));
	put_mode(object, entry);
	put_sources(object, entry);
	put_protocol(object, entry);
	if (vbr_mdb_entry_remote(entry, &remote))
		remote_words_put(cli, object, &remote);
}

void put_mdb_router(struct cli *cli, struct json *object,
		    const struct vbr_mdb_router *router)
{
	put_device(cli, object, vbr_mdb_router_index(router));
	if (vbr_mdb_router_vlan(router))
		json_put_number(object, "vlan", vbr_mdb_router_vlan(router));
	json_put_number(object, "type", vbr_mdb_router_type(router));
	json_put_ticks(object, "timer", vbr_mdb_router_timer(router));
}
