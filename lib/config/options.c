/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Writes the options whose values differ from those of a new bridge, port or
 * VLAN.
 */

#include "config.h"

#include "config/options.h"

#include <stdio.h>
#include <string.h>

bool save_is_limit(const char *option)
{
	return strcmp(option, "mcast_max_groups") == 0;
}

static int value_of(const struct save_options *options, const char *name,
		    uint64_t *ret_value)
{
	switch (options->scope) {
	case VBR_SCOPE_BRIDGE:
		return vbr_bridge_value(options->object, name, ret_value);
	case VBR_SCOPE_PORT:
		return vbr_port_value(options->object, name, ret_value);
	default:
		return vbr_port_vlan_value(options->object, name, ret_value);
	}
}

/*
 * In the form that "set" accepts: stp_state reads 2 if a program runs STP, but
 * is set as 1.
 */
static int text_of(struct save *save, const struct save_options *options,
		   const struct vbr_option *option, char *ret_text)
{
	const char *name = vbr_option_name(option);
	uint64_t value;

	if (strcmp(name, "stp_state") == 0 &&
	    value_of(options, name, &value) == 0 &&
	    value > vbr_option_max(option))
		return vbr_option_format(save->ctx, option,
					 vbr_option_max(option), ret_text,
					 VBR_OPTION_TEXT_SIZE);
	switch (options->scope) {
	case VBR_SCOPE_BRIDGE:
		return vbr_bridge_text(save->ctx, options->object, name,
				       ret_text, VBR_OPTION_TEXT_SIZE);
	case VBR_SCOPE_PORT:
		return vbr_port_text(save->ctx, options->object, name, ret_text,
				     VBR_OPTION_TEXT_SIZE);
	default:
		return vbr_port_vlan_text(save->ctx, options->object, name,
					  ret_text, VBR_OPTION_TEXT_SIZE);
	}
}

/* A bridge of a provider (802.1ad) has another group_addr to begin with. */
#define PROVIDER_GROUP UINT64_C(0x0180c2000008)

static bool is_of_provider(const struct vbr_bridge *bridge)
{
	return save_bridge_number(bridge, "vlan_filtering") &&
	       save_bridge_number(bridge, "vlan_protocol") == VBR_VLAN_8021AD;
}

static bool find_initial(const struct save_options *options,
			 const struct vbr_option *option, uint64_t *ret_value)
{
	if (!vbr_option_initial(option, ret_value))
		return false;
	if (options->scope == VBR_SCOPE_BRIDGE &&
	    strcmp(vbr_option_name(option), "group_addr") == 0 &&
	    is_of_provider(options->object))
		*ret_value = PROVIDER_GROUP;
	return true;
}

/* The kernel rounds times down to its own timer, also those of a new object. */
static bool is_initial(const struct save_options *options,
		       const struct vbr_option *option, uint64_t value)
{
	uint64_t initial;

	if (!find_initial(options, option, &initial))
		return false;
	if (vbr_option_type(option) == VBR_OPTION_TICKS && value + 1 == initial)
		return true;
	return value == initial;
}

/*
 * Whether the kernel has the option, with another value than in a new object.
 */
static bool is_other(const struct save_options *options,
		     const struct vbr_option *option)
{
	const char *name = vbr_option_name(option);
	uint64_t value;

	if (!vbr_option_is_settable(option) || !vbr_option_is_readable(option))
		return false;
	if (options->is_wanted && !options->is_wanted(name))
		return false;
	if (value_of(options, name, &value) < 0)
		return false;
	return !is_initial(options, option, value);
}

/* Names of devices are values, too, and may need quotes. */
static void put_option(struct save *save, const char *name, const char *value)
{
	char word[2 * VBR_OPTION_TEXT_SIZE];

	snprintf(word, sizeof(word), "%s=%s", name, value);
	text_word(&save->text, word);
}

int save_put_options(struct save *save, const struct save_options *options,
		     const char *command, const char *bridge,
		     const char *member, const char *vids)
{
	char text[VBR_OPTION_TEXT_SIZE];
	const struct vbr_option *option;
	bool is_empty = true;

	for (size_t i = 0; (option = vbr_option_at(options->scope, i)); i++) {
		const char *name = vbr_option_name(option);
		int rc;

		if (!is_other(options, option))
			continue;
		rc = text_of(save, options, option, text);
		if (rc < 0)
			return rc;
		if (is_empty)
			text_begin(&save->text, "brctl", command, bridge,
				   member, vids, NULL);
		put_option(save, name, text);
		is_empty = false;
	}
	if (!is_empty)
		text_end(&save->text);
	return 0;
}
