/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The words of the commands about multicast groups. */

#ifndef VBR_BRCTL_GROUP_WORDS_H
#define VBR_BRCTL_GROUP_WORDS_H

#include "cli/list.h"
#include "commands.h"
#include "vbridge.h"

struct args;

/* A membership in a multicast group. Its VLAN is in "with"; 0: all of the
 * member's. */
struct membership {
	const char *bridge, *member, *group;
	struct vbr_new_group with;
	struct vbr_remote remote;
	struct list sources; /* the memory of with.sources */
};

/* The words that a command accepts. */
enum group_command { GROUP_ADD, GROUP_DEL, GROUP_GET, GROUP_FLUSH };

/* The values of words that are not part of a membership. */
struct group_words {
	const struct cli *cli;
	enum group_command command;
	struct membership *membership;
	char *const *port; /* flushgroups: the argument; NULL: none */
	unsigned int flags, flags_mask; /* flushgroups */
};

/* Takes all words. Returns the status. Free with membership_drop(). */
int group_words_take(struct args *args, struct group_words *words);
void membership_drop(struct membership *membership);

#endif
