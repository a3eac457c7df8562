/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Values of a JSON file with their paths, and the lines that are made from
 * them.
 */

#ifndef VBR_BRCTL_LINES_H
#define VBR_BRCTL_LINES_H

#include <stdbool.h>
#include <stdio.h>

#include "cli/json-read.h"

struct cli;

struct lines {
	const struct cli *cli;
	const char *file;
	FILE *out;
	bool has_failed; /* after a message */
};

/* A value: a field of an object, or an element of a list. */
struct node {
	const struct node *in; /* NULL: the document */
	const char *field;
	long at; /* in a list; -1: in an object */
	const struct json *json;
};

/* A field that an object may have, and the kinds of its value, of enum
 * json_kind. A table ends with a field without a name. */
struct field {
	const char *name;
	unsigned int kinds;
};

/* Reports what is wrong with a value, after its path. */
void lines_refuse(struct lines *lines, const struct node *node,
		  const char *format, const char *word)
	__attribute__((format(printf, 3, 0)));

/* Checks the fields of an object: the first one of the table must be there. */
void lines_check(struct lines *lines, const struct node *node,
		 const struct field *fields);

/*
 * The same; with "absent": true, of another table. Returns whether the object
 * has "absent": true, which means that its subject must not exist.
 */
bool lines_check_presence(struct lines *lines, const struct node *node,
			  const struct field *fields,
			  const struct field *absent);

/* Checks the name of an option, and the kind of its value. Returns whether it has
 * failed. */
int lines_check_option(struct lines *lines, const struct node *node);

/* The field of an object; "json" is NULL if it has none. */
struct node node_field(const struct node *object, const char *field);
struct node node_item(const struct node *list, size_t i);
bool node_is_true(const struct node *object, const char *field);

/* A line: the command with its words, each quoted for a shell. */
void lines_begin(struct lines *lines, const struct node *node, const char *tool,
		 const char *command);
void lines_word(struct lines *lines, const char *word);
/* A word NAME=VALUE; the name needs no quotes. */
void lines_setting(struct lines *lines, const char *name, const char *value);
/* The value of a field, after its name if there is one; nothing without the
 * field. */
void lines_value(struct lines *lines, const char *name, struct node node);
void lines_end(struct lines *lines);

#endif
