/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Prints FDB entries: one per line, or as JSON. */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/json.h"
#include "cli/out.h"
#include "entry-json.h"
#include "fdb-words.h"
#include "remote-words.h"
#include "vbridge.h"

static const char *const state_names[] = {
	[VBR_FDB_LOCAL] = "local",
	[VBR_FDB_STATIC] = "static",
	[VBR_FDB_LEARNED] = "learned",
	[VBR_FDB_EXPIRED] = "expired",
};

void print_device_of(const struct cli *cli, int index)
{
	char name[VBR_NAME_SIZE];

	out_name(stdout,
		 vbr_link_name(cli->ctx, index, name) == 0 ? name : "?");
}

const char *fdb_state_name(enum vbr_fdb_state state)
{
	return state_names[state];
}

void fdb_print_heading(void)
{
	puts("mac addr\t\tVLAN\tstate\tage\tflags\tport");
}

static void print_flags(unsigned int flags)
{
	const char *between = "", *name;
	unsigned int flag;

	for (size_t i = 0; (name = fdb_flag_at(i, &flag)); i++) {
		if (!(flags & flag))
			continue;
		printf("%s%s", between, name);
		between = ",";
	}
	fputs(*between ? "\t" : "-\t", stdout);
}

void fdb_print_entry(const struct cli *cli, const struct vbr_fdb_entry *entry,
		     const char *port)
{
	char line[3 * OUT_NUMBER_SIZE + VBR_MAC_TEXT_SIZE + 32], *at = line;
	struct vbr_remote remote;

	vbr_format_mac(vbr_fdb_entry_mac(entry), at);
	at += VBR_MAC_TEXT_SIZE - 1;
	*at++ = '\t';
	if (vbr_fdb_entry_vlan(entry))
		at = out_number(at, vbr_fdb_entry_vlan(entry), 0);
	else
		*at++ = '-';
	*at++ = '\t';
	at = stpcpy(at, state_names[vbr_fdb_entry_state(entry)]);
	*at++ = '\t';
	at = out_ticks(at, vbr_fdb_entry_age(entry));
	*at++ = '\t';
	fwrite(line, 1, (size_t)(at - line), stdout);
	print_flags(vbr_fdb_entry_flags(entry));
	out_name(stdout, *port ? port : "?");
	if (vbr_fdb_entry_remote(entry, &remote))
		remote_words_print(cli, &remote, ' ');
	putchar('\n');
}

/* --- JSON ----------------------------------------------------------------- */

/* A flag that few entries have is only there if it is set. */
#define ALWAYS \
	(VBR_FDB_STICKY | VBR_FDB_EXTERN | VBR_FDB_OFFLOADED | VBR_FDB_LOCKED)

static void put_flags(struct json *object, unsigned int flags)
{
	unsigned int flag;
	const char *name;

	for (size_t i = 0; (name = fdb_flag_at(i, &flag)); i++)
		if ((flags | ALWAYS) & flag)
			json_put_bool(object, name, flags & flag);
}

void put_fdb_entry(const struct cli *cli, struct json *object,
		   const struct vbr_fdb_entry *entry, const char *port)
{
	enum vbr_fdb_state state = vbr_fdb_entry_state(entry);
	struct vbr_remote remote;
	char mac[VBR_MAC_TEXT_SIZE];

	vbr_format_mac(vbr_fdb_entry_mac(entry), mac);
	json_put_text(object, "mac", mac);
	if (*port)
		json_put_text(object, "port", port);
	json_put_number(object, "index",
			(uint64_t)vbr_fdb_entry_port_index(entry));
	if (vbr_fdb_entry_vlan(entry))
		json_put_number(object, "vlan", vbr_fdb_entry_vlan(entry));
	json_put_text(object, "state", state_names[state]);
	json_put_ticks(object, "age", vbr_fdb_entry_age(entry));
	json_put_ticks(object, "idle", vbr_fdb_entry_idle(entry));
	put_flags(object, vbr_fdb_entry_flags(entry));
	if (vbr_fdb_entry_protocol(entry))
		json_put_number(object, "protocol",
				vbr_fdb_entry_protocol(entry));
	if (vbr_fdb_entry_remote(entry, &remote))
		remote_words_put(cli, object, &remote);
}
