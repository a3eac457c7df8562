/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Sets options of several objects. The library sets all options of one object or
 * none; if it fails, the objects before it get back the values that were read
 * before the first change. After the change, the options are read back.
 */

#include "config.h"

#include "set-many.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli/changes.h"
#include "cli/values.h"

/* An object before or after the change; one of the pointers is set. */
struct object {
	struct vbr_bridge *bridge;
	struct vbr_port *port;
	struct vbr_port_vlans *vlans; /* of the whole bridge */
	int index;
};

static int set_one(const struct set_many *set, const char *name)
{
	struct vbr_ctx *ctx = set->cli->ctx;

	switch (set->scope) {
	case VBR_SCOPE_BRIDGE:
		return vbr_bridge_set_all(ctx, name, set->settings, set->count);
	case VBR_SCOPE_PORT:
		return vbr_port_set_all(ctx, set->bridge, name, set->settings,
					set->count);
	case VBR_SCOPE_BRIDGE_VLAN:
		return vbr_bridge_vlan_set_all(ctx, name, set->vids,
					       set->settings, set->count);
	default:
		return vbr_port_vlan_set_all(ctx, set->bridge, name, set->vids,
					     set->settings, set->count);
	}
}

static int read_one(const struct set_many *set, const char *name,
		    struct object *object)
{
	struct vbr_ctx *ctx = set->cli->ctx;
	int rc;

	switch (set->scope) {
	case VBR_SCOPE_BRIDGE:
		return vbr_bridge_get(ctx, name, &object->bridge);
	case VBR_SCOPE_PORT:
		return vbr_port_get(ctx, set->bridge, name, &object->port);
	default:
		rc = find_member_index(set->cli, set->bridge, name,
				       &object->index);
		if (rc < 0)
			return rc;
		return set->scope == VBR_SCOPE_BRIDGE_VLAN
			       ? vbr_bridge_vlan_list(ctx, set->bridge,
						      &object->vlans)
			       : vbr_port_vlan_list(ctx, set->bridge,
						    VBR_PORT_VLAN_OPTIONS,
						    &object->vlans);
	}
}

static void drop(struct object *object)
{
	vbr_bridge_free(object->bridge);
	vbr_port_free(object->port);
	vbr_port_vlans_free(object->vlans);
}

/* --- options that change as well ------------------------------------------ */

static bool is_set(const struct set_many *set, const char *option)
{
	for (size_t i = 0; i < set->count; i++)
		if (strcmp(set->settings[i].option, option) == 0)
			return true;
	return false;
}

/* An option that is not set, but that the kernel may change along with the option
 * of a setting; or NULL. */
static const char *changed_also(const struct set_many *set,
				const struct vbr_setting *setting)
{
	const char *also = vbr_option_also(
		vbr_option_find(set->scope, setting->option));

	return also && !is_set(set, also) ? also : NULL;
}

static bool may_change_others(const struct set_many *set)
{
	for (size_t i = 0; i < set->count; i++)
		if (changed_also(set, &set->settings[i]))
			return true;
	return false;
}

static void report_other(const struct set_many *set, const char *name,
			 const struct vbr_bridge *before,
			 const struct vbr_bridge *now, const char *shown)
{
	struct vbr_ctx *ctx = set->cli->ctx;
	char old[VBR_OPTION_TEXT_SIZE], text[VBR_OPTION_TEXT_SIZE];

	if (vbr_bridge_text(ctx, before, name, old, sizeof(old)) == 0 &&
	    vbr_bridge_text(ctx, now, name, text, sizeof(text)) == 0 &&
	    strcmp(old, text) != 0)
		/* Translators: an option, and two values. */
		cli_message_about(set->cli, shown,
				  _("the kernel changed %s=%s to %s as well"),
				  name, old, text);
}

static void report_others(const struct set_many *set,
			  const struct vbr_bridge *before,
			  const struct vbr_bridge *now, const char *shown)
{
	for (size_t i = 0; before && i < set->count; i++) {
		const char *also = changed_also(set, &set->settings[i]);

		if (also)
			report_other(set, also, before, now, shown);
	}
}

/* --- reading back --------------------------------------------------------- */

/* A row with one of the VLANs of the change; returns that VLAN, or -1. */
static int vlan_in(const struct set_many *set, const struct object *object,
		   const struct vbr_port_vlan *row)
{
	unsigned int first = vbr_port_vlan_first(row);
	int vid = vbr_vids_next(set->vids, (int)first - 1);

	return vbr_port_vlan_index(row) == object->index && vid >= 0 &&
			       (unsigned int)vid <= vbr_port_vlan_last(row)
		       ? vid
		       : -1;
}

/* Reports the first VLAN whose options differ. */
static int check_vlans(const struct set_many *set, const struct object *object,
		       const char *shown)
{
	struct values now = { .scope = set->scope, .name = shown };
	int status = EXIT_SUCCESS;

	for (size_t i = 0; status == EXIT_SUCCESS &&
			   (now.of = vbr_port_vlans_at(object->vlans, i));
	     i++) {
		int vid = vlan_in(set, object, now.of);

		if (vid > 0)
			status = changes_check(set->cli, &now, set->settings,
					       set->count, (unsigned int)vid);
	}
	return status;
}

/* The kernel adjusts some values without an error. A dry run sets nothing.
 * "shown": the name for messages; NULL if there is only one object. */
static int check_one(const struct set_many *set, const char *name,
		     const struct object *before, const char *shown)
{
	struct values now = { .scope = set->scope, .name = shown };
	struct object object = { 0 };
	int status;

	if (set->cli->dry_run)
		return EXIT_SUCCESS;
	if (read_one(set, name, &object) < 0) {
		status = cli_fail(set->cli);
	} else if (object.vlans) {
		status = check_vlans(set, &object, shown);
	} else {
		now.of = object.port ? (void *)object.port
				     : (void *)object.bridge;
		status = changes_check(set->cli, &now, set->settings,
				       set->count, 0);
		report_others(set, before->bridge, object.bridge, shown);
	}
	drop(&object);
	return status;
}

/* --- undo ----------------------------------------------------------------- */

static int old_value(const struct object *before,
		     const struct vbr_port_vlan *row, const char *option,
		     uint64_t *ret_value)
{
	if (row)
		return vbr_port_vlan_value(row, option, ret_value);
	if (before->port)
		return vbr_port_value(before->port, option, ret_value);
	return vbr_bridge_value(before->bridge, option, ret_value);
}

/* Whether the kernel leaves the option out while it is 0. */
static bool is_zero(const struct set_many *set, const char *option, int rc)
{
	return rc == -ENODATA &&
	       vbr_option_is_readable(vbr_option_find(set->scope, option));
}

/* The option that the kernel may have changed along with that of a setting. */
static void list_other(const struct set_many *set, const struct object *before,
		       const struct vbr_setting *setting,
		       struct vbr_setting *ret_old, size_t *count)
{
	struct vbr_setting old = { changed_also(set, setting), 0 };

	if (old.option &&
	    vbr_bridge_value(before->bridge, old.option, &old.value) == 0)
		ret_old[(*count)++] = old;
}

/* The old values of options that had others. Returns false if one of them cannot
 * be restored. */
static bool list_old(const struct set_many *set, const struct object *before,
		     const struct vbr_port_vlan *row,
		     struct vbr_setting *ret_old, size_t *ret_count)
{
	bool is_complete = true;

	*ret_count = 0;
	for (size_t i = 0; i < set->count; i++) {
		struct vbr_setting old = { set->settings[i].option, 0 };
		int rc = old_value(before, row, old.option, &old.value);

		if (rc < 0 && !is_zero(set, old.option, rc))
			is_complete = false;
		else if (old.value != set->settings[i].value)
			ret_old[(*ret_count)++] = old;
		list_other(set, before, &set->settings[i], ret_old, ret_count);
	}
	return is_complete;
}

/* Options depend on each other: the kernel takes them in some order. */
static bool set_in_turn(const struct set_many *set, const char *name,
			struct vbr_setting *settings, size_t count)
{
	struct set_many one = *set;
	size_t before;

	one.count = 1;
	do {
		before = count;
		count = 0;
		for (size_t i = 0; i < before; i++) {
			one.settings = &settings[i];
			if (set_one(&one, name) < 0)
				settings[count++] = settings[i];
		}
	} while (count > 0 && count < before);
	return count == 0;
}

/* "row": NULL for a bridge or a port. */
static bool restore(const struct set_many *set, const char *name,
		    const struct object *before,
		    const struct vbr_port_vlan *row,
		    const struct vbr_vids *vids)
{
	struct vbr_setting old[2 * VALUES_MAX];
	struct set_many back = *set;
	bool is_complete = list_old(set, before, row, old, &back.count);

	back.settings = old;
	back.vids = vids;
	/* In most cases the kernel accepts all at once. */
	return (back.count == 0 || set_one(&back, name) == 0 ||
		set_in_turn(&back, name, old, back.count)) &&
	       is_complete;
}

/* The VLANs of the change that are in a row. */
static bool restore_row(const struct set_many *set, const char *name,
			const struct object *before,
			const struct vbr_port_vlan *row)
{
	struct vbr_vids *vids;
	int vid = (int)vbr_port_vlan_first(row) - 1;
	bool is_any = false, is_restored = true;

	if (vbr_vids_new(&vids) < 0)
		return false;
	while ((vid = vbr_vids_next(set->vids, vid)) >= 0 &&
	       vid <= (int)vbr_port_vlan_last(row)) {
		vbr_vids_add(vids, (unsigned int)vid, (unsigned int)vid);
		is_any = true;
	}
	if (is_any)
		is_restored = restore(set, name, before, row, vids);
	vbr_vids_free(vids);
	return is_restored;
}

static bool restore_rows(const struct set_many *set, const char *name,
			 const struct object *before)
{
	const struct vbr_port_vlan *row;
	bool is_restored = true;

	for (size_t i = 0; (row = vbr_port_vlans_at(before->vlans, i)); i++)
		if (vbr_port_vlan_index(row) == before->index)
			is_restored &= restore_row(set, name, before, row);
	return is_restored;
}

static void undo(const struct set_many *set, const char *name,
		 const struct object *before)
{
	if (before->vlans ? restore_rows(set, name, before)
			  : restore(set, name, before, NULL, NULL))
		return;
	cli_bad_word(set->cli,
		     _("\"%s\" may have been changed, and could not be set "
		       "back"),
		     name);
}

/* --- change --------------------------------------------------------------- */

/* Each takes all objects in turn. */
enum phase { READ, CHANGE, CHECK, PHASES };

static void show_progress(const struct set_many *set,
			  const struct targets *targets, enum phase phase,
			  size_t done)
{
	cli_progress(set->cli, phase * targets->count + done,
		     PHASES * targets->count);
}

static int check_all(const struct set_many *set, const struct targets *targets,
		     const struct object *before)
{
	int status = EXIT_SUCCESS;

	for (size_t i = 0; i < targets->count; i++) {
		show_progress(set, targets, CHECK, i);
		status |= check_one(set, targets->names[i], &before[i],
				    targets->names[i]);
	}
	show_progress(set, targets, PHASES, 0);
	return status;
}

/* Reads all of them first, so that a name that does not exist changes
 * nothing. */
static int change_several(const struct set_many *set,
			  const struct targets *targets, struct object *before)
{
	size_t done = 0;

	for (size_t i = 0; i < targets->count; i++) {
		show_progress(set, targets, READ, i);
		if (read_one(set, targets->names[i], &before[i]) < 0)
			return cli_fail(set->cli);
	}
	while (done < targets->count && set_one(set, targets->names[done]) == 0)
		show_progress(set, targets, CHANGE, ++done);
	if (done == targets->count)
		return check_all(set, targets, before);
	cli_fail(set->cli);
	while (!set->cli->dry_run && done-- > 0)
		undo(set, targets->names[done], &before[done]);
	return EXIT_FAILURE;
}

/* For a test: what the library refuses of any object. */
static int check_settings(const struct set_many *set)
{
	for (size_t i = 0; i < set->count; i++) {
		const char *name = set->settings[i].option;

		if (!vbr_option_is_settable(vbr_option_find(set->scope, name)))
			return cli_bad_word(set->cli, _("%s can only be read"),
					    name);
		for (size_t k = 0; k < i; k++)
			if (strcmp(set->settings[k].option, name) == 0)
				return cli_bad_word(set->cli,
						    _("\"%s\" is given twice"),
						    name);
	}
	return EXIT_SUCCESS;
}

static int change_one(const struct set_many *set, const char *name)
{
	struct object before = { 0 };
	int status;

	/* If it cannot be read, the change says why. */
	if (may_change_others(set) && !set->cli->dry_run)
		read_one(set, name, &before);
	status = set_one(set, name) < 0 ? cli_fail(set->cli)
					: check_one(set, name, &before, NULL);
	drop(&before);
	return status;
}

int set_targets(const struct set_many *set, const struct targets *targets)
{
	struct object *before;
	int status;

	if (cli_is_test(set->cli))
		return check_settings(set);
	if (!targets->is_several)
		return change_one(set, targets->names[0]);
	before = calloc(targets->count, sizeof(*before));
	if (!before) {
		cli_message(set->cli, "%s", cli_strerror(ENOMEM));
		return EXIT_FAILURE;
	}
	status = change_several(set, targets, before);
	for (size_t i = 0; i < targets->count; i++)
		drop(&before[i]);
	free(before);
	return status;
}
