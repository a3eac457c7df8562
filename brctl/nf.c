/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* nf and setnf: which firewall tables see bridged frames. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/out.h"
#include "commands.h"
#include "vbridge.h"

/* Frames pass through the tables if the setting of the namespace or the option
 * of the bridge is on. */
static const struct {
	char setting[16];
	char option[20];
} switches[] = {
	{ "call-iptables", "nf_call_iptables" },
	{ "call-ip6tables", "nf_call_ip6tables" },
	{ "call-arptables", "nf_call_arptables" },
};

#define SWITCHES (sizeof(switches) / sizeof(switches[0]))
#define SETTINGS_MAX 8

struct view {
	struct cli *cli;
	bool is_loaded;
	bool settings[SETTINGS_MAX];
	struct vbr_bridges *bridges;
};

static void explain_missing(const struct cli *cli)
{
	cli_message(cli, "%s",
		    _("br_netfilter is not loaded: bridged frames pass "
		      "no table, and nothing can be set; to load it: "
		      "modprobe br_netfilter"));
}

static int read_view(struct view *view)
{
	const char *name;

	view->is_loaded = true;
	for (size_t i = 0; (name = vbr_nf_at(i)); i++) {
		int rc = vbr_nf_get(view->cli->ctx, name, &view->settings[i]);

		if (rc == -ENOENT)
			view->is_loaded = false;
		else if (rc < 0)
			return rc;
	}
	return vbr_bridge_list(view->cli->ctx, &view->bridges);
}

/* The setting of the namespace with that name. */
static bool setting_of(const struct view *view, const char *setting)
{
	const char *name;

	for (size_t i = 0; (name = vbr_nf_at(i)); i++)
		if (strcmp(name, setting) == 0)
			return view->is_loaded && view->settings[i];
	return false;
}

static const char *on_off(bool on)
{
	return on ? "on" : "off";
}

/* Not translated: scripts may read stdout. */
static const char *who_wins(const struct view *view, bool setting, bool option)
{
	if (!view->is_loaded)
		return "does not pass: br_netfilter is not loaded";
	if (setting)
		return "passes: the setting of all bridges is on";
	if (option)
		return "passes: the bridge's own option is on";
	return "does not pass";
}

static void print_bridge(const struct view *view,
			 const struct vbr_bridge *bridge)
{
	for (size_t i = 0; i < SWITCHES; i++) {
		bool setting = setting_of(view, switches[i].setting);
		uint64_t option = 0;

		if (vbr_bridge_value(bridge, switches[i].option, &option) < 0)
			continue;
		out_name(stdout, vbr_bridge_name(bridge));
		printf("\t%s=%s\t%s\n", switches[i].option, on_off(option),
		       who_wins(view, setting, option));
	}
}

static int print_view(const struct view *view)
{
	const struct vbr_bridge *bridge;
	const char *name;

	for (size_t i = 0; view->is_loaded && (name = vbr_nf_at(i)); i++)
		printf("%s=%s\n", name, on_off(view->settings[i]));
	for (size_t i = 0; (bridge = vbr_bridges_at(view->bridges, i)); i++)
		print_bridge(view, bridge);
	return EXIT_SUCCESS;
}

static void put_settings(const struct view *view, struct json *object)
{
	const char *setting;

	for (size_t i = 0; view->is_loaded && (setting = vbr_nf_at(i)); i++) {
		char name[32] = "";

		/* Field names in JSON have no "-". */
		for (size_t k = 0; k < sizeof(name) - 1 && setting[k]; k++)
			name[k] = (char)(setting[k] == '-' ? '_' : setting[k]);
		json_put_bool(object, name, view->settings[i]);
	}
}

static void put_bridge(const struct view *view, struct json *object,
		       const struct vbr_bridge *bridge)
{
	struct json *options, *passes;

	json_put_text(object, "bridge", vbr_bridge_name(bridge));
	json_put_number(object, "index", (uint64_t)vbr_bridge_index(bridge));
	options = json_object_in(object, "options");
	passes = json_object_in(object, "passes");
	for (size_t i = 0; i < SWITCHES; i++) {
		bool on = setting_of(view, switches[i].setting);
		uint64_t option;

		if (vbr_bridge_value(bridge, switches[i].option, &option) < 0)
			continue;
		json_put_bool(options, switches[i].option, option);
		json_put_bool(passes, switches[i].setting + strlen("call-"),
			      view->is_loaded && (on || option));
	}
}

static int put_view(const struct view *view)
{
	struct json *document = json_begin(), *array;
	const struct vbr_bridge *bridge;

	json_put_bool(document, "loaded", view->is_loaded);
	put_settings(view, json_object_in(document, "settings"));
	array = json_array_in(document, "bridges");
	for (size_t i = 0; (bridge = vbr_bridges_at(view->bridges, i)); i++)
		put_bridge(view, json_object_of(array), bridge);
	json_print(document);
	return json_status(view->cli);
}

int cmd_nf(struct cli *cli, const struct call *call)
{
	struct view view = { .cli = cli };
	int status;

	(void)call;
	if (cli->json && json_load(cli) < 0)
		return EXIT_FAILURE;
	if (read_view(&view) < 0)
		return cli_fail(cli);
	status = cli->json ? put_view(&view) : print_view(&view);
	if (!view.is_loaded)
		explain_missing(cli);
	vbr_bridges_free(view.bridges);
	return status;
}

static bool is_setting(const char *word)
{
	const char *name;

	for (size_t i = 0; (name = vbr_nf_at(i)); i++)
		if (strcmp(name, word) == 0)
			return true;
	return false;
}

/* Takes names and a value; names may start with sysctl's "bridge-nf-". */
int cmd_setnf(struct cli *cli, const struct call *call)
{
	static const char prefix[] = "bridge-nf-";
	const char *names[SETTINGS_MAX], *word;
	size_t count = 0;
	bool on;
	int rc;

	word = call->argv[call->argc - 1];
	if (vbr_parse_switch(word, &on) < 0)
		return cli_bad_word(cli, _("\"%s\" is neither on nor off"),
				    word);
	for (int i = 0; i < call->argc - 1; i++) {
		word = call->argv[i];
		if (strncmp(word, prefix, sizeof(prefix) - 1) == 0)
			word += sizeof(prefix) - 1;
		if (!is_setting(word))
			return cli_bad_word(
				cli,
				_("\"%s\" is none of call-iptables, "
				  "call-ip6tables, call-arptables, "
				  "filter-vlan-tagged, filter-pppoe-tagged "
				  "and pass-vlan-input-dev"),
				call->argv[i]);
		if (count == SETTINGS_MAX)
			return cli_bad_word(cli, _("\"%s\" is one too many"),
					    word);
		names[count++] = word;
	}
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	rc = vbr_nf_set(cli->ctx, names, count, on);
	if (rc == -ENOENT) {
		explain_missing(cli);
		return EXIT_FAILURE;
	}
	return rc < 0 ? cli_fail(cli) : EXIT_SUCCESS;
}
