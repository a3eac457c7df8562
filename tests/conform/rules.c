/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * The intended differences: cases in which the reference does something
 * unwanted, or says too little, and ours differs. Nothing else may differ.
 * brctl(8) lists them for users.
 */
#include <string.h>

#include "conform.h"

static const struct {
	const char *id;
	const char *why;
} rule[] = {
	{ "name-too-long", "a name of more than 15 bytes is not truncated" },
	{ "name-is-path", "a name with slashes is not a path below /sys" },
	{ "number-garbage", "a number with other characters is invalid" },
	{ "number-range", "a number out of range is not truncated" },
	{ "negative", "-5 is a number out of range and not the option 5" },
	{ "time-range", "a time too long for the kernel does not overflow" },
	{ "time-shown", "a long time is not shown as a negative one" },
	{ "port-above-255", "a port number is not truncated to its low byte" },
	{ "wrong-bridge", "a port's setting needs the name of its bridge" },
	{ "control-bytes", "names have no control characters" },
	{ "hint", "similar commands are suggested" },
	{ "ignored", "words that the reference ignores are reported" },
	{ "explained", "additional lines explain an errno" },
	{ "help", "--help lists the new commands and options, too" },
	{ "options", "-j, -n and -s are options" },
	{ "version", "--version names the program" },
	{ "private-ioctl", "bridge requests are not sent to other devices" },
	{ "permission", "a missing privilege is explained" },
	{ "no-sysfs", "no sysfs mount is needed for the right namespace" },
	{ "showmacs-order", "rows of one MAC are sorted by port, then VLAN" },
};

#define RULES (sizeof(rule) / sizeof(*rule))

static bool used[RULES], skipped[RULES];

static size_t rule_find(const char *id)
{
	size_t i;

	for (i = 0; i < RULES; i++)
		if (!strcmp(rule[i].id, id))
			break;
	return i;
}

bool rule_known(const char *id)
{
	return rule_find(id) < RULES;
}

void rule_used(const char *id)
{
	used[rule_find(id)] = true;
}

void rule_skipped(const char *id)
{
	skipped[rule_find(id)] = true;
}

/* One test for each rule: a difference that no step shows must be removed. */
/* Only a part of the fixed tests runs, which need not show all differences. */
void rules_report(void)
{
	struct text name = { 0 };

	for (size_t i = 0; i < RULES; i++) {
		if (needy && !used[i])
			continue;
		name.len = 0;
		text_printf(&name, "the intended difference %s exists: %s",
			    rule[i].id, rule[i].why);
		if (!used[i] && skipped[i])
			tap_skip(name.data, "its tests were skipped");
		else
			tap_result(used[i], name.data, NULL);
	}
	text_free(&name);
}
