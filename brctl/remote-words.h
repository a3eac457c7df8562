/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Words about destinations of VXLAN devices, for FDB entries and multicast
 * groups. */

#ifndef VBR_BRCTL_REMOTE_WORDS_H
#define VBR_BRCTL_REMOTE_WORDS_H

#include <stdbool.h>

#include "vbridge.h"

struct args;
struct cli;
struct json;

/* Whether it is such a word: then its value is the next one. */
bool remote_words_has(const char *word);
/* Takes the value of such a word. Returns the status. */
int remote_words_take(struct args *args, const char *word,
		      struct vbr_remote *remote);

/* Prints a destination in these words; "before" precedes the first one. */
void remote_words_print(const struct cli *cli, const struct vbr_remote *remote,
			char before);
/* As members of an object; the UDP port is "dst_port" there. */
void remote_words_put(const struct cli *cli, struct json *object,
		      const struct vbr_remote *remote);

#endif
