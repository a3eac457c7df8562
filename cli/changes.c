/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Compares the options of an object: with what was set, or with earlier
 * ones. */

#include "config.h"

#include "cli/changes.h"

#include <errno.h>
#include <stdlib.h>

#include "cli/cli.h"

/* The kernel omits some options that can be set while they are 0. */
static bool get_value(const struct values *values,
		      const struct vbr_option *option, uint64_t *ret_value)
{
	int rc = values_get(values, option, ret_value);

	if (rc == -ENODATA && vbr_option_is_settable(option)) {
		*ret_value = 0;
		return true;
	}
	return rc == 0;
}

/* --- what was set --------------------------------------------------------- */

static bool is_in_range(const struct vbr_option *option, uint64_t value)
{
	return value >= vbr_option_min(option) &&
	       value <= vbr_option_max(option);
}

/* The kernel counts times in jiffies, of 1/250 s for example, and rounds them
 * down. */
static bool is_as_set(const struct vbr_option *option, uint64_t wanted,
		      uint64_t now)
{
	return now == wanted ||
	       (vbr_option_type(option) == VBR_OPTION_TICKS &&
		is_in_range(option, wanted) && now + 1 == wanted);
}

static void report_range(const struct cli *cli, const struct vbr_option *option)
{
	char min[VBR_OPTION_TEXT_SIZE], max[VBR_OPTION_TEXT_SIZE];

	vbr_option_format(cli->ctx, option, vbr_option_min(option), min,
			  sizeof(min));
	vbr_option_format(cli->ctx, option, vbr_option_max(option), max,
			  sizeof(max));
	cli_message(cli,
		    vbr_option_type(option) == VBR_OPTION_TICKS
			    /* Translators: from so many seconds to so many. */
			    ? _("%s ranges from %s to %s s")
			    : _("%s ranges from %s to %s"),
		    vbr_option_name(option), min, max);
}

static void report_adjusted(const struct cli *cli, const char *object,
			    const struct vbr_option *option, uint64_t wanted,
			    uint64_t now, unsigned int vlan)
{
	char before[VBR_OPTION_TEXT_SIZE], after[VBR_OPTION_TEXT_SIZE];
	const char *name = vbr_option_name(option);

	vbr_option_format(cli->ctx, option, wanted, before, sizeof(before));
	vbr_option_format(cli->ctx, option, now, after, sizeof(after));
	if (vlan)
		/* Translators: an option, two values, and a VLAN's number. */
		cli_message_about(
			cli, object,
			_("the kernel changed %s=%s to %s on VLAN %u"), name,
			before, after, vlan);
	else
		/* Translators: an option, and two values. */
		cli_message_about(cli, object,
				  _("the kernel changed %s=%s to %s"), name,
				  before, after);
	if (!is_in_range(option, wanted))
		report_range(cli, option);
}

int changes_check(const struct cli *cli, const struct values *now,
		  const struct vbr_setting *settings, size_t count,
		  unsigned int vlan)
{
	int status = EXIT_SUCCESS;

	for (size_t i = 0; i < count; i++) {
		const struct vbr_option *option =
			vbr_option_find(now->scope, settings[i].option);
		uint64_t value;

		if (!vbr_option_reads_back(option) ||
		    !get_value(now, option, &value) ||
		    is_as_set(option, settings[i].value, value))
			continue;
		report_adjusted(cli, now->name, option, settings[i].value,
				value, vlan);
		status = EXIT_FAILURE;
	}
	return status;
}

/* --- what changed --------------------------------------------------------- */

/* A number or a time that can only be read is a counter or a timer. */
static bool runs_by_itself(const struct vbr_option *option)
{
	enum vbr_option_type type = vbr_option_type(option);

	return !vbr_option_is_settable(option) &&
	       (type == VBR_OPTION_NUMBER || type == VBR_OPTION_TICKS);
}

bool changes_next(const struct values *old, const struct values *now, size_t *i,
		  struct change *ret_change)
{
	const struct vbr_option *option;
	struct change change;

	while ((option = vbr_option_at(now->scope, (*i)++))) {
		if (runs_by_itself(option) ||
		    !get_value(old, option, &change.old) ||
		    !get_value(now, option, &change.now) ||
		    change.old == change.now)
			continue;
		change.option = option;
		*ret_change = change;
		return true;
	}
	return false;
}
