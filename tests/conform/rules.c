/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * The decided differences: where the reference does what nobody asked for,
 * or says less than it could, and ours does not follow. Nothing else may
 * differ. brctl(8) lists them for users.
 */
#include <string.h>

#include "conform.h"

static const struct {
	const char *id;
	const char *why;
} rule[] = {
	{ "name-too-long", "a name of more than 15 bytes is not cut short" },
	{ "name-is-path", "a name with slashes is not a path below /sys" },
	{ "number-garbage", "a number that ends in garbage is no number" },
	{ "number-range", "a number out of range is not cut to its low bits" },
	{ "negative", "-5 is a number out of range and not the option 5" },
	{ "time-range", "a time too long for the kernel is not wrapped" },
	{ "time-shown", "a long time is not shown as a negative one" },
	{ "port-above-255", "a port's number is not cut to its low byte" },
	{ "wrong-bridge", "a port's setting needs the name of its bridge" },
	{ "control-bytes", "a name holds no control bytes, nor shows them" },
	{ "hint", "a word that is nearly a command is named" },
	{ "ignored", "words that the classic ignores are named on stderr" },
	{ "explained", "what an errno means is said in lines of ours" },
	{ "help", "--help lists the new commands and options too" },
	{ "options", "-j, -n and -s are options" },
	{ "version", "--version names the program that runs" },
	{ "private-ioctl", "what is no bridge gets no bridge's request" },
	{ "permission", "a missing privilege is named" },
	{ "no-sysfs", "the namespace is right without a sysfs mount" },
	{ "showmacs-order", "rows of one MAC stand by port, then by VLAN" },
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

/* One test a rule: a difference that no step shows is not decided. */
/* A part of the fixed set need not show every difference. */
void rules_report(void)
{
	struct text name = { 0 };

	for (size_t i = 0; i < RULES; i++) {
		if (needy && !used[i])
			continue;
		name.len = 0;
		text_printf(&name, "the decided difference %s was seen: %s",
			    rule[i].id, rule[i].why);
		if (!used[i] && skipped[i])
			tap_skip(name.data, "its tests were skipped");
		else
			tap_result(used[i], name.data, NULL);
	}
	text_free(&name);
}
