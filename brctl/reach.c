/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* reach: shows who can talk to whom through a bridge, in each VLAN. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/out.h"
#include "commands.h"
#include "reach-diff.h"
#include "targets.h"
#include "vbridge.h"

/* Names go on in the next line before this column. */
#define LINE_WIDTH 79

struct view {
	const char *bridge;
	struct vbr_reach_table *table;
	/* The first member of each group of a VLAN. */
	size_t *groups;
	size_t group_count;
};

/* Several VLANs, printed once. */
struct block {
	size_t vlan; /* the number of the first */
	bool is_filtering;
};

/* --- the table ------------------------------------------------------------ */

static const char *name_of(const struct view *view, size_t member)
{
	if (!vbr_reach_table_member_at(view->table, member + 1))
		return "host";
	return vbr_reach_table_member_at(view->table, member);
}

static bool is_in_group(const struct view *view, size_t vlan, size_t member,
			size_t group)
{
	size_t first;

	return vbr_reach_table_group(view->table, vlan, member, &first) &&
	       first == group;
}

static void list_groups(struct view *view, size_t vlan)
{
	view->group_count = 0;
	for (size_t i = 0; vbr_reach_table_member_at(view->table, i); i++)
		if (is_in_group(view, vlan, i, i))
			view->groups[view->group_count++] = i;
}

/* The second member of a group; its first: there is no other. */
static size_t second_of(const struct view *view, size_t vlan, size_t group)
{
	for (size_t i = group + 1; vbr_reach_table_member_at(view->table, i);
	     i++)
		if (is_in_group(view, vlan, i, group))
			return i;
	return group;
}

static bool talks(const struct view *view, size_t vlan, size_t one,
		  size_t other)
{
	if (one == other)
		other = second_of(view, vlan, one);
	return vbr_reach_table_works(view->table, vlan, one, other);
}

/* The next VLANs after the number "*at" that are in the block, and consecutive.
 * Returns false after the last. */
static bool next_range(const struct view *view, size_t block, size_t *at,
		       unsigned int *ret_first, unsigned int *ret_last)
{
	bool has_first = false;
	unsigned int vlan;
	size_t same;

	for (; vbr_reach_table_vlan_at(view->table, *at, &vlan, &same); ++*at) {
		bool is_next = has_first && vlan == *ret_last + 1;

		if (has_first && (same != block || !is_next))
			return true;
		if (same != block)
			continue;
		if (!has_first)
			*ret_first = vlan;
		*ret_last = vlan;
		has_first = true;
	}
	return has_first;
}

/* --- text ----------------------------------------------------------------- */

static void print_head(const struct view *view, const struct block *block)
{
	size_t at = block->vlan;
	unsigned int first, last;
	const char *before = " VLAN ";

	out_name(stdout, view->bridge);
	if (!block->is_filtering)
		fputs(" (VLANs are not filtered)", stdout);
	while (block->is_filtering &&
	       next_range(view, block->vlan, &at, &first, &last)) {
		printf("%s%u", before, first);
		if (last > first)
			printf("-%u", last);
		before = ",";
	}
	putchar('\n');
}

static void print_names(const struct view *view, size_t vlan, size_t group,
			size_t indent)
{
	size_t column = indent;

	for (size_t i = group; vbr_reach_table_member_at(view->table, i); i++) {
		char text[VBR_NAME_TEXT_SIZE];
		size_t width;

		if (!is_in_group(view, vlan, i, group))
			continue;
		vbr_format_name(name_of(view, i), text, sizeof(text));
		width = out_width(text, strlen(text)) + 1;
		if (column + width > LINE_WIDTH && column > indent) {
			printf("\n%*s", (int)indent, "");
			column = indent;
		}
		printf(" %s", text);
		column += width;
	}
	putchar('\n');
}

static const char *mark_of(const struct view *view, size_t vlan, size_t one,
			   size_t other)
{
	if (one == other && second_of(view, vlan, one) == one)
		return "-";
	return talks(view, vlan, one, other) ? "x" : ".";
}

static void print_block(const struct view *view, const struct block *block)
{
	int width = snprintf(NULL, 0, "%zu", view->group_count);
	size_t indent = (view->group_count + 1) * ((size_t)width + 1);

	print_head(view, block);
	printf("%*s", width, "");
	for (size_t i = 0; i < view->group_count; i++)
		printf(" %*zu", width, i + 1);
	putchar('\n');
	for (size_t i = 0; i < view->group_count; i++) {
		printf("%*zu", width, i + 1);
		for (size_t k = 0; k < view->group_count; k++)
			printf(" %*s", width,
			       mark_of(view, block->vlan, view->groups[i],
				       view->groups[k]));
		putchar(' ');
		print_names(view, block->vlan, view->groups[i], indent);
	}
}

/* A blank line is between tables. */
static void print_view(struct view *view, bool *is_begun)
{
	const char *note;
	unsigned int vlan;
	size_t same;

	for (size_t i = 0;
	     vbr_reach_table_vlan_at(view->table, i, &vlan, &same); i++) {
		if (same != i)
			continue;
		list_groups(view, i);
		if (*is_begun)
			putchar('\n');
		*is_begun = true;
		print_block(view, &(struct block){ i, vlan != 0 });
	}
	for (size_t i = 0; (note = vbr_reach_table_note_at(view->table, i));
	     i++)
		printf("note\t%s\n", note);
}

/* --- JSON ----------------------------------------------------------------- */

static void put_vids(struct json *item, const struct view *view,
		     const struct block *block)
{
	struct json *array = json_array_in(item, "vlans");
	size_t at = block->vlan;
	unsigned int first, last;

	while (block->is_filtering &&
	       next_range(view, block->vlan, &at, &first, &last)) {
		struct json *range = json_object_of(array);

		json_put_number(range, "first", first);
		json_put_number(range, "last", last);
	}
}

/* The members of a group. */
static void add_group(struct json *array, const struct view *view, size_t vlan,
		      size_t group)
{
	for (size_t i = group; vbr_reach_table_member_at(view->table, i); i++)
		if (is_in_group(view, vlan, i, group))
			json_add_text(array, name_of(view, i));
}

static void put_group(struct json *item, const struct view *view, size_t vlan,
		      size_t group)
{
	struct json *array;

	add_group(json_array_in(item, "members"), view, vlan, group);
	if (second_of(view, vlan, group) != group)
		json_put_bool(item, "among", talks(view, vlan, group, group));
	array = json_array_in(item, "others");
	for (size_t i = 0; i < view->group_count; i++)
		if (view->groups[i] != group &&
		    talks(view, vlan, group, view->groups[i]))
			add_group(array, view, vlan, view->groups[i]);
}

static void put_block(struct json *item, const struct view *view,
		      const struct block *block)
{
	struct json *groups;

	put_vids(item, view, block);
	groups = json_array_in(item, "groups");
	for (size_t i = 0; i < view->group_count; i++)
		put_group(json_object_of(groups), view, block->vlan,
			  view->groups[i]);
}

static void put_view(struct json *item, struct view *view)
{
	struct json *array;
	const char *note;
	unsigned int vlan;
	size_t same;

	json_put_text(item, "bridge", view->bridge);
	array = json_array_in(item, "tables");
	for (size_t i = 0;
	     vbr_reach_table_vlan_at(view->table, i, &vlan, &same); i++) {
		if (same != i)
			continue;
		list_groups(view, i);
		put_block(json_object_of(array), view,
			  &(struct block){ i, vlan != 0 });
	}
	array = json_array_in(item, "notes");
	for (size_t i = 0; (note = vbr_reach_table_note_at(view->table, i));
	     i++)
		json_add_text(array, note);
}

/* --- bridges -------------------------------------------------------------- */

/* All that are shown. */
struct shown {
	struct cli *cli;
	struct vbr_bridges *bridges; /* NULL: only one, which was named */
	struct view *views;
	size_t count;
	bool is_begun; /* a table was printed */
	bool lacks_memory;
};

static int add_view(struct shown *shown, const char *bridge)
{
	struct view *view = &shown->views[shown->count];
	size_t members = 0;
	int rc = vbr_reach_table_get(shown->cli->ctx, bridge, &view->table);

	if (rc < 0)
		return rc;
	shown->count++;
	while (vbr_reach_table_member_at(view->table, members))
		members++;
	view->bridge = bridge;
	view->groups = calloc(members, sizeof(*view->groups));
	shown->lacks_memory |= !view->groups;
	return 0;
}

/* One that is gone since it was listed is left out. */
static int add_all(struct shown *shown)
{
	const struct vbr_bridge *bridge;
	int rc = vbr_bridge_list(shown->cli->ctx, &shown->bridges);

	if (rc < 0)
		return rc;
	shown->views = calloc(vbr_bridges_count(shown->bridges) + 1,
			      sizeof(*shown->views));
	shown->lacks_memory = !shown->views;
	for (size_t i = 0; rc == 0 && !shown->lacks_memory &&
			   (bridge = vbr_bridges_at(shown->bridges, i));
	     i++) {
		rc = add_view(shown, vbr_bridge_name(bridge));
		if (rc == -ENODEV)
			rc = 0;
	}
	return rc;
}

static int read_shown(void *data, const char *bridge)
{
	struct shown *shown = data;

	if (!bridge)
		return add_all(shown);
	shown->views = calloc(1, sizeof(*shown->views));
	shown->lacks_memory = !shown->views;
	return shown->views ? add_view(shown, bridge) : 0;
}

static int lack_memory(const struct shown *shown)
{
	cli_message(shown->cli, "%s", cli_strerror(ENOMEM));
	return EXIT_FAILURE;
}

static int print_shown(void *data)
{
	struct shown *shown = data;

	if (shown->lacks_memory)
		return lack_memory(shown);
	for (size_t i = 0; i < shown->count; i++)
		print_view(&shown->views[i], &shown->is_begun);
	return EXIT_SUCCESS;
}

static int put_shown(void *data, struct json_list *list)
{
	struct shown *shown = data;

	if (shown->lacks_memory)
		return lack_memory(shown);
	for (size_t i = 0; i < shown->count; i++)
		put_view(json_list_item(list), &shown->views[i]);
	return EXIT_SUCCESS;
}

static void drop_shown(void *data)
{
	struct shown *shown = data;

	for (size_t i = 0; i < shown->count; i++) {
		vbr_reach_table_free(shown->views[i].table);
		free(shown->views[i].groups);
	}
	free(shown->views);
	vbr_bridges_free(shown->bridges);
	shown->views = NULL;
	shown->bridges = NULL;
	shown->count = 0;
	shown->lacks_memory = false;
}

int cmd_reach(struct cli *cli, const struct call *call)
{
	struct shown shown = { .cli = cli };
	const struct show show = { &shown, read_shown, print_shown, put_shown,
				   drop_shown };
	int status = cli->after || cli->difference
			     ? reach_show_difference(cli, call)
			     : targets_show(cli, call, &show);

	if (status != EXIT_SUCCESS)
		return EXIT_NO_LOOK;
	/* Findings that could not be written have not been seen. */
	return cli_flush(cli) < 0 ? EXIT_NO_LOOK : EXIT_SUCCESS;
}
