/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds the options of settings, and says why one cannot be set. */

#include "config.h"

#include "core/setting.h"

#include <errno.h>

#include "core/context.h"
#include "core/option-value.h"

int set_resolve(struct vbr_ctx *ctx, enum vbr_scope scope,
		const struct vbr_setting *settings, size_t count,
		struct option_value *ret_values)
{
	if (count == 0 || count > SET_MAX) {
		context_fail(ctx, -E2BIG, NULL);
		return -E2BIG;
	}
	for (size_t i = 0; i < count; i++) {
		const char *name = settings[i].option;
		const struct vbr_option *option = option_find(scope, name);

		if (!option) {
			context_fail_word(ctx, -ENOENT,
					  _("there is no option \"%s\""), name);
			return -ENOENT;
		}
		if (!(option->access & OPTION_WRITE)) {
			context_fail_why(ctx, -EACCES, _("%s can only be read"),
					 option->name);
			return -EACCES;
		}
		for (size_t k = 0; k < i; k++) {
			if (ret_values[k].option != option)
				continue;
			context_fail_why(ctx, -EINVAL, _("%s is given twice"),
					 option->name);
			return -EINVAL;
		}
		ret_values[i] = (struct option_value){ option,
						       settings[i].value };
	}
	return 0;
}

/* The kernel does not explain why it refuses the state of a port. */
static void explain_state(struct vbr_ctx *ctx, int error)
{
	if (error == -EBUSY)
		context_append(ctx, "%s",
			       _("; the bridge's spanning tree (its "
				 "option stp_state) sets it "
				 "itself"));
	if (error == -ENETDOWN)
		context_append(ctx, "%s",
			       _("; the device is down, or has no "
				 "carrier"));
}

/* The kernel does not explain this refusal either. */
static void explain_stats(struct vbr_ctx *ctx, int error)
{
	if (error == -EBUSY)
		context_append(ctx, "%s",
			       _("; it changes only while no port of the "
				 "bridge is in a VLAN"));
}

int set_explain(struct vbr_ctx *ctx, int error,
		const struct option_value *values, size_t count)
{
	for (size_t i = 0; error < 0 && i < count; i++) {
		const struct vbr_option *option = values[i].option;

		if (option == option_find(VBR_SCOPE_PORT, "state"))
			explain_state(ctx, error);
		if (option ==
		    option_find(VBR_SCOPE_BRIDGE, "vlan_stats_per_port"))
			explain_stats(ctx, error);
	}
	if (error != -ERANGE && error != -EINVAL)
		return error;
	for (size_t i = 0; i < count; i++) {
		const struct vbr_option *option = values[i].option;

		if (!option_is_in_range(option, values[i].value))
			option_value_append_range(ctx, option);
	}
	return error;
}

int set_refuse(struct vbr_ctx *ctx, int error, const struct option_value *value)
{
	context_fail(ctx, error, NULL);
	return set_explain(ctx, error, value, 1);
}

/* The kernel ignores unknown attributes, so the library refuses them. */
int set_refuse_unknown(struct vbr_ctx *ctx, const struct vbr_option *option)
{
	context_fail_why(ctx, -EOPNOTSUPP, _("this kernel has no %s"),
			 option->name);
	context_append(ctx,
		       _("; it came with Linux %s, and can be left out "
			 "when a kernel is built"),
		       option->since);
	return -EOPNOTSUPP;
}

int set_dry_run(struct vbr_ctx *ctx, const struct option_value *values,
		size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!(values[i].option->access & OPTION_LOOSE) &&
		    !option_is_in_range(values[i].option, values[i].value))
			return set_refuse(ctx, -ERANGE, &values[i]);
	return 0;
}
