/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* link: shows or sets the state, the MTU and the MAC address of a device. */

#include "config.h"

#include "link.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli/json.h"
#include "cli/out.h"
#include "commands.h"
#include "vbridge.h"

/* --- show ----------------------------------------------------------------- */

/* Prints the words that set the same values. */
static void print_link(const char *name, const struct vbr_link *link)
{
	const uint8_t *mac = vbr_link_mac(link);
	char text[VBR_MAC_TEXT_SIZE];

	out_name(stdout, name);
	printf(" %s mtu %" PRIu32, vbr_link_is_up(link) ? "up" : "down",
	       vbr_link_mtu(link));
	if (mac) {
		vbr_format_mac(mac, text);
		printf(" address %s", text);
	}
	putchar('\n');
}

static int put_link(const struct cli *cli, const char *name,
		    const struct vbr_link *link)
{
	const uint8_t *mac = vbr_link_mac(link);
	struct json *object = json_begin();
	char text[VBR_MAC_TEXT_SIZE];

	json_put_text(object, "device", name);
	json_put_number(object, "index", (uint64_t)vbr_link_index(link));
	json_put_bool(object, "up", vbr_link_is_up(link));
	json_put_bool(object, "carrier", vbr_link_has_carrier(link));
	json_put_number(object, "mtu", vbr_link_mtu(link));
	if (mac) {
		vbr_format_mac(mac, text);
		json_put_text(object, "address", text);
	}
	json_print(object);
	return json_status(cli);
}

static int show(const struct cli *cli, const char *device)
{
	char name[VBR_NAME_SIZE];
	struct vbr_link *link;
	int status = EXIT_SUCCESS;

	if (cli->json && json_load(cli) < 0)
		return EXIT_FAILURE;
	if (vbr_link_get(cli->ctx, device, &link) < 0)
		return cli_fail(cli);
	/* The kernel's name: it may have been named by an altname. */
	if (vbr_link_name(cli->ctx, vbr_link_index(link), name) < 0)
		status = cli_fail(cli);
	else if (cli->json)
		status = put_link(cli, name, link);
	else
		print_link(name, link);
	vbr_link_free(link);
	return status;
}

/* --- set ------------------------------------------------------------------ */

static int take_state(const struct cli *cli, const char *word,
		      struct vbr_link_settings *settings)
{
	bool up = strcmp(word, "up") == 0;

	if (!up && strcmp(word, "down") != 0)
		return cli_bad_word(cli,
				    _("\"%s\" is not one of up, down, mtu and "
				      "address"),
				    word);
	if (settings->what & VBR_LINK_UP && settings->up != up)
		return cli_bad_word(cli,
				    _("\"%s\" contradicts a word before it"),
				    word);
	settings->what |= VBR_LINK_UP;
	settings->up = up;
	return EXIT_SUCCESS;
}

/* The kernel reads it as an int. */
int link_take_mtu(const struct cli *cli, const char *word,
		  struct vbr_link_settings *settings)
{
	uint64_t mtu;

	if (!word)
		return cli_bad_word(cli, _("\"%s\" needs a value"), "mtu");
	if (vbr_parse_number(word, INT32_MAX, &mtu) < 0)
		return cli_bad_word(cli,
				    _("\"%s\" is not an MTU, a number of "
				      "bytes"),
				    word);
	settings->what |= VBR_LINK_MTU;
	settings->mtu = (uint32_t)mtu;
	return EXIT_SUCCESS;
}

int link_take_address(const struct cli *cli, const char *word,
		      struct vbr_link_settings *settings)
{
	if (!word)
		return cli_bad_word(cli, _("\"%s\" needs a value"), "address");
	if (take_mac(cli, word, settings->mac))
		return EXIT_FAILURE;
	settings->what |= VBR_LINK_MAC;
	return EXIT_SUCCESS;
}

static int take_settings(const struct cli *cli, const struct call *call,
			 struct vbr_link_settings *settings)
{
	struct args args = args_after(cli, call, 1);
	const char *word;
	unsigned int before;
	int status = EXIT_SUCCESS;

	while (status == EXIT_SUCCESS && (word = args_next(&args))) {
		before = settings->what;
		if (strcmp(word, "mtu") == 0)
			status = link_take_mtu(cli, args_next(&args), settings);
		else if (strcmp(word, "address") == 0)
			status = link_take_address(cli, args_next(&args),
						   settings);
		else
			status = take_state(cli, word, settings);
		if (status == EXIT_SUCCESS && settings->what == before)
			status = cli_bad_word(cli, _("\"%s\" is given twice"),
					      word);
	}
	return status;
}

/* For a test. The second call makes the message. */
static int check_settings(const struct cli *cli, const char *device,
			  const struct vbr_link_settings *settings)
{
	if (vbr_link_set(cli->ctx, NO_DEVICE, settings) == -ENODEV)
		return EXIT_SUCCESS;
	vbr_link_set(cli->ctx, device, settings);
	return cli_fail(cli);
}

int cmd_link(struct cli *cli, const struct call *call)
{
	struct vbr_link_settings settings = { 0 };

	if (take_settings(cli, call, &settings))
		return EXIT_FAILURE;
	if (!settings.what && cli->dry_run) {
		cli_message(cli, "%s", _("--dry-run needs something to set"));
		return EXIT_FAILURE;
	}
	if (settings.what && cli->json) {
		cli_message(cli, "%s",
			    _("--json cannot be used to set something"));
		return EXIT_FAILURE;
	}
	if (cli_is_test(cli))
		return settings.what
			       ? check_settings(cli, call->argv[0], &settings)
			       : EXIT_SUCCESS;
	if (!settings.what)
		return show(cli, call->argv[0]);
	return vbr_link_set(cli->ctx, call->argv[0], &settings) < 0
		       ? cli_fail(cli)
		       : EXIT_SUCCESS;
}
