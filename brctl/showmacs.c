/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* showmacs: lists the FDB of a bridge. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli/json.h"
#include "cli/out.h"
#include "commands.h"
#include "entry-json.h"
#include "vbridge.h"

/* FDB entries have interface indexes; the table shows port numbers. */
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

static void print_entry(const struct vbr_fdb_entry *entry, unsigned int number)
{
	enum vbr_fdb_state state = vbr_fdb_entry_state(entry);
	char line[2 * OUT_NUMBER_SIZE + VBR_MAC_TEXT_SIZE + 16], *at = line;

	at = out_number(at, number, 3);
	*at++ = '\t';
	vbr_format_mac(vbr_fdb_entry_mac(entry), at);
	at += VBR_MAC_TEXT_SIZE - 1;
	at = stpcpy(at, state == VBR_FDB_LOCAL ? "\tyes\t\t" : "\tno\t\t");
	at = out_ticks(at,
		       state == VBR_FDB_LEARNED ? vbr_fdb_entry_age(entry) : 0);
	*at++ = '\n';
	fwrite(line, 1, (size_t)(at - line), stdout);
}

/* Omits what brctl never listed: expired entries, and entries of the bridge
 * itself, which has no port number. */
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

/* --- long format and JSON ------------------------------------------------- */

static const char *const state_names[] = {
	[VBR_FDB_LOCAL] = "local",
	[VBR_FDB_STATIC] = "static",
	[VBR_FDB_LEARNED] = "learned",
	[VBR_FDB_EXPIRED] = "expired",
};

#define STATES (sizeof(state_names) / sizeof(state_names[0]))

static const struct {
	enum vbr_fdb_flag flag;
	char name[12];
} flag_names[] = {
	{ VBR_FDB_STICKY, "sticky" },
	{ VBR_FDB_EXTERN, "extern" },
	{ VBR_FDB_OFFLOADED, "offloaded" },
	{ VBR_FDB_LOCKED, "locked" },
};

#define FLAGS (sizeof(flag_names) / sizeof(flag_names[0]))

const char *fdb_state_name(enum vbr_fdb_state state)
{
	return state_names[state];
}

/* The entries to show. */
struct wanted {
	int port;	     /* its index; 0: any */
	unsigned int vlan;   /* 0: any */
	unsigned int states; /* one bit for each; 0: any */
};

static bool take_state(const char *word, unsigned int *states)
{
	for (unsigned int i = 0; i < STATES; i++) {
		if (strcmp(state_names[i], word) != 0)
			continue;
		*states |= 1u << i;
		return true;
	}
	if (strcmp(word, "nolocal") != 0)
		return false;
	*states |= ((1u << STATES) - 1) & ~(1u << VBR_FDB_LOCAL);
	return true;
}

static int take_port(struct args *words, const char *bridge, int *ret_port)
{
	const char *name = args_next(words);

	if (!name)
		return cli_bad_word(words->cli,
				    _("\"%s\" needs the name of one"), "port");
	if (cli_is_test(words->cli))
		return EXIT_SUCCESS;
	return find_member_index(words->cli, bridge, name, ret_port) < 0
		       ? cli_fail(words->cli)
		       : EXIT_SUCCESS;
}

static int take_wanted(const struct cli *cli, const struct call *call,
		       struct wanted *ret_wanted)
{
	struct args words = args_after(cli, call, 1);
	const char *word;

	while ((word = args_next(&words))) {
		int status = EXIT_SUCCESS;

		if (strcmp(word, "vlan") == 0)
			status = args_next_vlan(&words, &ret_wanted->vlan);
		else if (strcmp(word, "port") == 0)
			status = take_port(&words, call->argv[0],
					   &ret_wanted->port);
		else if (!take_state(word, &ret_wanted->states))
			status = cli_bad_word(
				cli,
				_("\"%s\" is none of port, vlan, local, "
				  "nolocal, static, learned and expired"),
				word);
		if (status)
			return status;
	}
	return EXIT_SUCCESS;
}

static bool is_wanted(const struct vbr_fdb_entry *entry,
		      const struct wanted *wanted)
{
	return (!wanted->port ||
		vbr_fdb_entry_port_index(entry) == wanted->port) &&
	       (!wanted->vlan || vbr_fdb_entry_vlan(entry) == wanted->vlan) &&
	       (!wanted->states ||
		wanted->states & 1u << vbr_fdb_entry_state(entry));
}

static int compare_index(const void *key, const void *item)
{
	const int *index = key;
	const struct vbr_port *const *port = item;
	int its = vbr_port_index(*port);

	return (*index > its) - (*index < its);
}

static int by_port_index(const void *a, const void *b)
{
	const struct vbr_port *const *left = a;
	int index = vbr_port_index(*left);

	return compare_index(&index, b);
}

/* The ports sorted by index, to find their names. */
struct directory {
	size_t count;
	const struct vbr_port **ports;
	/* A device that is not a port: the bridge itself, or a port that has
	 * left. */
	int other;
	char other_name[VBR_NAME_SIZE];
};

static int make_directory(const struct vbr_ports *ports,
			  struct directory *ret_directory)
{
	size_t count = vbr_ports_count(ports);
	const struct vbr_port **list = calloc(count + 1, sizeof(*list));

	if (!list)
		return -1;
	for (size_t i = 0; i < count; i++)
		list[i] = vbr_ports_at(ports, i);
	qsort(list, count, sizeof(*list), by_port_index);
	*ret_directory = (struct directory){ count, list };
	return 0;
}

/* "" if the device is gone. */
static const char *name_of(const struct cli *cli, struct directory *directory,
			   int index)
{
	const struct vbr_port **port = bsearch(&index, directory->ports,
					       directory->count,
					       sizeof(*directory->ports),
					       compare_index);

	if (port)
		return vbr_port_name(*port);
	if (directory->other != index &&
	    vbr_link_name(cli->ctx, index, directory->other_name) < 0)
		directory->other_name[0] = '\0';
	directory->other = index;
	return directory->other_name;
}

static void print_long_entry(const struct vbr_fdb_entry *entry,
			     const char *port)
{
	char line[3 * OUT_NUMBER_SIZE + VBR_MAC_TEXT_SIZE + 32], *at = line;
	unsigned int flags = vbr_fdb_entry_flags(entry);
	const char *between = "";

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
	for (size_t i = 0; i < FLAGS; i++) {
		if (!(flags & flag_names[i].flag))
			continue;
		printf("%s%s", between, flag_names[i].name);
		between = ",";
	}
	fputs(*between ? "\t" : "-\t", stdout);
	out_name(stdout, *port ? port : "?");
	putchar('\n');
}

void put_fdb_entry(struct json *object, const struct vbr_fdb_entry *entry,
		   const char *port)
{
	enum vbr_fdb_state state = vbr_fdb_entry_state(entry);
	unsigned int flags = vbr_fdb_entry_flags(entry);
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
	for (size_t i = 0; i < FLAGS; i++)
		json_put_bool(object, flag_names[i].name,
			      flags & flag_names[i].flag);
}

static int show_more(const struct cli *cli, const struct vbr_fdb *fdb,
		     const struct wanted *wanted, struct directory *directory)
{
	const struct vbr_fdb_entry *entry;
	struct json_list list;

	out_table();
	if (cli->json)
		json_list_begin(&list);
	else
		puts("mac addr\t\tVLAN\tstate\tage\tflags\tport");
	for (size_t i = 0; (entry = vbr_fdb_at(fdb, i)); i++) {
		const char *port;

		if (!is_wanted(entry, wanted))
			continue;
		port = name_of(cli, directory, vbr_fdb_entry_port_index(entry));
		if (cli->json)
			put_fdb_entry(json_list_item(&list), entry, port);
		else
			print_long_entry(entry, port);
	}
	if (!cli->json)
		return EXIT_SUCCESS;
	json_list_end(&list);
	return json_status(cli);
}

static int refuse_memory(const struct cli *cli)
{
	cli_message(cli, "%s", cli_strerror(ENOMEM));
	return EXIT_FAILURE;
}

static int show(const struct cli *cli, const struct vbr_fdb *fdb,
		const struct wanted *wanted, const struct vbr_ports *ports)
{
	struct directory directory;
	struct port_number *numbers;
	int status;

	if (cli->json || cli->long_format) {
		if (make_directory(ports, &directory) < 0)
			return refuse_memory(cli);
		status = show_more(cli, fdb, wanted, &directory);
		free(directory.ports);
		return status;
	}
	numbers = number_ports(ports);
	if (!numbers)
		return refuse_memory(cli);
	print_fdb(fdb, numbers, vbr_ports_count(ports));
	free(numbers);
	return EXIT_SUCCESS;
}

int cmd_showmacs(struct cli *cli, const struct call *call)
{
	const char *bridge = call->argv[0];
	struct wanted wanted = { 0 };
	struct vbr_ports *ports;
	struct vbr_fdb *fdb;
	int rc, status;

	if ((cli->json || cli->long_format) &&
	    take_wanted(cli, call, &wanted) != EXIT_SUCCESS)
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	if (cli->json && json_load(cli) < 0)
		return EXIT_FAILURE;
	rc = vbr_fdb_list(cli->ctx, bridge, &fdb);
	if (rc < 0)
		return report(cli, FAIL_SHOWMACS, -rc, bridge, NULL);
	/* Read after the FDB, so ports of some entries may be missing. */
	rc = vbr_port_list(cli->ctx, bridge, &ports);
	if (rc < 0) {
		vbr_fdb_free(fdb);
		return report(cli, FAIL_SHOWMACS, -rc, bridge, NULL);
	}
	status = show(cli, fdb, &wanted, ports);
	vbr_ports_free(ports);
	vbr_fdb_free(fdb);
	return status;
}
