/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* watch: prints each change when it happens. */

#include "config.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "args.h"
#include "cli/changes.h"
#include "cli/json.h"
#include "cli/out.h"
#include "cli/values.h"
#include "commands.h"
#include "entry-json.h"
#include "names.h"
#include "past.h"
#include "vbridge.h"

struct follow {
	struct cli *cli;
	struct vbr_watch *watch;
	struct names names;
	struct past past;
	int status;
	bool must_sync; /* events were lost */
};

static const char *name_of(struct follow *follow, int index)
{
	return names_find(&follow->names, follow->cli->ctx, index);
}

/* --- text ----------------------------------------------------------------- */

static void print_time(void)
{
	struct timespec now;
	struct tm local;
	char text[16];

	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &local);
	strftime(text, sizeof(text), "%H:%M:%S", &local);
	printf("%s.%06ld ", text, now.tv_nsec / 1000);
}

static void print_name(const char *name)
{
	putchar(' ');
	out_name(stdout, *name ? name : "?");
}

static void print_vlan(unsigned int vlan)
{
	if (vlan)
		printf(" vlan %u", vlan);
}

static void print_bridge(const struct vbr_bridge *bridge)
{
	print_name(vbr_bridge_name(bridge));
	fputs(vbr_bridge_is_up(bridge) ? " up" : " down", stdout);
}

static void print_port_name(struct follow *follow, const struct vbr_port *port)
{
	print_name(name_of(follow, vbr_port_bridge_index(port)));
	print_name(vbr_port_name(port));
}

static void print_port(struct follow *follow, const struct vbr_port *port)
{
	char state[VBR_OPTION_TEXT_SIZE];

	print_port_name(follow, port);
	if (vbr_port_text(follow->cli->ctx, port, "state", state,
			  sizeof(state)) == 0)
		printf(" %s", state);
}

static void print_device_name(struct follow *follow,
			      const struct vbr_vlan *vlan)
{
	print_name(name_of(follow, vbr_vlan_parent_index(vlan)));
	print_name(vbr_vlan_name(vlan));
}

static void print_device(struct follow *follow, const struct vbr_vlan *vlan)
{
	uint64_t vid;

	print_device_name(follow, vlan);
	if (vbr_vlan_value(vlan, "id", &vid) == 0)
		print_vlan((unsigned int)vid);
}

static void print_entry(struct follow *follow,
			const struct vbr_fdb_entry *entry)
{
	char mac[VBR_MAC_TEXT_SIZE];

	print_name(name_of(follow, vbr_fdb_entry_port_index(entry)));
	vbr_format_mac(vbr_fdb_entry_mac(entry), mac);
	printf(" %s", mac);
	print_vlan(vbr_fdb_entry_vlan(entry));
	printf(" %s", fdb_state_name(vbr_fdb_entry_state(entry)));
}

static void print_filter(struct follow *follow,
			 const struct vbr_port_vlan *filter)
{
	unsigned int first = vbr_port_vlan_first(filter);
	unsigned int last = vbr_port_vlan_last(filter);

	print_name(name_of(follow, vbr_port_vlan_index(filter)));
	printf(first == last ? " %u" : " %u-%u", first, last);
	printf(" %s", port_vlan_flags_text(vbr_port_vlan_flags(filter)));
}

static void print_member(struct follow *follow,
			 const struct vbr_mdb_entry *entry)
{
	char text[VBR_ADDRESS_TEXT_SIZE];

	print_name(name_of(follow, vbr_mdb_entry_bridge_index(entry)));
	print_name(name_of(follow, vbr_mdb_entry_index(entry)));
	vbr_mdb_entry_group(entry, text);
	printf(" %s", text);
	if (vbr_mdb_entry_source(entry, text))
		printf(" source %s", text);
	print_vlan(vbr_mdb_entry_vlan(entry));
}

static void print_router(struct follow *follow,
			 const struct vbr_mdb_router *router)
{
	print_name(name_of(follow, vbr_mdb_router_bridge_index(router)));
	print_name(name_of(follow, vbr_mdb_router_index(router)));
	print_vlan(vbr_mdb_router_vlan(router));
}

/* --- JSON ----------------------------------------------------------------- */

void put_time(struct json *object)
{
	struct timespec now;
	struct tm utc;
	char text[32], whole[64];

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &utc);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &utc);
	snprintf(whole, sizeof(whole), "%s.%06ldZ", text, now.tv_nsec / 1000);
	json_put_text(object, "time", whole);
}

static void put_name(struct follow *follow, struct json *object,
		     const char *key, int index)
{
	const char *name = name_of(follow, index);

	if (*name)
		json_put_text(object, key, name);
}

static void put_options(struct follow *follow, struct json *object,
			enum vbr_scope scope, const void *of)
{
	const struct values values = { scope, of };

	follow->status |= values_put(follow->cli, &values,
				     json_object_in(object, "options"), NULL,
				     0);
}

static void put_bridge(struct follow *follow, struct json *object,
		       const struct vbr_bridge *bridge)
{
	json_put_text(object, "bridge", vbr_bridge_name(bridge));
	json_put_number(object, "index", (uint64_t)vbr_bridge_index(bridge));
	json_put_bool(object, "up", vbr_bridge_is_up(bridge));
	put_options(follow, object, VBR_SCOPE_BRIDGE, bridge);
}

static void put_port(struct follow *follow, struct json *object,
		     const struct vbr_port *port)
{
	put_name(follow, object, "bridge", vbr_port_bridge_index(port));
	json_put_text(object, "port", vbr_port_name(port));
	json_put_number(object, "index", (uint64_t)vbr_port_index(port));
	put_options(follow, object, VBR_SCOPE_PORT, port);
}

static void put_device(struct follow *follow, struct json *object,
		       const struct vbr_vlan *vlan)
{
	json_put_text(object, "device", vbr_vlan_name(vlan));
	json_put_number(object, "index", (uint64_t)vbr_vlan_index(vlan));
	put_name(follow, object, "parent", vbr_vlan_parent_index(vlan));
	json_put_bool(object, "up", vbr_vlan_is_up(vlan));
	put_options(follow, object, VBR_SCOPE_VLAN, vlan);
}

static void put_filter(struct follow *follow, struct json *object,
		       const struct vbr_port_vlan *filter)
{
	put_name(follow, object, "port", vbr_port_vlan_index(filter));
	json_put_number(object, "index", (uint64_t)vbr_port_vlan_index(filter));
	follow->status |= put_port_vlan(follow->cli, filter,
					VBR_SCOPE_PORT_VLAN, object);
}

static void put_member(struct follow *follow, struct json *object,
		       const struct vbr_mdb_entry *entry)
{
	put_name(follow, object, "bridge", vbr_mdb_entry_bridge_index(entry));
	put_mdb_entry(follow->cli, object, entry);
}

static void put_router(struct follow *follow, struct json *object,
		       const struct vbr_mdb_router *router)
{
	put_name(follow, object, "bridge", vbr_mdb_router_bridge_index(router));
	put_mdb_router(follow->cli, object, router);
}

/* --- text and JSON -------------------------------------------------------- */

static const char *const abouts[] = {
	[VBR_EVENT_BRIDGE] = "bridge",	[VBR_EVENT_PORT] = "port",
	[VBR_EVENT_VLAN] = "device",	[VBR_EVENT_FDB] = "mac",
	[VBR_EVENT_PORT_VLAN] = "vlan", [VBR_EVENT_MDB] = "group",
	[VBR_EVENT_ROUTER] = "router",
};

static void print_event(struct follow *follow, const struct vbr_event *event)
{
	enum vbr_event_kind kind = vbr_event_kind(event);

	print_time();
	printf(vbr_event_is_gone(event) ? "gone %s" : "%s", abouts[kind]);
	switch (kind) {
	case VBR_EVENT_BRIDGE:
		print_bridge(vbr_event_bridge(event));
		break;
	case VBR_EVENT_PORT:
		print_port(follow, vbr_event_port(event));
		break;
	case VBR_EVENT_VLAN:
		print_device(follow, vbr_event_vlan(event));
		break;
	case VBR_EVENT_FDB:
		print_entry(follow, vbr_event_fdb_entry(event));
		break;
	case VBR_EVENT_PORT_VLAN:
		print_filter(follow, vbr_event_port_vlan(event));
		break;
	case VBR_EVENT_MDB:
		print_member(follow, vbr_event_mdb_entry(event));
		break;
	case VBR_EVENT_ROUTER:
		print_router(follow, vbr_event_mdb_router(event));
		break;
	}
	putchar('\n');
}

/* --- changed options ------------------------------------------------------ */

/* A name, or a number, or nothing. */
static void print_value(struct follow *follow, const struct vbr_option *option,
			uint64_t value)
{
	char text[VBR_OPTION_TEXT_SIZE];

	vbr_option_format(follow->cli->ctx, option, value, text, sizeof(text));
	out_name(stdout, *text ? text : "-");
}

static void print_change(struct follow *follow, const struct vbr_event *event,
			 const struct change *change)
{
	enum vbr_event_kind kind = vbr_event_kind(event);

	print_time();
	fputs(abouts[kind], stdout);
	if (kind == VBR_EVENT_BRIDGE)
		print_name(vbr_bridge_name(vbr_event_bridge(event)));
	else if (kind == VBR_EVENT_PORT)
		print_port_name(follow, vbr_event_port(event));
	else
		print_device_name(follow, vbr_event_vlan(event));
	printf(" %s: ", vbr_option_name(change->option));
	print_value(follow, change->option, change->old);
	fputs(" -> ", stdout);
	print_value(follow, change->option, change->now);
	putchar('\n');
}

static bool is_up(const struct values *values)
{
	switch (values->scope) {
	case VBR_SCOPE_BRIDGE:
		return vbr_bridge_is_up(values->of);
	case VBR_SCOPE_VLAN:
		return vbr_vlan_is_up(values->of);
	default:
		return true;
	}
}

/* Returns true if that is all that changed. */
static bool print_changes(struct follow *follow, const struct vbr_event *event,
			  const struct values *old, const struct values *now)
{
	struct change change;
	bool some = false;
	size_t i = 0;

	while (changes_next(old, now, &i, &change)) {
		print_change(follow, event, &change);
		some = true;
	}
	return some && is_up(old) == is_up(now);
}

static void put_changes(struct follow *follow, const struct values *old,
			const struct values *now, struct json *object)
{
	struct json *before = NULL, *after = NULL;
	struct change change;
	size_t i = 0;

	while (changes_next(old, now, &i, &change)) {
		if (!before) {
			before = json_object_in(object, "old");
			after = json_object_in(object, "new");
		}
		values_put_number(follow->cli, change.option, change.old,
				  before);
		values_put_number(follow->cli, change.option, change.now,
				  after);
	}
}

/* --- each event ----------------------------------------------------------- */

/* "old" and "now": NULL if the former state is not known. */
static int put_event(struct follow *follow, const struct vbr_event *event,
		     const struct values *old, const struct values *now)
{
	enum vbr_event_kind kind = vbr_event_kind(event);
	struct json *object = json_begin();
	const struct vbr_fdb_entry *entry;

	put_time(object);
	json_put_text(object, "about", abouts[kind]);
	json_put_bool(object, "gone", vbr_event_is_gone(event));
	switch (kind) {
	case VBR_EVENT_BRIDGE:
		put_bridge(follow, object, vbr_event_bridge(event));
		break;
	case VBR_EVENT_PORT:
		put_port(follow, object, vbr_event_port(event));
		break;
	case VBR_EVENT_VLAN:
		put_device(follow, object, vbr_event_vlan(event));
		break;
	case VBR_EVENT_FDB:
		entry = vbr_event_fdb_entry(event);
		put_fdb_entry(follow->cli, object, entry,
			      name_of(follow, vbr_fdb_entry_port_index(entry)));
		break;
	case VBR_EVENT_PORT_VLAN:
		put_filter(follow, object, vbr_event_port_vlan(event));
		break;
	case VBR_EVENT_MDB:
		put_member(follow, object, vbr_event_mdb_entry(event));
		break;
	case VBR_EVENT_ROUTER:
		put_router(follow, object, vbr_event_mdb_router(event));
		break;
	}
	if (old)
		put_changes(follow, old, now, object);
	return json_print(object) < 0 ? -ENOMEM : 0;
}

static void keep_name(struct names *names, const struct vbr_event *event)
{
	const struct vbr_bridge *bridge = vbr_event_bridge(event);
	const struct vbr_port *port = vbr_event_port(event);
	const struct vbr_vlan *vlan = vbr_event_vlan(event);

	if (bridge)
		names_keep(names, vbr_bridge_index(bridge),
			   vbr_bridge_name(bridge));
	if (port)
		names_keep(names, vbr_port_index(port), vbr_port_name(port));
	if (vlan)
		names_keep(names, vbr_vlan_index(vlan), vbr_vlan_name(vlan));
}

static int show_event(const struct vbr_event *event, void *data)
{
	struct values old = { .of = NULL }, now;
	struct follow *follow = data;
	bool is_known;
	int rc = 0;

	keep_name(&follow->names, event);
	is_known = past_update(&follow->past, event, &old, &now);
	if (follow->cli->json)
		rc = put_event(follow, event, is_known ? &old : NULL, &now);
	else if (!is_known || !print_changes(follow, event, &old, &now))
		print_event(follow, event);
	past_free(&old);
	return rc;
}

/* --- entry point ---------------------------------------------------------- */

static const struct {
	char word[8];
	enum vbr_watch_what what;
} subjects[] = {
	{ "links", VBR_WATCH_LINKS },
	{ "fdb", VBR_WATCH_FDB },
	{ "vlans", VBR_WATCH_VLANS },
	{ "groups", VBR_WATCH_GROUPS },
};

#define SUBJECTS (sizeof(subjects) / sizeof(subjects[0]))

static int take_subjects(const struct cli *cli, const struct call *call,
			 unsigned int *ret_what)
{
	struct args words = args_after(cli, call, 0);
	const char *word;

	while ((word = args_next_part(&words))) {
		size_t k = 0;

		while (k < SUBJECTS && strcmp(word, subjects[k].word) != 0)
			k++;
		if (k == SUBJECTS)
			return cli_bad_word(
				cli,
				_("\"%s\" is not one of links, fdb, "
				  "vlans and groups"),
				word);
		*ret_what |= subjects[k].what;
	}
	return EXIT_SUCCESS;
}

/* Everything, except what an older kernel does not report. */
static int begin(struct cli *cli, unsigned int what,
		 struct vbr_watch **ret_watch)
{
	unsigned int all = 0;
	int rc;

	if (what)
		return vbr_watch_new(cli->ctx, what, ret_watch);
	for (size_t i = 0; i < SUBJECTS; i++)
		all |= subjects[i].what;
	rc = vbr_watch_new(cli->ctx, all, ret_watch);
	if (rc == -EOPNOTSUPP)
		rc = vbr_watch_new(cli->ctx,
				   all & ~(unsigned int)VBR_WATCH_VLANS,
				   ret_watch);
	return rc;
}

static bool is_incomplete(int error)
{
	return error == -EAGAIN || error == -ENOBUFS || error == -ENOMEM;
}

/* If the tables change while the kernel lists them, or memory runs out, they are
 * listed again after the next events. */
static int sync_all(struct follow *follow)
{
	int rc = vbr_watch_sync(follow->watch, show_event, follow);

	follow->must_sync = is_incomplete(rc);
	return follow->must_sync ? 0 : rc;
}

/* If events were lost, shows everything that exists. */
static int read_on(struct follow *follow)
{
	int rc = vbr_watch_read(follow->watch, show_event, follow);

	if (rc < 0 && rc != -EBADMSG && !is_incomplete(rc))
		return rc;
	if (rc < 0)
		cli_fail(follow->cli);
	if (is_incomplete(rc))
		follow->must_sync = true;
	return follow->must_sync ? sync_all(follow) : 0;
}

#define RETRY_MS 500

/* Runs until nobody reads the output, or until it is killed. */
static int follow_all(struct follow *follow)
{
	struct pollfd ready = {
		.fd = vbr_watch_fd(follow->watch),
		.events = POLLIN,
	};

	for (;;) {
		int timeout = follow->must_sync ? RETRY_MS : -1;

		if (poll(&ready, 1, timeout) < 0 && errno != EINTR) {
			cli_message(follow->cli, "%s", cli_strerror(errno));
			return EXIT_FAILURE;
		}
		if (read_on(follow) < 0)
			return cli_fail(follow->cli);
		if (cli_flush(follow->cli) < 0)
			return EXIT_FAILURE;
	}
}

int cmd_watch(struct cli *cli, const struct call *call)
{
	struct follow follow = { .cli = cli };
	unsigned int what = 0;
	int status;

	if (take_subjects(cli, call, &what) ||
	    (cli->json && json_load(cli) < 0))
		return EXIT_FAILURE;
	/* First, so that every event can be compared with it. */
	if ((!what || what & VBR_WATCH_LINKS) &&
	    past_read(&follow.past, cli->ctx) < 0)
		return cli_fail(cli);
	if (begin(cli, what, &follow.watch) < 0)
		return cli_fail(cli);
	status = follow_all(&follow);
	vbr_watch_free(follow.watch);
	names_clear(&follow.names);
	past_clear(&follow.past);
	return status | follow.status;
}
