/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* getmac: one entry of the FDB. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli/json.h"
#include "cli/out.h"
#include "commands.h"
#include "entry-json.h"
#include "vbridge.h"

static int show(const struct cli *cli, const struct vbr_fdb_entry *entry)
{
	char port[VBR_NAME_SIZE] = "";

	vbr_link_name(cli->ctx, vbr_fdb_entry_port_index(entry), port);
	if (cli->json) {
		struct json *object = json_begin();

		put_fdb_entry(cli, object, entry, port);
		json_print(object);
		return json_status(cli);
	}
	out_table();
	fdb_print_heading();
	fdb_print_entry(cli, entry, port);
	return EXIT_SUCCESS;
}

/* Without a VLAN: says in which VLANs the address is. */
static void say_vlans(const struct cli *cli, const struct call *call,
		      const uint8_t mac[6])
{
	const struct vbr_fdb_entry *entry;
	struct vbr_fdb *fdb;

	if (vbr_fdb_list(cli->ctx, call->argv[0], &fdb) < 0)
		return;
	for (size_t i = 0; (entry = vbr_fdb_at(fdb, i)); i++)
		if (memcmp(vbr_fdb_entry_mac(entry), mac, 6) == 0 &&
		    vbr_fdb_entry_vlan(entry))
			cli_message(cli, _("there is an entry in VLAN %u"),
				    vbr_fdb_entry_vlan(entry));
	vbr_fdb_free(fdb);
}

static int take_words(const struct cli *cli, const struct call *call,
		      uint8_t ret_mac[6], unsigned int *ret_vlan)
{
	struct args words = args_after(cli, call, 2);
	const char *word;

	if (take_mac(cli, call->argv[1], ret_mac))
		return EXIT_FAILURE;
	while ((word = args_next(&words))) {
		if (strcmp(word, "vlan") != 0)
			return cli_bad_word(cli,
					    _("\"%s\" is not the word vlan"),
					    word);
		if (args_next_vlan(&words, ret_vlan))
			return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

int cmd_getmac(struct cli *cli, const struct call *call)
{
	struct vbr_fdb_entry *entry;
	unsigned int vlan = 0;
	uint8_t mac[6];
	int rc, status;

	if (take_words(cli, call, mac, &vlan) ||
	    (cli->json && json_load(cli) < 0))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	rc = vbr_fdb_get(cli->ctx, call->argv[0], mac, vlan, &entry);
	if (rc < 0) {
		status = cli_fail(cli);
		if (rc == -ENOENT && !vlan)
			say_vlans(cli, call, mac);
		return status;
	}
	status = show(cli, entry);
	vbr_fdb_entry_free(entry);
	return status;
}
