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

/* --- setnf ---------------------------------------------------------------- */

/* Settings and the values to set. */
struct request {
	size_t count;
	const char *names[SETTINGS_MAX];
	bool values[SETTINGS_MAX];
};

static const char *find_setting(const char *word, size_t len)
{
	static const char prefix[] = "bridge-nf-";
	const char *name;
	size_t i;

	if (len >= strlen(prefix) &&
	    strncmp(word, prefix, strlen(prefix)) == 0) {
		word += strlen(prefix);
		len -= strlen(prefix);
	}
	for (size_t k = 0; (name = vbr_nf_at(k)); k++) {
		/* In JSON and in options of bridges they have "_" for "-". */
		for (i = 0; i < len && name[i]; i++)
			if (word[i] != name[i] &&
			    !(word[i] == '_' && name[i] == '-'))
				break;
		if (i == len && !name[i])
			return name;
	}
	return NULL;
}

static int refuse_switch(const struct cli *cli, const char *word)
{
	return cli_bad_word(cli, _("\"%s\" is neither on nor off"), word);
}

/* A name may be repeated with the same value. */
static int put_request(const struct cli *cli, struct request *request,
		       const char *name, bool on)
{
	for (size_t i = 0; i < request->count; i++) {
		if (request->names[i] != name)
			continue;
		if (request->values[i] == on)
			return EXIT_SUCCESS;
		return cli_bad_word(cli,
				    _("\"%s\" contradicts a word before it"),
				    name);
	}
	request->names[request->count] = name;
	request->values[request->count++] = on;
	return EXIT_SUCCESS;
}

/* Reads NAME=VALUE, or NAME if "value" is the value of all names. */
static int take_setting(const struct cli *cli, const char *word,
			const bool *value, struct request *request)
{
	size_t len = value ? strlen(word) : strcspn(word, "=");
	const char *name = find_setting(word, len);
	bool on;

	if (!value && !word[len])
		return cli_bad_word(cli, _("\"%s\" is not NAME=VALUE"), word);
	if (!name)
		return cli_bad_word(cli,
				    _("\"%s\" is not one of call-iptables, "
				      "call-ip6tables, call-arptables, "
				      "filter-vlan-tagged, filter-pppoe-tagged "
				      "and pass-vlan-input-dev"),
				    word);
	if (value)
		on = *value;
	else if (vbr_parse_switch(word + len + 1, &on) < 0)
		return refuse_switch(cli, word + len + 1);
	return put_request(cli, request, name, on);
}

/* The form is that of the last word. */
static int take_request(const struct cli *cli, const struct call *call,
			struct request *request)
{
	const char *last = call->argv[call->argc - 1];
	bool is_plain = !strchr(last, '='), on;
	int count = call->argc - is_plain;

	if (is_plain && vbr_parse_switch(last, &on) < 0)
		return refuse_switch(cli, last);
	if (count == 0) {
		cli_message(cli, "%s",
			    _("a setting is missing: brctl nf lists them"));
		return EXIT_FAILURE;
	}
	for (int i = 0; i < count; i++)
		if (take_setting(cli, call->argv[i], is_plain ? &on : NULL,
				 request))
			return EXIT_FAILURE;
	return EXIT_SUCCESS;
}

static int set_those(const struct cli *cli, const struct request *request,
		     bool on)
{
	const char *names[SETTINGS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < request->count; i++)
		if (request->values[i] == on)
			names[count++] = request->names[i];
	return count ? vbr_nf_set(cli->ctx, names, count, on) : 0;
}

static bool has_value(const struct request *request, bool on)
{
	for (size_t i = 0; i < request->count; i++)
		if (request->values[i] == on)
			return true;
	return false;
}

/* The old values of the settings that are to be on. */
static int read_old(const struct cli *cli, const struct request *request,
		    struct request *ret_old)
{
	for (size_t i = 0; i < request->count; i++) {
		bool on;
		int rc = 0;

		if (request->values[i])
			rc = vbr_nf_get(cli->ctx, request->names[i], &on);
		if (rc < 0)
			return rc;
		if (!request->values[i] || on)
			continue;
		ret_old->names[ret_old->count] = request->names[i];
		ret_old->values[ret_old->count++] = false;
	}
	return 0;
}

static int refuse(const struct cli *cli, int error)
{
	if (error != -ENOENT)
		return cli_fail(cli);
	explain_missing(cli);
	return EXIT_FAILURE;
}

/* One call of the library sets one value; the first is undone if the second
 * fails. */
static int set_both(const struct cli *cli, const struct request *request)
{
	struct request old = { 0 };
	int rc = 0;

	if (has_value(request, true) && has_value(request, false))
		rc = read_old(cli, request, &old);
	if (rc == 0)
		rc = set_those(cli, request, true);
	if (rc < 0)
		return refuse(cli, rc);
	rc = set_those(cli, request, false);
	if (rc == 0)
		return EXIT_SUCCESS;
	refuse(cli, rc);
	if (set_those(cli, &old, false) < 0)
		cli_fail(cli);
	return EXIT_FAILURE;
}

/* Takes names and a value, or NAME=VALUE; names may start with sysctl's
 * "bridge-nf-". */
int cmd_setnf(struct cli *cli, const struct call *call)
{
	struct request request = { 0 };

	if (take_request(cli, call, &request))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	return set_both(cli, &request);
}
