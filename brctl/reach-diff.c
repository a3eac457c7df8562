/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Compares who can talk to whom before and after a change. */

#include "config.h"

#include "reach-diff.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/batch.h"
#include "cli/json.h"
#include "cli/out.h"
#include "commands.h"
#include "config-read.h"
#include "targets.h"
#include "vbridge.h"

#define NONE SIZE_MAX

enum { BEFORE, AFTER, SIDES };

/* A VLAN: its numbers in both tables, and those of the first like it. */
struct vlan {
	unsigned int id;
	size_t at[SIDES], same[SIDES];
};

struct difference {
	const char *bridge;
	struct vbr_reach_table *tables[SIDES];
	const char **members; /* of both, the host last */
	size_t *at[SIDES];    /* their numbers; NONE: not a member */
	size_t count;
	struct vlan *vlans;
	size_t vlan_count;
	/* It begins or ceases to filter: VLANs are not compared. */
	bool is_any;
	signed char *changed; /* of two members in one VLAN */
};

/* --- the members and VLANs of both ---------------------------------------- */

static size_t count_members(const struct vbr_reach_table *table)
{
	size_t count = 0;

	while (vbr_reach_table_member_at(table, count))
		count++;
	return count;
}

static size_t find(const struct vbr_reach_table *table, const char *name)
{
	const char *member;

	for (size_t i = 0; (member = vbr_reach_table_member_at(table, i)); i++)
		if (strcmp(member, name) == 0)
			return i;
	return NONE;
}

static void add_member(struct difference *it, const char *name)
{
	for (int side = BEFORE; side < SIDES; side++)
		it->at[side][it->count] = find(it->tables[side], name);
	it->members[it->count++] = name;
}

/* The host is the last of each table. */
static int take_members(struct difference *it)
{
	size_t before = count_members(it->tables[BEFORE]);
	size_t after = count_members(it->tables[AFTER]);
	const char *name;

	it->members = calloc(before + after, sizeof(*it->members));
	it->at[BEFORE] = calloc(before + after, sizeof(*it->at[BEFORE]));
	it->at[AFTER] = calloc(before + after, sizeof(*it->at[AFTER]));
	it->changed = calloc((before + after) * (before + after), 1);
	if (!it->members || !it->at[BEFORE] || !it->at[AFTER] || !it->changed)
		return -ENOMEM;
	for (size_t i = 0; i + 1 < before; i++)
		add_member(it,
			   vbr_reach_table_member_at(it->tables[BEFORE], i));
	for (size_t i = 0; i + 1 < after; i++) {
		name = vbr_reach_table_member_at(it->tables[AFTER], i);
		if (find(it->tables[BEFORE], name) == NONE)
			add_member(it, name);
	}
	add_member(it,
		   vbr_reach_table_member_at(it->tables[BEFORE], before - 1));
	return 0;
}

static size_t count_vlans(const struct vbr_reach_table *table)
{
	size_t count = 0, same;
	unsigned int id;

	while (vbr_reach_table_vlan_at(table, count, &id, &same))
		count++;
	return count;
}

/* The number of the next VLAN of both, which are in ascending order. */
static void take_next(struct difference *it, size_t next[SIDES])
{
	struct vlan *vlan = &it->vlans[it->vlan_count++];
	unsigned int ids[SIDES];

	*vlan = (struct vlan){ UINT32_MAX, { NONE, NONE }, { NONE, NONE } };
	for (int side = BEFORE; side < SIDES; side++) {
		size_t same;

		if (!vbr_reach_table_vlan_at(it->tables[side], next[side],
					     &ids[side], &same))
			ids[side] = UINT32_MAX;
		if (ids[side] < vlan->id)
			vlan->id = ids[side];
	}
	for (int side = BEFORE; side < SIDES; side++) {
		if (ids[side] != vlan->id)
			continue;
		vlan->at[side] = next[side]++;
		vbr_reach_table_vlan_at(it->tables[side], vlan->at[side],
					&ids[side], &vlan->same[side]);
	}
}

static bool is_filtering(const struct vbr_reach_table *table)
{
	unsigned int id = 0;
	size_t same;

	return !vbr_reach_table_vlan_at(table, 0, &id, &same) || id != 0;
}

static int take_vlans(struct difference *it)
{
	size_t counts[SIDES], next[SIDES] = { 0 };

	for (int side = BEFORE; side < SIDES; side++)
		counts[side] = count_vlans(it->tables[side]);
	it->is_any = is_filtering(it->tables[BEFORE]) !=
		     is_filtering(it->tables[AFTER]);
	it->vlans = calloc(counts[BEFORE] + counts[AFTER] + 1,
			   sizeof(*it->vlans));
	if (!it->vlans)
		return -ENOMEM;
	while (!it->is_any &&
	       (next[BEFORE] < counts[BEFORE] || next[AFTER] < counts[AFTER]))
		take_next(it, next);
	if (it->is_any)
		it->vlan_count = 1;
	return 0;
}

/* --- the comparison ------------------------------------------------------- */

static bool works_in(const struct difference *it, int side, size_t vlan,
		     size_t one, size_t other)
{
	return vlan != NONE && it->at[side][one] != NONE &&
	       it->at[side][other] != NONE &&
	       vbr_reach_table_works(it->tables[side], vlan, it->at[side][one],
				     it->at[side][other]);
}

static bool works(const struct difference *it, int side, size_t vlan,
		  size_t one, size_t other)
{
	size_t count = count_vlans(it->tables[side]);

	if (!it->is_any)
		return works_in(it, side, it->vlans[vlan].at[side], one, other);
	for (size_t i = 0; i < count; i++)
		if (works_in(it, side, i, one, other))
			return true;
	return false;
}

static signed char *place(const struct difference *it, size_t one, size_t other)
{
	return one < other ? &it->changed[one * it->count + other]
			   : &it->changed[other * it->count + one];
}

static void compare(struct difference *it, size_t vlan)
{
	for (size_t i = 0; i < it->count; i++)
		for (size_t k = i + 1; k < it->count; k++)
			*place(it, i,
			       k) = (signed char)(works(it, AFTER, vlan, i, k) -
						  works(it, BEFORE, vlan, i,
							k));
}

static size_t count_changed(const struct difference *it, size_t member,
			    signed char sign)
{
	size_t count = 0;

	for (size_t i = 0; i < it->count; i++)
		count += i != member && *place(it, member, i) == sign;
	return count;
}

/* The member that loses or gains most; NONE: none does. */
static size_t find_most(const struct difference *it, signed char sign)
{
	size_t best = NONE, most = 0;

	for (size_t i = 0; i < it->count; i++) {
		size_t count = count_changed(it, i, sign);

		if (count > most) {
			most = count;
			best = i;
		}
	}
	return best;
}

static bool is_like(const struct vlan *one, const struct vlan *other)
{
	return one->same[BEFORE] == other->same[BEFORE] &&
	       one->same[AFTER] == other->same[AFTER];
}

static bool is_first(const struct difference *it, size_t vlan)
{
	for (size_t i = 0; i < vlan; i++)
		if (is_like(&it->vlans[i], &it->vlans[vlan]))
			return false;
	return true;
}

/* The next VLANs like "vlan" that are consecutive. */
static bool next_range(const struct difference *it, size_t vlan, size_t *at,
		       unsigned int *ret_first, unsigned int *ret_last)
{
	bool has_first = false;

	for (; *at < it->vlan_count; ++*at) {
		const struct vlan *row = &it->vlans[*at];
		bool is_like_it = is_like(row, &it->vlans[vlan]);

		if (has_first && (!is_like_it || row->id != *ret_last + 1))
			return true;
		if (!is_like_it)
			continue;
		if (!has_first)
			*ret_first = row->id;
		*ret_last = row->id;
		has_first = true;
	}
	return has_first;
}

/* --- output --------------------------------------------------------------- */

/* Where the lines go: text with a prefix, or a JSON array. */
struct output {
	const char *prefix;
	struct json *array; /* or NULL */
};

static const char *name_of(const struct difference *it, size_t member)
{
	return member + 1 == it->count ? "host" : it->members[member];
}

static bool has_vlans(const struct difference *it)
{
	return !it->is_any && is_filtering(it->tables[BEFORE]);
}

static void print_vlans(const struct difference *it, size_t vlan)
{
	const char *before = " in VLAN ";
	unsigned int first, last;
	size_t at = vlan;

	while (has_vlans(it) && next_range(it, vlan, &at, &first, &last)) {
		printf("%s%u", before, first);
		if (last > first)
			printf("-%u", last);
		before = ",";
	}
}

static void print_line(const struct difference *it, size_t vlan, size_t member,
		       signed char sign, const char *prefix)
{
	const char *before = " ";

	fputs(prefix, stdout);
	out_name(stdout, it->bridge);
	fputs(": ", stdout);
	out_name(stdout, name_of(it, member));
	fputs(sign < 0 ? " loses" : " gains", stdout);
	for (size_t i = 0; i < it->count; i++) {
		if (i == member || *place(it, member, i) != sign)
			continue;
		fputs(before, stdout);
		out_name(stdout, name_of(it, i));
		before = ", ";
	}
	print_vlans(it, vlan);
	putchar('\n');
}

static void put_line(const struct difference *it, size_t vlan, size_t member,
		     signed char sign, struct json *array)
{
	struct json *item = json_object_of(array), *list;
	unsigned int first, last;
	size_t at = vlan;

	json_put_text(item, "member", name_of(it, member));
	json_put_text(item, "what", sign < 0 ? "loses" : "gains");
	list = json_array_in(item, "others");
	for (size_t i = 0; i < it->count; i++)
		if (i != member && *place(it, member, i) == sign)
			json_add_text(list, name_of(it, i));
	list = json_array_in(item, "vlans");
	while (has_vlans(it) && next_range(it, vlan, &at, &first, &last)) {
		struct json *range = json_object_of(list);

		json_put_number(range, "first", first);
		json_put_number(range, "last", last);
	}
}

/* Each pair is in one line: that of the member with the most. */
static void show_changes(struct difference *it, size_t vlan, signed char sign,
			 const struct output *output)
{
	size_t member;

	while ((member = find_most(it, sign)) != NONE) {
		if (output->array)
			put_line(it, vlan, member, sign, output->array);
		else
			print_line(it, vlan, member, sign, output->prefix);
		for (size_t i = 0; i < it->count; i++)
			if (i != member && *place(it, member, i) == sign)
				*place(it, member, i) = 0;
	}
}

static void show_vlans(struct difference *it, const struct output *output)
{
	for (size_t i = 0; i < it->vlan_count; i++) {
		if (!is_first(it, i))
			continue;
		compare(it, i);
		show_changes(it, i, -1, output);
		show_changes(it, i, 1, output);
	}
}

/* --- a bridge ------------------------------------------------------------- */

static void drop(struct difference *it)
{
	vbr_reach_table_free(it->tables[BEFORE]);
	vbr_reach_table_free(it->tables[AFTER]);
	free(it->members);
	free(it->at[BEFORE]);
	free(it->at[AFTER]);
	free(it->vlans);
	free(it->changed);
}

/* Returns 0 or a negative errno; -ENOMEM has no sentence. */
static int take(const struct cli *cli, const char *bridge,
		const struct vbr_config *change, struct difference *ret)
{
	int rc;

	*ret = (struct difference){ .bridge = bridge };
	rc = vbr_reach_table_get(cli->ctx, bridge, &ret->tables[BEFORE]);
	if (rc == 0)
		rc = vbr_reach_table_get_after(cli->ctx, bridge, change,
					       &ret->tables[AFTER]);
	if (rc == 0)
		rc = take_members(ret);
	if (rc == 0)
		rc = take_vlans(ret);
	if (rc < 0)
		drop(ret);
	return rc;
}

static void put_bridge(struct json *object, struct difference *it)
{
	struct json *array;
	const char *note;

	json_put_text(object, "bridge", it->bridge);
	show_vlans(it, &(struct output){
			       .array = json_array_in(object, "changes") });
	array = json_array_in(object, "notes");
	for (size_t i = 0;
	     (note = vbr_reach_table_note_at(it->tables[AFTER], i)); i++)
		json_add_text(array, note);
}

static int show_bridge(const struct cli *cli, const char *bridge,
		       const struct vbr_config *change, struct json_list *list)
{
	struct difference it;
	const char *note;
	int rc = take(cli, bridge, change, &it);

	if (rc == -ENOMEM) {
		cli_message(cli, "%s", cli_strerror(ENOMEM));
		return EXIT_FAILURE;
	}
	if (rc < 0)
		return cli_fail(cli);
	if (list) {
		put_bridge(json_list_item(list), &it);
	} else {
		show_vlans(&it, &(struct output){ .prefix = "" });
		for (size_t i = 0;
		     (note = vbr_reach_table_note_at(it.tables[AFTER], i)); i++)
			printf("note\t%s\n", note);
	}
	drop(&it);
	return EXIT_SUCCESS;
}

void reach_print_comments(const struct cli *cli,
			  const struct vbr_config *change)
{
	const struct output output = { .prefix = "# reach: " };
	const struct vbr_bridge *bridge;
	struct vbr_bridges *bridges;

	if (vbr_bridge_list(cli->ctx, &bridges) < 0)
		return;
	for (size_t i = 0; (bridge = vbr_bridges_at(bridges, i)); i++) {
		struct difference it;

		if (take(cli, vbr_bridge_name(bridge), change, &it) < 0)
			continue;
		show_vlans(&it, &output);
		drop(&it);
	}
	vbr_bridges_free(bridges);
}

/* --- the command ---------------------------------------------------------- */

/* Of several commands, only the first can be tried: the others may need it. */
static int take_command(struct cli *cli, struct vbr_config **ret_change)
{
	if (vbr_config_parse(cli->ctx, "--after", cli->after,
			     strlen(cli->after), ret_change) < 0)
		return cli_fail(cli);
	if (batch_try_line(cli, cli->after) == EXIT_SUCCESS)
		return EXIT_SUCCESS;
	vbr_config_free(*ret_change);
	return cli_bad_word(cli, _("this command would fail: %s"), cli->after);
}

static int take_change(struct cli *cli, struct vbr_config **ret_change)
{
	struct vbr_config *config, *now = NULL;
	int rc;

	if (cli->after && cli->difference)
		return cli_bad_word(cli, _("%s cannot be used with --after"),
				    "--diff");
	if (cli->after)
		return take_command(cli, ret_change);
	if (config_read(cli, cli->difference, &config))
		return EXIT_FAILURE;
	rc = vbr_config_capture_all(cli->ctx, &now);
	if (rc == 0)
		rc = vbr_config_diff(cli->ctx, now, config, 0, ret_change);
	vbr_config_free(now);
	vbr_config_free(config);
	return rc < 0 ? cli_fail(cli) : EXIT_SUCCESS;
}

static int show_all(struct cli *cli, const struct targets *bridges,
		    const struct vbr_config *change)
{
	struct json_list json, *list = cli->json ? &json : NULL;
	int status = EXIT_SUCCESS;

	if (list)
		json_list_begin(list);
	for (size_t i = 0; status == EXIT_SUCCESS && i < bridges->count; i++)
		status = show_bridge(cli, bridges->names[i], change, list);
	if (list)
		json_list_end(list);
	return status == EXIT_SUCCESS && cli->json ? json_status(cli) : status;
}

int reach_show_difference(struct cli *cli, const struct call *call)
{
	char all[] = "all", *word = call->argc ? call->argv[0] : all;
	struct vbr_config *change;
	struct targets bridges;
	int status;

	if (cli->json && json_load(cli) < 0)
		return EXIT_FAILURE;
	if (take_change(cli, &change))
		return EXIT_FAILURE;
	status = targets_take_bridges(cli, &word, &bridges);
	if (status == EXIT_SUCCESS) {
		status = show_all(cli, &bridges, change);
		targets_drop(&bridges);
	}
	vbr_config_free(change);
	return status;
}
