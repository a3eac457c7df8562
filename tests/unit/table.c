/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The option table: it has the attributes of the kernel, and its rows are
 * complete. */

#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "unit/attrs.h"
#include "unit/options.h"
#include "wire/message.h"

static void table_is_the_kernels(void **state)
{
	size_t count = 0;

	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		const struct known_option *known = &known_options[i];
		const struct vbr_option *row = known_row(known);

		check(row->attr == known->attr && row->nest == known->nest,
		      "%s is attribute %d in %d", known->name, row->attr,
		      row->nest);
		check(!(row->access & OPTION_WRITE) == !known->settable, "%s",
		      known->name);
		check(known->form != BIT || row->bit == known->bit, "%s",
		      known->name);
	}
	for (int scope = 0; scope < SCOPES; scope++)
		count += option_table((enum vbr_scope)scope)->count;
	assert_int_equal(count, known_count);
}

/* The name of the attribute at these bytes; attributes in a nest excepted. */
static void attributes_have_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		const struct known_option *known = &known_options[i];
		uint32_t bits[2] = { 0, UINT32_C(1) << known->bit };
		char bytes[64] = { 0 };
		struct nlmsghdr *msg = put_header(bytes);

		put_attr(msg, known->attr,
			 known->form == BIT ? sizeof(bits) : 0, bits);
		check(known->nest ||
			      option_of_attr(known->scope, nlmsg_data(msg)) ==
				      known_row(known),
		      "attribute %d is not %s", known->attr, known->name);
	}
}

/* "4.4", or "2.6.25" for kernels before 3.0. */
static bool is_version(const char *text)
{
	unsigned int a, b, c;
	char rest;

	return sscanf(text, "%u.%u%c", &a, &b, &rest) == 2 ||
	       sscanf(text, "2.%u.%u%c", &b, &c, &rest) == 2;
}

#define ENDS(array) (memchr((array), '\0', sizeof(array)) != NULL)

static size_t count_words(const char *words)
{
	size_t count = *words != '\0';

	for (; *words; words++)
		count += *words == ' ';
	return count;
}

/* The texts are arrays in the row: a text that is too long would have no NUL,
 * and of two rows with the same name one could not be found. */
static void well_formed(const struct vbr_option *row)
{
	check(ENDS(row->name), "%.36s is cut", row->name);
	check(ENDS(row->alias) && ENDS(row->help) && ENDS(row->since) &&
		      ENDS(row->words) && ENDS(row->also),
	      "a text of %s is cut", row->name);
	check(row->name[0] != '\0' &&
		      row->name[strspn(row->name,
				       "abcdefghijklmnopqrstuvwxyz_0468")] ==
			      '\0',
	      "\"%s\"", row->name);
	check(strlen(row->help) > 10, "%s has no help", row->name);
	check(is_version(row->since), "%s is since \"%s\"", row->name,
	      row->since);
	check(row->access != 0, "%s", row->name);
	check(row->min <= row->max, "%s", row->name);
	check(row->max <= option_wire_max(row), "%s", row->name);
	check(row->type != VBR_OPTION_BOOL || row->max == 1, "%s", row->name);
	check((row->type == VBR_OPTION_BRIDGE_ID) ==
		      (row->wire == WIRE_BRIDGE_ID),
	      "%s", row->name);
	check((row->type == VBR_OPTION_ACTION) == (row->wire == WIRE_FLAG),
	      "%s", row->name);
	check((row->type == VBR_OPTION_MAP) == (row->wire == WIRE_MAP), "%s",
	      row->name);
	if (row->type == VBR_OPTION_NUMBER)
		check(count_words(row->words) <= row->max + 1, "%s", row->name);
	else
		check(count_words(row->words) ==
			      (row->type == VBR_OPTION_ENUM ? row->max + 1 : 0),
		      "%s", row->name);
}

static bool same_attr(const struct vbr_option *a, const struct vbr_option *b)
{
	return a->attr == b->attr && a->nest == b->nest &&
	       (a->wire != WIRE_BIT || a->bit == b->bit);
}

static void rows_are_well_formed(void **state)
{
	(void)state;
	for (int scope = 0; scope < SCOPES; scope++) {
		const struct option_table *table = option_table(
			(enum vbr_scope)scope);
		const struct vbr_option *rows = table->rows;

		for (size_t i = 0; i < table->count; i++) {
			well_formed(&rows[i]);
			check(option_find((enum vbr_scope)scope,
					  rows[i].alias) ==
				      (rows[i].alias[0] ? &rows[i] : NULL),
			      "%s is not %s", rows[i].alias, rows[i].name);
			check(!rows[i].also[0] ||
				      option_find((enum vbr_scope)scope,
						  rows[i].also),
			      "%s changes %s, which does not exist",
			      rows[i].name, rows[i].also);
			for (size_t k = 0; k < i; k++) {
				check(strcmp(rows[i].name, rows[k].name) != 0,
				      "two of %s", rows[i].name);
				check(!same_attr(&rows[i], &rows[k]),
				      "%s and %s are one attribute",
				      rows[i].name, rows[k].name);
			}
		}
	}
}

/* By the name in the row itself, and by a copy of the name. */
static void found(void **state)
{
	(void)state;
	for (int scope = 0; scope < SCOPES; scope++) {
		const struct option_table *table = option_table(
			(enum vbr_scope)scope);

		for (size_t i = 0; i < table->count; i++) {
			const struct vbr_option *row = &table->rows[i];
			char copy[sizeof(row->name)];

			strcpy(copy, row->name);
			check(option_find((enum vbr_scope)scope, row->name) ==
					      row &&
				      option_find((enum vbr_scope)scope,
						  copy) == row,
			      "%s is not found", copy);
		}
	}
	/* A name from a row of another scope is compared as text. */
	assert_ptr_equal(
		option_find(VBR_SCOPE_BRIDGE,
			    option_find(VBR_SCOPE_PORT, "priority")->name),
		option_find(VBR_SCOPE_BRIDGE, "priority"));
	assert_null(option_find(VBR_SCOPE_BRIDGE,
				option_find(VBR_SCOPE_PORT, "isolated")->name));
}

static void unknown(void **state)
{
	(void)state;
	/* Pointers into a row, but not to its name. */
	assert_null(option_find(VBR_SCOPE_PORT,
				option_find(VBR_SCOPE_PORT, "isolated")->help));
	assert_null(
		option_find(VBR_SCOPE_PORT,
			    option_find(VBR_SCOPE_PORT, "state")->name + 1));
	assert_null(option_find(VBR_SCOPE_BRIDGE, "path_cost"));
	assert_null(option_find(VBR_SCOPE_PORT, "max_age"));
	assert_null(option_find(VBR_SCOPE_BRIDGE, ""));
	assert_null(option_find(VBR_SCOPE_BRIDGE, "forward_dela"));
	assert_null(option_find(VBR_SCOPE_BRIDGE, "forward_delayy"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("the table has exactly the kernel's attributes",
		     table_is_the_kernels),
		TEST("each attribute has the name of its option",
		     attributes_have_names),
		TEST("each row is complete, and unique in its scope",
		     rows_are_well_formed),
		TEST("each row is found by its name", found),
		TEST("other names are not found", unknown),
	};

	return run_all(tests);
}
