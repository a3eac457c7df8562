/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Keeps the options of a port that leaves its bridge, and sets them again if it
 * comes back. */

#include "config.h"

#include "ip/port.h"

#include <string.h>

#include "core/context.h"
#include "core/option-value.h"
#include "core/setting.h"
#include "ip/move.h"

int port_keep(struct move *move)
{
	const struct operation operation = move->ctx->operation;
	int rc = vbr_port_get(move->ctx, move->bridge.name,
			      move->devices[MOVE_NIC].name, &move->port);

	move->ctx->operation = operation;
	return rc;
}

/* The kernel chooses the state, and refuses it where a port has no carrier. */
static bool is_kept(const struct vbr_option *option)
{
	return vbr_option_is_settable(option) &&
	       vbr_option_is_readable(option) &&
	       strcmp(vbr_option_name(option), "state") != 0;
}

static size_t find_changed(const struct vbr_port *before,
			   const struct vbr_port *now,
			   struct vbr_setting *ret_settings)
{
	const struct vbr_option *option;
	uint64_t old, current;
	size_t count = 0;

	for (size_t i = 0;
	     (option = vbr_option_at(VBR_SCOPE_PORT, i)) && count < SET_MAX;
	     i++) {
		const char *name = vbr_option_name(option);

		if (!is_kept(option) ||
		    vbr_port_value(before, name, &old) < 0 ||
		    vbr_port_value(now, name, &current) < 0 || old == current)
			continue;
		ret_settings[count].option = name;
		ret_settings[count++].value = old;
	}
	return count;
}

int port_restore(struct move *move)
{
	const struct operation operation = move->ctx->operation;
	const char *nic = move->devices[MOVE_NIC].name;
	struct vbr_setting settings[SET_MAX];
	struct vbr_port *now;
	size_t count;
	int rc = vbr_port_get(move->ctx, move->bridge.name, nic, &now);

	if (rc == 0) {
		count = find_changed(move->port, now, settings);
		vbr_port_free(now);
		if (count)
			rc = vbr_port_set_all(move->ctx, move->bridge.name, nic,
					      settings, count);
	}
	move->ctx->operation = operation;
	return rc;
}

/* Returns whether the port is disabled now; or a negative errno. */
static int is_disabled(struct move *move)
{
	uint64_t state = 0;
	struct vbr_port *now;
	int rc = vbr_port_get(move->ctx, move->bridge.name,
			      move->devices[MOVE_NIC].name, &now);

	if (rc < 0)
		return rc;
	vbr_port_value(now, "state", &state);
	vbr_port_free(now);
	return state == 0;
}

int port_restore_state(struct move *move)
{
	const struct operation operation = move->ctx->operation;
	const struct vbr_setting disabled = { .option = "state" };
	uint64_t state;
	int rc;

	if (vbr_port_value(move->port, "state", &state) < 0 || state)
		return 0;
	/* Each port is, without carrier or while the bridge is down. */
	rc = is_disabled(move);
	if (rc == 0)
		rc = vbr_port_set_all(move->ctx, move->bridge.name,
				      move->devices[MOVE_NIC].name, &disabled,
				      1);
	move->ctx->operation = operation;
	return rc < 0 ? rc : 0;
}
