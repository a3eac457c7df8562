/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Fuzzes functions that parse text: those of the library, and the command line
 * parser of the tools. The first byte selects an option. */

#include "unit/unit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/suggest.h"
#include "cli/values.h"
#include "cli/vids.h"
#include "fuzz/fuzz.h"
#include "fuzz/kernel.h"
#include "fuzz/touch.h"

static void parse_vids(const char *text)
{
	struct vbr_vids *vids = UNTOUCHED;
	int rc = vbr_vids_parse(text, &vids), vid = -1, last = -1;
	char sentence[VBR_ERROR_TEXT_SIZE];

	check((vids == UNTOUCHED) == (rc < 0), "%d, and an output", rc);
	check(rc == 0 || rc == -EINVAL || rc == -ERANGE, "%d", rc);
	check(vbr_vids_parse_error(text, rc, sentence, sizeof(sentence)) <
		      sizeof(sentence),
	      "%s", sentence);
	if (rc < 0)
		return;
	while ((vid = vbr_vids_next(vids, vid)) >= 0) {
		check(vid > last && vid <= 4094, "%d after %d", vid, last);
		last = vid;
	}
	check(last >= 0, "an empty set");
	vbr_vids_free(vids);
}

static void parse_numbers(const char *text)
{
	static const uint64_t limits[] = { 0, 1, 255, 4094, UINT64_MAX };
	uint64_t number;
	bool on;

	for (size_t i = 0; i < COUNT(limits); i++)
		if (vbr_parse_number(text, limits[i], &number) == 0)
			check(number <= limits[i], "%s", text);
	vbr_parse_switch(text, &on);
}

static void parse_mac(const char *text)
{
	char again[VBR_MAC_TEXT_SIZE];
	uint8_t mac[6], same[6];

	if (vbr_parse_mac(text, mac) < 0)
		return;
	vbr_format_mac(mac, again);
	check(vbr_parse_mac(again, same) == 0 && memcmp(mac, same, 6) == 0,
	      "%s becomes %s", text, again);
}

/* With buffers of any size, also too small ones. */
static void format_name(const char *text)
{
	size_t wanted = vbr_format_name(text, NULL, 0);

	for (size_t size = 1; size <= wanted + 1 && size < 80; size++) {
		char *room = malloc(size);

		check(vbr_format_name(text, room, size) == wanted &&
			      strlen(room) < size,
		      "%zu of %zu bytes", size, wanted);
		free(room);
	}
}

/* --- options -------------------------------------------------------------- */

static const struct vbr_option *find_option(unsigned int number)
{
	const struct vbr_option *option;

	for (int scope = VBR_SCOPE_BRIDGE; scope <= VBR_SCOPE_BRIDGE_VLAN;
	     scope++)
		for (size_t i = 0;
		     (option = vbr_option_at((enum vbr_scope)scope, i)); i++)
			if (number-- == 0)
				return option;
	return NULL;
}

/* Formatted values can be parsed again. */
static void parse_option(struct vbr_ctx *ctx, const struct vbr_option *option,
			 const char *text)
{
	char again[VBR_OPTION_TEXT_SIZE];
	uint64_t value, same;

	if (touch_failed(ctx, vbr_option_parse(ctx, option, text, &value)))
		return;
	check(vbr_option_format(ctx, option, value, again, sizeof(again)) == 0,
	      "%s=%s", vbr_option_name(option), text);
	check(vbr_option_parse(ctx, option, again, &same) == 0 && same == value,
	      "%s=%s becomes %s", vbr_option_name(option), text, again);
	check(vbr_option_parse_truncated(ctx, option, text, &same) == 0 &&
		      same <= value,
	      "%s=%s is less", vbr_option_name(option), text);
}

/* --- command lines -------------------------------------------------------- */

static const char *name_at(size_t i)
{
	static const char *const names[] = { "addbr", "addif", "delbr",
					     "showmacs" };

	return i < COUNT(names) ? names[i] : NULL;
}

static void take_words(const struct cli *cli, const char *text)
{
	struct vbr_setting settings[2];
	char *copy = strdup(text), *words[2] = { copy };
	struct vbr_vids *vids;
	unsigned int vid;

	if (!copy)
		return;
	words[1] = strchr(copy, ' ');
	if (words[1])
		*words[1]++ = '\0';
	for (int scope = VBR_SCOPE_BRIDGE; scope <= VBR_SCOPE_BRIDGE_VLAN;
	     scope++)
		values_parse(cli, (enum vbr_scope)scope, words,
			     words[1] ? 2 : 1, settings);
	check(strncmp(copy, text, strlen(copy)) == 0, "the words changed");
	suggest_command(copy, words[1], name_at);
	suggest_is_near(copy, "showmacs");
	if (vids_take(cli, copy, &vids) == EXIT_SUCCESS) {
		check(vids_number(vids), "an empty set");
		vbr_vids_free(vids);
	}
	if (vids_take_one(cli, copy, &vid) == EXIT_SUCCESS)
		check(vid >= 1 && vid <= 4094, "%u", vid);
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct vbr_option *option = size ? find_option(bytes[0]) : NULL;
	struct kernel kernel;
	struct cli cli = { .tool = "fuzz" };
	char *text;

	if (!option)
		return 0;
	text = strndup((const char *)bytes + 1, size - 1);
	cli.ctx = kernel_new(&kernel, NULL, 0);
	parse_vids(text);
	parse_numbers(text);
	parse_mac(text);
	format_name(text);
	parse_option(cli.ctx, option, text);
	take_words(&cli, text);
	vbr_ctx_unref(cli.ctx);
	free(text);
	return 0;
}
