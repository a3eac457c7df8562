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
#include "fdb-words.h"
#include "remote-words.h"
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

/* The entries to show. */
struct wanted {
	int port;	     /* its index; 0: any */
	unsigned int vlan;   /* 0: any */
	unsigned int states; /* one bit for each; 0: any */
	unsigned int flags, flags_mask;
	bool has_remote; /* only destinations that match */
	struct vbr_remote remote;
};

static bool take_state(const char *word, unsigned int *states)
{
	const unsigned int all = VBR_FDB_ANY | 1u << VBR_FDB_EXPIRED;

	for (unsigned int i = 0; all >> i; i++) {
		if (strcmp(fdb_state_name((enum vbr_fdb_state)i), word) != 0)
			continue;
		*states |= 1u << i;
		return true;
	}
	if (strcmp(word, "nolocal") != 0)
		return false;
	*states |= all & ~(1u << VBR_FDB_LOCAL);
	return true;
}

static int take_port(struct args *words, const char *bridge, int *ret_port)
{
	const char *name = args_next(words);

	if (!name)
		return cli_bad_word(words->cli,
				    _("\"%s\" must be followed by a name"),
				    "port");
	if (cli_is_test(words->cli))
		return EXIT_SUCCESS;
	return find_member_index(words->cli, bridge, name, ret_port) < 0
		       ? cli_fail(words->cli)
		       : EXIT_SUCCESS;
}

#define FLAGS \
	(VBR_FDB_STICKY | VBR_FDB_EXTERN | VBR_FDB_OFFLOADED | \
	 VBR_FDB_LOCKED | VBR_FDB_ROUTER | VBR_FDB_SELF | VBR_FDB_NOTIFY | \
	 VBR_FDB_INACTIVE)

static int take_flag(const struct cli *cli, const char *word,
		     struct wanted *wanted)
{
	bool is_on;
	unsigned int flag = fdb_parse_flag(word, &is_on);

	if (!(flag & FLAGS))
		return cli_bad_word(cli,
				    _("\"%s\" is not a word of showmacs: see "
				      "\"brctl help showmacs\""),
				    word);
	if (wanted->flags_mask & flag && !(wanted->flags & flag) == is_on)
		return fdb_refuse_word(cli, word);
	wanted->flags_mask |= flag;
	if (is_on)
		wanted->flags |= flag;
	return EXIT_SUCCESS;
}

static int take_word(struct args *words, const char *bridge, const char *word,
		     struct wanted *wanted)
{
	if (strcmp(word, "vlan") == 0)
		return args_next_vlan(words, &wanted->vlan);
	/* The port of the bridge, not a UDP port. */
	if (strcmp(word, "port") == 0)
		return take_port(words, bridge, &wanted->port);
	if (remote_words_has(word)) {
		wanted->has_remote = true;
		return remote_words_take(words, word, &wanted->remote);
	}
	if (take_state(word, &wanted->states))
		return EXIT_SUCCESS;
	return take_flag(words->cli, word, wanted);
}

static int take_wanted(const struct cli *cli, const struct call *call,
		       struct wanted *ret_wanted)
{
	struct args words = args_after(cli, call, 1);
	const char *word;

	while ((word = args_next(&words))) {
		int status = take_word(&words, call->argv[0], word, ret_wanted);

		if (status)
			return status;
	}
	return EXIT_SUCCESS;
}

static bool has_remote(const struct vbr_fdb_entry *entry,
		       const struct vbr_remote *wanted)
{
	struct vbr_remote remote;

	return vbr_fdb_entry_remote(entry, &remote) &&
	       (!wanted->dst[0] || is_same_address(remote.dst, wanted->dst)) &&
	       (!wanted->has_vni ||
		(remote.has_vni && remote.vni == wanted->vni)) &&
	       (!wanted->has_src_vni ||
		(remote.has_src_vni && remote.src_vni == wanted->src_vni)) &&
	       (!wanted->via || remote.via == wanted->via) &&
	       (!wanted->nhid || remote.nhid == wanted->nhid);
}

/* Of the tables of ports themselves, only what VXLAN devices send somewhere,
 * unless others are asked for. */
static bool has_flags(const struct vbr_fdb_entry *entry,
		      const struct wanted *wanted)
{
	unsigned int flags = vbr_fdb_entry_flags(entry);
	struct vbr_remote remote;

	if (flags & VBR_FDB_SELF && !(wanted->flags_mask & VBR_FDB_SELF) &&
	    !vbr_fdb_entry_remote(entry, &remote))
		return false;
	return (flags & wanted->flags_mask) == wanted->flags;
}

static bool is_wanted(const struct vbr_fdb_entry *entry,
		      const struct wanted *wanted)
{
	return (!wanted->port ||
		vbr_fdb_entry_port_index(entry) == wanted->port) &&
	       (!wanted->vlan || vbr_fdb_entry_vlan(entry) == wanted->vlan) &&
	       (!wanted->states ||
		wanted->states & 1u << vbr_fdb_entry_state(entry)) &&
	       has_flags(entry, wanted) &&
	       (!wanted->has_remote || has_remote(entry, &wanted->remote));
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

static int show_more(const struct cli *cli, const struct vbr_fdb *fdb,
		     const struct wanted *wanted, struct directory *directory)
{
	const struct vbr_fdb_entry *entry;
	struct json_list list;

	out_table();
	if (cli->json)
		json_list_begin(&list);
	else
		fdb_print_heading();
	for (size_t i = 0; (entry = vbr_fdb_at(fdb, i)); i++) {
		const char *port;

		if (!is_wanted(entry, wanted))
			continue;
		port = name_of(cli, directory, vbr_fdb_entry_port_index(entry));
		if (cli->json)
			put_fdb_entry(cli, json_list_item(&list), entry, port);
		else
			fdb_print_entry(cli, entry, port);
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
	rc = cli->json || cli->long_format
		     ? vbr_fdb_list_all(cli->ctx, bridge, &fdb)
		     : vbr_fdb_list(cli->ctx, bridge, &fdb);
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
