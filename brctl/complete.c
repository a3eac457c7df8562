/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* brctl --complete: prints the words that may come next on brctl's command
 * line, according to the tables of commands and options. */

#include "config.h"

#include "cli/complete.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "commands.h"
#include "flags.h"
#include "vbridge.h"

/* --- preceding words ------------------------------------------------------ */

struct line {
	struct cli *cli;
	char **list; /* without options */
	int count;
	bool is_ended;	  /* by "--" */
	bool wants_netns; /* the next word is a namespace */
	bool wants_rule;  /* the next word is a rule of check */
	bool wants_other; /* the next word is a file or a number */
	bool resolves;	  /* by --resolve, without a command */
};

/* "-n" at the end of a group of letters, or "--netns", which getopt also
 * accepts abbreviated. */
static void take_option(struct line *line, char *word)
{
	static const char netns[] = "--netns";
	size_t len = strcspn(word, "=");
	char *letter;

	if (strcmp(word, "--resolve") == 0) {
		line->resolves = true;
	} else if (strcmp(word, "--explain") == 0) {
		line->wants_rule = true;
	} else if (strcmp(word, "--wait") == 0 ||
		   strcmp(word, "--confirm") == 0 ||
		   strcmp(word, "--interval") == 0 ||
		   strcmp(word, "--after") == 0 ||
		   strcmp(word, "--diff") == 0 ||
		   strcmp(word, "--count") == 0 ||
		   strcmp(word, "--trace") == 0 || strcmp(word, "--svg") == 0) {
		line->wants_other = true;
	} else if (word[1] == '-') {
		if (len < 3 || len >= sizeof(netns) ||
		    strncmp(word, netns, len) != 0)
			return;
		line->wants_netns = word[len] == '\0';
		line->cli->netns = word + len + 1;
	} else if ((letter = strchr(word, 'n'))) {
		line->wants_netns = letter[1] == '\0';
		line->cli->netns = letter + 1;
	}
}

static bool is_option(const char *word)
{
	return word[0] == '-' && word[1] && !strchr("0123456789.", word[1]);
}

static void take_word(struct line *line, char *word)
{
	if (line->wants_netns) {
		line->cli->netns = word;
		line->wants_netns = false;
	} else if (line->wants_rule || line->wants_other) {
		line->wants_rule = false;
		line->wants_other = false;
	} else if (line->is_ended || !is_option(word)) {
		line->list[line->count++] = word;
	} else if (strcmp(word, "--") == 0) {
		line->is_ended = true;
	} else {
		take_option(line, word);
	}
}

static void offer_rules(const struct complete *complete, const char *before)
{
	const struct vbr_rule *rule;
	char text[64];

	for (size_t i = 0; (rule = vbr_rules_at(i)); i++) {
		snprintf(text, sizeof(text), "%s%s", before, vbr_rule_id(rule));
		complete_word(complete, text);
	}
}

static void offer_options(const struct complete *complete,
			  const struct command *command)
{
	char text[32];

	if (strncmp(complete->word, "--netns=", 8) == 0) {
		complete_netns(complete, "--netns=");
		return;
	}
	if (strncmp(complete->word, "--explain=", 10) == 0) {
		offer_rules(complete, "--explain=");
		return;
	}
	for (const struct option *option = flags; option->name; option++) {
		unsigned int trait = flag_trait(option->val);

		if (command && trait && !(command->traits & trait))
			continue;
		snprintf(text, sizeof(text), "--%s%s", option->name,
			 option->has_arg ? "=" : "");
		complete_word(complete, text);
	}
}

/* --- devices -------------------------------------------------------------- */

/*
 * The text before the name to complete: with "is_list", the names up to the
 * last comma.
 */
static void put_before(const struct complete *complete, bool is_list,
		       char *ret_before, size_t size)
{
	const char *last = is_list ? strrchr(complete->word, ',') : NULL;

	snprintf(ret_before, size, "%.*s",
		 last ? (int)(last + 1 - complete->word) : 0, complete->word);
	if (is_list && !last)
		complete_word(complete, "all");
}

/* Unless it is in the list already. */
static void offer_device(const struct complete *complete, const char *before,
			 const char *name)
{
	size_t len = strlen(name);

	for (const char *at = before, *comma; (comma = strchr(at, ','));
	     at = comma + 1)
		if ((size_t)(comma - at) == len && strncmp(at, name, len) == 0)
			return;
	complete_name(complete, before, name);
}

static void offer_bridges(const struct complete *complete, bool is_list)
{
	char before[256];
	const struct vbr_bridge *bridge;
	struct vbr_bridges *bridges;

	put_before(complete, is_list, before, sizeof(before));
	if (!complete_connect(complete) ||
	    vbr_bridge_list(complete->cli->ctx, &bridges) < 0)
		return;
	for (size_t i = 0; (bridge = vbr_bridges_at(bridges, i)); i++)
		offer_device(complete, before, vbr_bridge_name(bridge));
	vbr_bridges_free(bridges);
}

static void offer_ports(const struct complete *complete, const char *before)
{
	const struct vbr_port *port;
	struct vbr_ports *ports;

	if (!complete_connect(complete) ||
	    vbr_port_list(complete->cli->ctx, complete->words[0], &ports) < 0)
		return;
	for (size_t i = 0; (port = vbr_ports_at(ports, i)); i++)
		offer_device(complete, before, vbr_port_name(port));
	vbr_ports_free(ports);
}

/* --- entries of a member -------------------------------------------------- */

/* The index of the port or the bridge that the second argument names; 0:
 * none. */
static int find_member(const struct complete *complete)
{
	const char *bridge = complete->words[0], *member = complete->words[1];
	int index;

	if (!complete_connect(complete) ||
	    find_member_index(complete->cli, bridge, member, &index) < 0)
		return 0;
	return index;
}

static void offer_vids(const struct complete *complete,
		       const struct vbr_port_vlan *row, bool as_range)
{
	unsigned int first = vbr_port_vlan_first(row);
	unsigned int last = vbr_port_vlan_last(row);
	char text[32];

	if (as_range && first != last) {
		snprintf(text, sizeof(text), "%u-%u", first, last);
		complete_word(complete, text);
		return;
	}
	for (; first <= last; first++) {
		snprintf(text, sizeof(text), "%u", first);
		complete_word(complete, text);
	}
}

/* The VLANs of the member. flush has no member: all VLANs of the bridge. */
static void offer_vlans(const struct complete *complete, bool has_member,
			bool as_range)
{
	int member = has_member ? find_member(complete) : 0;
	const struct vbr_port_vlan *row;
	struct vbr_port_vlans *rows;

	if (!complete_connect(complete) ||
	    vbr_port_vlan_list(complete->cli->ctx, complete->words[0], 0,
			       &rows) < 0)
		return;
	for (size_t i = 0; (row = vbr_port_vlans_at(rows, i)); i++)
		if (!has_member || vbr_port_vlan_index(row) == member)
			offer_vids(complete, row, as_range);
	vbr_port_vlans_free(rows);
}

struct mac_query {
	const struct complete *complete;
	int member;
	bool learned_ones;
};

static int offer_mac(const struct vbr_fdb_entry *entry, void *data)
{
	const struct mac_query *query = data;
	char text[VBR_MAC_TEXT_SIZE];

	if ((query->member &&
	     vbr_fdb_entry_port_index(entry) != query->member) ||
	    (query->learned_ones &&
	     vbr_fdb_entry_state(entry) != VBR_FDB_LEARNED))
		return 0;
	vbr_format_mac(vbr_fdb_entry_mac(entry), text);
	complete_word(query->complete, text);
	return 0;
}

/* To delete, all addresses of the member; otherwise only the learned ones,
 * which can be made static. trace has no member: all addresses. */
static void offer_macs(const struct complete *complete,
		       const struct command *command, bool has_member)
{
	struct mac_query query = {
		.complete = complete,
		.member = has_member ? find_member(complete) : 0,
		.learned_ones = has_member && !(command->traits & REMOVES),
	};

	if (query.member || (!has_member && complete_connect(complete)))
		vbr_fdb_foreach(complete->cli->ctx, complete->words[0],
				offer_mac, &query);
}

static void offer_groups(const struct complete *complete, bool has_member)
{
	int member = has_member ? find_member(complete) : 0;
	const struct vbr_mdb_entry *entry;
	char text[VBR_ADDRESS_TEXT_SIZE];
	struct vbr_mdb *mdb;

	if ((has_member && !member) || !complete_connect(complete) ||
	    vbr_mdb_list(complete->cli->ctx, complete->words[0], &mdb) < 0)
		return;
	for (size_t i = 0; (entry = vbr_mdb_at(mdb, i)); i++) {
		if (member && vbr_mdb_entry_index(entry) != member)
			continue;
		vbr_mdb_entry_group(entry, text);
		complete_word(complete, text);
	}
	vbr_mdb_free(mdb);
}

/* --- options of the kernel ------------------------------------------------ */

static enum vbr_scope scope_of(const struct command *command)
{
	if (strstr(command->arguments, "<devices>"))
		return VBR_SCOPE_PORT;
	if (strstr(command->arguments, "<vids>"))
		return VBR_SCOPE_PORT_VLAN;
	return strstr(command->arguments, "<port") ? VBR_SCOPE_PORT
						   : VBR_SCOPE_BRIDGE;
}

static void offer_value(const struct complete *complete, const char *value)
{
	size_t name = strcspn(complete->word, "=");
	char text[2 * VBR_OPTION_TEXT_SIZE];

	snprintf(text, sizeof(text), "%.*s=%s", (int)name, complete->word,
		 value);
	complete_word(complete, text);
}

static void offer_words(const struct complete *complete, const char *words)
{
	char word[VBR_OPTION_TEXT_SIZE];

	for (size_t len; *words; words += len + (words[len] == ' ')) {
		len = strcspn(words, " ");
		snprintf(word, sizeof(word), "%.*s", (int)len, words);
		offer_value(complete, word);
	}
}

/* Numbers only if there are few: then each has a meaning. */
static void offer_numbers(const struct complete *complete,
			  const struct vbr_option *option)
{
	uint64_t value = vbr_option_min(option), max = vbr_option_max(option);
	char text[24];

	for (; max - value <= 3; value++) {
		snprintf(text, sizeof(text), "%" PRIu64, value);
		offer_value(complete, text);
		if (value == max)
			return;
	}
}

static void offer_values(const struct complete *complete,
			 const struct vbr_option *option)
{
	char before[VBR_OPTION_TEXT_SIZE];

	switch (vbr_option_type(option)) {
	case VBR_OPTION_BOOL:
		offer_words(complete, "on off");
		break;
	case VBR_OPTION_ACTION:
		offer_value(complete, "on");
		break;
	case VBR_OPTION_ENUM:
		offer_words(complete, vbr_option_words(option));
		break;
	case VBR_OPTION_PROTOCOL:
		offer_words(complete, "802.1Q 802.1ad");
		break;
	case VBR_OPTION_NUMBER:
		if (vbr_option_words(option))
			offer_words(complete, vbr_option_words(option));
		offer_numbers(complete, option);
		break;
	case VBR_OPTION_DEVICE:
		snprintf(before, sizeof(before), "%.*s",
			 (int)strcspn(complete->word, "=") + 1, complete->word);
		offer_ports(complete, before);
		break;
	default:
		break;
	}
}

static void offer_settings_of(const struct complete *complete,
			      enum vbr_scope scope)
{
	char name[VBR_OPTION_TEXT_SIZE];
	size_t len = strcspn(complete->word, "=");
	const struct vbr_option *option;

	if (len < sizeof(name) && complete->word[len]) {
		snprintf(name, sizeof(name), "%.*s", (int)len, complete->word);
		option = vbr_option_find(scope, name);
		if (option && vbr_option_is_settable(option))
			offer_values(complete, option);
		return;
	}
	for (size_t i = 0; (option = vbr_option_at(scope, i)); i++) {
		if (!vbr_option_is_settable(option))
			continue;
		snprintf(name, sizeof(name), "%s=", vbr_option_name(option));
		complete_word(complete, name);
	}
}

/* For a bridge itself, VLANs have options of two scopes. */
static void offer_settings(const struct complete *complete,
			   enum vbr_scope scope)
{
	offer_settings_of(complete, scope);
	if (scope == VBR_SCOPE_PORT_VLAN &&
	    strcmp(complete->words[0], complete->words[1]) == 0)
		offer_settings_of(complete, VBR_SCOPE_BRIDGE_VLAN);
}

static void offer_names(const struct complete *complete, enum vbr_scope scope)
{
	const struct vbr_option *option;

	for (size_t i = 0; (option = vbr_option_at(scope, i)); i++)
		if (vbr_option_is_readable(option))
			complete_word(complete, vbr_option_name(option));
}

/* --- entry point ---------------------------------------------------------- */

typedef const char *name_fn(size_t i);

static void offer_each(const struct complete *complete, name_fn *name_at)
{
	const char *name;

	for (size_t i = 0; (name = name_at(i)); i++)
		complete_word(complete, name);
}

/* "kind": <port>, <member> or the plural. The bridge itself is a member. */
static void offer_members(const struct complete *complete, const char *kind)
{
	char before[256];

	put_before(complete, strchr(kind, 's') != NULL, before, sizeof(before));
	if (strncmp(kind, "<member", 7) == 0)
		offer_device(complete, before, complete->words[0]);
	offer_ports(complete, before);
}

struct free_devices {
	const struct complete *complete;
	char before[256];
};

static int offer_free(const char *name, int index, bool is_free, void *data)
{
	const struct free_devices *devices = data;

	(void)index;
	if (is_free)
		offer_device(devices->complete, devices->before, name);
	return 0;
}

/* A list of devices that could become ports. */
static void offer_free_devices(const struct complete *complete)
{
	struct free_devices devices = { .complete = complete };
	const char *last = strrchr(complete->word, ',');

	snprintf(devices.before, sizeof(devices.before), "%.*s",
		 last ? (int)(last + 1 - complete->word) : 0, complete->word);
	if (complete_connect(complete))
		vbr_link_foreach(complete->cli->ctx, offer_free, &devices);
}

/* The devices that a command works on, but not those that it creates. */
static void offer_devices(const struct complete *complete,
			  const struct command *command, const char *kind)
{
	bool makes = command->traits & MAKES;

	if (strncmp(kind, "<bridge", 7) == 0) {
		if (!makes || strcmp(command->arguments, kind) != 0)
			offer_bridges(complete, strcmp(kind, "<bridges>") == 0);
	} else if (strcmp(kind, "<device>") == 0 && makes) {
		complete_devices(complete, true);
	} else {
		offer_members(complete, kind);
	}
}

/* Where a frame comes from. */
static void offer_source(const struct complete *complete)
{
	complete_word(complete, "host");
	offer_ports(complete, "");
}

static void offer_stations(const struct complete *complete,
			   const struct command *command)
{
	offer_source(complete);
	complete_word(complete, "gateway");
	offer_macs(complete, command, false);
}

static void offer_types(const struct complete *complete)
{
	complete_word(complete, "arp");
	complete_word(complete, "ip");
	complete_word(complete, "ip6");
}

static void offer_states(const struct complete *complete)
{
	complete_word(complete, "disabled");
	complete_word(complete, "listening");
	complete_word(complete, "learning");
	complete_word(complete, "forwarding");
	complete_word(complete, "blocking");
}

/* The names, and behind "=" the values. */
static void offer_nf(const struct complete *complete)
{
	if (strchr(complete->word, '='))
		offer_words(complete, "on off");
	else
		offer_each(complete, vbr_nf_at);
}

static void offer(const struct complete *complete, const char *kind)
{
	static const char devices[] = "<bridge> <bridges> <device> <port> "
				      "<ports> <member> <members>";
	static const char target[] = "<bridge> <member";
	const struct command *command = complete->data;
	bool has_member = strncmp(command->arguments, target, strlen(target)) ==
			  0;

	if (strstr(devices, kind))
		offer_devices(complete, command, kind);
	else if (strcmp(kind, "<vids>") == 0 || strcmp(kind, "<vid>") == 0)
		offer_vlans(complete, has_member, kind[4] == 's');
	else if (strcmp(kind, "<devices>") == 0)
		offer_free_devices(complete);
	else if (strcmp(kind, "<link>") == 0)
		complete_devices(complete, false);
	else if (strcmp(kind, "<mac>") == 0)
		offer_macs(complete, command, has_member);
	else if (strcmp(kind, "<group>") == 0)
		offer_groups(complete, has_member);
	else if (strcmp(kind, "<source>") == 0)
		offer_source(complete);
	else if (strcmp(kind, "<station>") == 0)
		offer_stations(complete, command);
	else if (strcmp(kind, "<ethertype>") == 0)
		offer_types(complete);
	else if (strcmp(kind, "<option>=<value>") == 0)
		offer_settings(complete, scope_of(command));
	else if (strcmp(kind, "<option>") == 0)
		offer_names(complete, scope_of(command));
	else if (strcmp(kind, "<setting>") == 0)
		offer_nf(complete);
	else if (strcmp(kind, "<state>") == 0)
		offer_states(complete);
	else if (strcmp(kind, "<command>") == 0)
		offer_each(complete, command_name);
	else if (strcmp(kind, "<scope>") == 0)
		offer_each(complete, scope_name);
}

void brctl_complete(struct cli *cli, int count, char **words)
{
	struct line line = { .cli = cli, .list = words };
	struct complete complete = { .cli = cli, .word = "", .offer = offer };
	const struct command *command = NULL;

	complete_silently();
	if (count > 0)
		complete.word = words[count - 1];
	for (int i = 0; i < count - 1; i++)
		take_word(&line, words[i]);
	if (line.count > 0)
		command = command_find(line.list[0]);
	if (line.wants_other)
		return;
	if (line.wants_netns) {
		complete_netns(&complete, "");
	} else if (line.wants_rule) {
		offer_rules(&complete, "");
	} else if (!line.is_ended && complete.word[0] == '-') {
		offer_options(&complete, command);
	} else if (line.resolves) {
		if (line.count == 0)
			complete_devices(&complete, false);
	} else if (line.count == 0) {
		offer_each(&complete, command_name);
	} else if (command) {
		complete.words = line.list + 1;
		complete.count = line.count - 1;
		complete.is_endless = command->traits & CLASSIC &&
				      command->most == ANY;
		complete.data = command;
		complete_arguments(&complete, command->arguments);
	}
}
