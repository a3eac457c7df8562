/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Findings, and how rules report them. */

#ifndef VBR_CHECK_FINDINGS_H
#define VBR_CHECK_FINDINGS_H

#include "base/arena.h"
#include "check/view.h"
#include "config/text.h"
#include "vbridge.h"

struct vbr_finding {
	const struct vbr_rule *rule;
	enum vbr_severity severity;
	const char *bridge, *port; /* names; NULL: none */
	unsigned int vlan;
	const char *what, *why;
	const char **fixes;
	size_t fix_count, fix_room;
};

struct vbr_findings {
	struct vbr_finding *rows;
	size_t count, room;
	struct text skipped;
	const struct vbr_rule *skipped_rule; /* the last one */
	struct arena arena;
};

/* A name that is safe in sentences. */
const char *check_name(struct check *check, const char *name);

/* Any other text from the kernel, safe in sentences. */
const char *check_text(struct check *check, const char *text);

/* Begins a finding of the current rule. "port": NULL: none. */
void finding_begin(struct check *check, enum vbr_severity severity,
		   const struct bridge_view *bridge,
		   const struct port_view *port);

/* Sets the sentence of the last finding and its effect, both translated. */
void finding_what(struct check *check, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void finding_why(struct check *check, const char *why);
void finding_vlan(struct check *check, unsigned int vlan);

/* Adds a command that repairs it: words up to NULL. */
void finding_fix(struct check *check, const char *tool, const char *command,
		 ...) __attribute__((sentinel));
/* The same, from a line of text_begin(), which it drops. */
void finding_fix_line(struct check *check, struct text *line);

/*
 * Notes that the current rule could not check, and the reason, which is
 * translated.
 */
void check_skip(struct check *check, const char *why);

/* A number as a word of a command. */
#define NUMBER_SIZE 24
const char *number_word(char room[NUMBER_SIZE], uint64_t number);

/* Formats an address with its prefix length, as a word of a command. */
#define PREFIX_SIZE (ADDRESS_TEXT_SIZE + 4)
const char *address_word(char room[PREFIX_SIZE],
			 const struct ip_address *address);

#endif
