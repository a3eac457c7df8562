/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The SSH connection that brctl runs in: changes that cut it are refused. */

#include "config.h"

#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ancestor.h"
#include "cli/cli.h"
#include "vbridge.h"

/* "CLIENT PORT SERVER PORT"; an IPv6 address may end with a zone. Several devices
 * may have the same link-local address: the zone says which one it is. */
struct connection {
	char remote[VBR_ADDRESS_TEXT_SIZE + VBR_NAME_SIZE];
	char local[VBR_ADDRESS_TEXT_SIZE + VBR_NAME_SIZE];
};

static void cut_zone(char *address)
{
	address[strcspn(address, "%")] = '\0';
}

static bool read_connection(struct connection *ret_connection)
{
	const char *text = getenv("SSH_CONNECTION");
	char found[2 * sizeof(*ret_connection)];

	/* sudo removes the variable, but was started with it. */
	if (!text && getenv("SUDO_USER") &&
	    ancestor_getenv("SSH_CONNECTION", found, sizeof(found)))
		text = found;
	if (!text || sscanf(text, "%63s %*s %63s", ret_connection->remote,
			    ret_connection->local) != 2)
		return false;
	cut_zone(ret_connection->remote);
	return true;
}

/* The options are those of the whole batch. */
int session_is_remote(const struct cli *cli)
{
	const struct cli *whole = cli->batch ? cli->batch : cli;
	struct connection connection;

	return !whole->confirm && !whole->force && !whole->test &&
	       !whole->netns && read_connection(&connection);
}

int session_check(const struct cli *cli, const struct vbr_config *change)
{
	struct connection connection;
	char device[VBR_NAME_SIZE];
	bool is_cut;

	if (!session_is_remote(cli) || !read_connection(&connection))
		return EXIT_SUCCESS;
	if (vbr_reach_is_cut(cli->ctx, change, connection.local,
			     connection.remote, &is_cut, device) < 0)
		return cli_fail(cli);
	if (!is_cut)
		return EXIT_SUCCESS;
	if (cli->dry_run) {
		cli_message_about(cli, device,
				  _("this cuts the SSH connection from %s"),
				  connection.remote);
		return EXIT_SUCCESS;
	}
	cli_message_about(cli, device,
			  _("this would cut the SSH connection from %s; "
			    "--confirm=60 undoes it unless it is confirmed, "
			    "--force does it anyway"),
			  connection.remote);
	return EXIT_FAILURE;
}

/* In quotes, as a word may have any bytes. */
static char *quote(int count, char *const *words)
{
	size_t size = 0;
	char *text;
	FILE *stream = open_memstream(&text, &size);

	if (!stream)
		return NULL;
	for (int i = 0; i < count; i++) {
		fputs(i ? " '" : "'", stream);
		for (const char *at = words[i]; *at; at++)
			if (*at == '\'')
				fputs("'\\''", stream);
			else
				fputc(*at, stream);
		fputc('\'', stream);
	}
	return fclose(stream) == 0 ? text : NULL;
}

int session_check_line(const struct cli *cli, int count, char *const *words)
{
	int status = EXIT_SUCCESS;
	struct vbr_config *change;
	char *text;

	if (!cli->batch || !session_is_remote(cli))
		return EXIT_SUCCESS;
	text = quote(count, words);
	if (text && vbr_config_parse(cli->ctx, NULL, text, strlen(text),
				     &change) == 0) {
		status = session_check(cli, change);
		vbr_config_free(change);
	}
	free(text);
	return status;
}
