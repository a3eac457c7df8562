/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * The bridges or ports that an argument names: one, several that are separated
 * by commas, or "all". A device whose name is exactly the argument comes first.
 */

#ifndef VBR_BRCTL_TARGETS_H
#define VBR_BRCTL_TARGETS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/list.h"

struct call;
struct json_list;

struct targets {
	size_t count;
	char *const *names;
	bool is_several; /* named as a list or by "all" */
	struct list list;
};

/* Whether an argument names several, and not one device. */
bool names_several(const struct cli *cli, const char *word);

/*
 * The argument "all" may result in an empty list. In a list, a device that is
 * named twice is refused, but not a name that no device has. *argument stays in
 * use. Free with targets_drop(). Return the status.
 */
int targets_take_bridges(const struct cli *cli, char *const *argument,
			 struct targets *ret_targets);
int targets_take_members(const struct cli *cli, const char *bridge,
			 char *const *argument, struct targets *ret_targets);

/* The same for devices that may not exist; "all" is a name like others. */
int targets_take_devices(const struct cli *cli, char *const *argument,
			 struct targets *ret_targets);

/*
 * The functions with which a command shows one bridge, or all of them: "bridge"
 * is then NULL.
 */
struct show {
	void *view;
	int (*read)(void *view, const char *bridge); /* 0 or negative errno */
	/* Text, or items of a list; return the status. */
	int (*print)(void *view);
	int (*put)(void *view, struct json_list *list);
	void (*drop)(void *view); /* after each bridge, whether read or not */
};

/* Shows the bridges of the optional first argument, without it all. Returns the
 * status. */
int targets_show(struct cli *cli, const struct call *call,
		 const struct show *show);

/* For changes: refuses an empty "all", and a name that does not exist. */
int targets_check_bridges(const struct cli *cli, const struct targets *bridges);
int targets_check_members(const struct cli *cli, const char *bridge,
			  const struct targets *members);

void targets_drop(struct targets *targets);

#endif
