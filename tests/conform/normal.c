/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Running timers in the output of the tools. Both twins never read a timer at
 * the same moment, so two values that are nearly the same are replaced by a
 * word. Fields of different widths, timers that run in one twin only, and very
 * different values stay, and fail the comparison.
 */
#include <stdlib.h>
#include <string.h>

#include "conform.h"

enum { WIDTH = 7, NEAR = 200 };

struct field {
	char *at;
	size_t width;
	long value; /* in 1/100 s */
};

/* For example " 15.00": at least seven bytes of blanks, digits, a dot, two
 * digits. */
static bool field_parse(char *at, struct field *ret_field)
{
	size_t blanks = strspn(at, " ");
	size_t whole = strspn(at + blanks, "0123456789");
	size_t width = blanks + whole + 3;
	char *dot = at + blanks + whole;

	if (!whole || *dot != '.' || strspn(dot + 1, "0123456789") != 2 ||
	    width < WIDTH || (blanks && width > WIDTH))
		return false;
	*ret_field = (struct field){
		.at = at,
		.width = width,
		.value = strtol(at, NULL, 10) * 100 + strtol(dot + 1, NULL, 10),
	};
	return true;
}

/* The value after "timer" and tabs in showstp. */
static bool next_timer(char **at, struct field *ret_field)
{
	while ((*at = strstr(*at, "timer\t"))) {
		*at += strlen("timer");
		*at += strspn(*at, "\t");
		if (field_parse(*at, ret_field))
			return true;
	}
	return false;
}

/* The last column of showmacs for entries that are not local. */
static bool next_age(char **at, struct field *ret_field)
{
	while ((*at = strstr(*at, "\tno\t\t"))) {
		*at += strlen("\tno\t\t");
		if (field_parse(*at, ret_field))
			return true;
	}
	return false;
}

static void pair(struct field *a, struct field *b, long skew)
{
	if (!a->value || !b->value || labs(a->value - b->value) > NEAR + skew)
		return;
	if (a->width != b->width)
		return;
	memset(a->at, ')', a->width);
	memset(b->at, ')', b->width);
	memcpy(a->at, "(timer", WIDTH - 1);
	memcpy(b->at, "(timer", WIDTH - 1);
}

/* On a busy machine, the twins are delayed, and timers differ by "skew_ms"
 * more. */
void normal_pair(const char *verb, long skew_ms, struct text *a, struct text *b)
{
	bool (*next)(char **at, struct field *ret_field);
	char *in_a = a->data, *in_b = b->data;
	struct field field_a, field_b;

	if (!verb)
		return;
	if (!strcmp(verb, "showstp"))
		next = next_timer;
	else if (!strcmp(verb, "showmacs"))
		next = next_age;
	else
		return;
	while (next(&in_a, &field_a) && next(&in_b, &field_b))
		pair(&field_a, &field_b, skew_ms / 10);
}
