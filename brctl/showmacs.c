/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* showmacs: the FDB of a bridge. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "brctl.h"
#include "cli/out.h"
#include "vbridge.h"

/* The FDB speaks of interfaces, the table of numbers on the bridge. */
struct port_number {
	int index;
	unsigned int number;
};

static int by_index(const void *a, const void *b)
{
	const struct port_number *left = a, *right = b;

	return (left->index > right->index) - (left->index < right->index);
}

static struct port_number *number_ports(const struct vbr_ports *ports)
{
	size_t count = vbr_ports_count(ports);
	struct port_number *numbers = calloc(count + 1, sizeof(*numbers));

	if (!numbers)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		const struct vbr_port *port = vbr_ports_at(ports, i);
		uint64_t number = 0;

		vbr_port_value(port, "port_no", &number);
		numbers[i].index = vbr_port_index(port);
		numbers[i].number = (unsigned int)number;
	}
	qsort(numbers, count, sizeof(*numbers), by_index);
	return numbers;
}

static void print_entry(const struct vbr_fdb_entry *entry,
			unsigned int number)
{
	enum vbr_fdb_state state = vbr_fdb_entry_state(entry);
	char line[2 * OUT_NUMBER_SIZE + VBR_MAC_TEXT_SIZE + 16], *at = line;

	at = out_number(at, number, 3);
	*at++ = '\t';
	vbr_format_mac(vbr_fdb_entry_mac(entry), at);
	at += VBR_MAC_TEXT_SIZE - 1;
	at = stpcpy(at, state == VBR_FDB_LOCAL ? "\tyes\t\t" : "\tno\t\t");
	at = out_ticks(at, state == VBR_FDB_LEARNED ?
		       vbr_fdb_entry_age(entry) : 0);
	*at++ = '\n';
	fwrite(line, 1, (size_t)(at - line), stdout);
}

/*
 * What brctl never listed: entries that have expired, and those that lead to
 * the bridge itself, for which there is no port number.
 */
static void print_fdb(const struct vbr_fdb *fdb,
		      const struct port_number *numbers, size_t count)
{
	out_table();
	puts("port no\tmac addr\t\tis local?\tageing timer");
	for (size_t i = 0; i < vbr_fdb_count(fdb); i++) {
		const struct vbr_fdb_entry *entry = vbr_fdb_at(fdb, i);
		struct port_number key = {
			.index = vbr_fdb_entry_port_index(entry),
		};
		const struct port_number *found;

		if (vbr_fdb_entry_state(entry) == VBR_FDB_EXPIRED)
			continue;
		found = bsearch(&key, numbers, count, sizeof(key), by_index);
		if (found)
			print_entry(entry, found->number);
	}
}

int cmd_showmacs(struct cli *cli, const struct call *call)
{
	const char *bridge = call->argv[0];
	struct port_number *numbers;
	struct vbr_ports *ports;
	struct vbr_fdb *fdb;
	int rc;

	rc = vbr_fdb_list(cli->ctx, bridge, &fdb);
	if (rc < 0)
		return report(cli, FAIL_SHOWMACS, -rc, bridge, NULL);
	/* After the FDB: its ports, or fewer. */
	rc = vbr_port_list(cli->ctx, bridge, &ports);
	if (rc < 0) {
		vbr_fdb_free(fdb);
		return report(cli, FAIL_SHOWMACS, -rc, bridge, NULL);
	}
	numbers = number_ports(ports);
	if (numbers)
		print_fdb(fdb, numbers, vbr_ports_count(ports));
	else
		cli_say(cli, "%s", cli_strerror(ENOMEM));
	vbr_ports_free(ports);
	vbr_fdb_free(fdb);
	free(numbers);
	return numbers ? EXIT_SUCCESS : EXIT_FAILURE;
}
