/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The part of brctl(8) that lists the kernel's options, from the library's
 * table. It is run when the page is made; a tarball has the page. */

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "vbridge.h"

static const char *const titles[] = {
	[VBR_SCOPE_BRIDGE] = "Of a bridge",
	[VBR_SCOPE_PORT] = "Of a port",
	[VBR_SCOPE_PORT_VLAN] = "Of a VLAN of a port",
	[VBR_SCOPE_BRIDGE_VLAN] = "Of a VLAN of a bridge",
	[VBR_SCOPE_VLAN] = "Of a VLAN device",
};

/* Those that commands set stand first. */
static const enum vbr_scope scopes[] = {
	VBR_SCOPE_BRIDGE,      VBR_SCOPE_PORT, VBR_SCOPE_PORT_VLAN,
	VBR_SCOPE_BRIDGE_VLAN, VBR_SCOPE_VLAN,
};

static const char *const units[] = {
	[VBR_OPTION_NUMBER] = "a number",
	[VBR_OPTION_BOOL] = "on or off",
	[VBR_OPTION_TICKS] = "seconds",
	[VBR_OPTION_BRIDGE_ID] = "a bridge's id",
	[VBR_OPTION_MAC] = "a MAC address",
	[VBR_OPTION_MASK] = "a set of bits",
	[VBR_OPTION_ENUM] = "one of: ",
	[VBR_OPTION_PROTOCOL] = "802.1Q or 802.1ad",
	[VBR_OPTION_DEVICE] = "a device, or nothing",
	[VBR_OPTION_IP] = "an address",
	[VBR_OPTION_MAP] = "pairs of numbers",
	[VBR_OPTION_ACTION] = "on does it",
};

/* Of what can be set, and is counted or measured. */
static bool has_range(const struct vbr_option *option)
{
	switch (vbr_option_type(option)) {
	case VBR_OPTION_NUMBER:
	case VBR_OPTION_TICKS:
	case VBR_OPTION_MAC:
	case VBR_OPTION_MASK:
		return vbr_option_is_settable(option);
	default:
		return false;
	}
}

/* No unit that has a range needs a context to be written. */
static void print_value(const struct vbr_option *option)
{
	const char *words = vbr_option_words(option);
	char min[VBR_OPTION_TEXT_SIZE], max[VBR_OPTION_TEXT_SIZE];

	fputs(units[vbr_option_type(option)], stdout);
	if (words)
		printf("%s%s", has_range(option) ? ", or one of: " : "", words);
	if (!has_range(option))
		return;
	vbr_option_format(NULL, option, vbr_option_min(option), min,
			  sizeof(min));
	vbr_option_format(NULL, option, vbr_option_max(option), max,
			  sizeof(max));
	printf("%s %s to %s", words ? ";" : ",", min, max);
}

static const char *access_of(const struct vbr_option *option)
{
	if (!vbr_option_is_settable(option))
		return "read only; ";
	return vbr_option_is_readable(option) ? "" : "set only; ";
}

/* \& keeps three dots from being a request to the formatter. */
static void print_option(const struct vbr_option *option)
{
	const char *alias = vbr_option_alias(option);

	printf(".It Cm %s\n", vbr_option_name(option));
	printf("\\&%s\n", vbr_option_help(option));
	puts(".br");
	fputs("\\&(", stdout);
	print_value(option);
	printf("; %ssince Linux %s", access_of(option),
	       vbr_option_since(option));
	if (alias)
		printf("; also\n.Cm %s )\n", alias);
	else
		puts(")");
}

int main(void)
{
	const struct vbr_option *option;

	for (size_t k = 0; k < sizeof(scopes) / sizeof(scopes[0]); k++) {
		printf(".Ss %s\n.Bl -tag -width Ds\n", titles[scopes[k]]);
		for (size_t i = 0; (option = vbr_option_at(scopes[k], i)); i++)
			print_option(option);
		puts(".El");
	}
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
