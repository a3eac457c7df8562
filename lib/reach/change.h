/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The changes that may let two stations reach each other, and the commands that
 * make them. */

#ifndef VBR_REACH_CHANGE_H
#define VBR_REACH_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/text.h"
#include "reach/talk.h"
#include "trace/snapshot.h"

/* In the order in which the commands must run. */
enum change_kind {
	CHANGE_UP,	  /* of a member */
	CHANGE_DEVICE_UP, /* of a VLAN device */
	CHANGE_DEVICE_REM,
	CHANGE_JOIN,
	CHANGE_STATE,
	CHANGE_VLAN_STATE,
	CHANGE_FLAG,
	CHANGE_MAC_DEL,
	CHANGE_MAC_ADD
};

struct change {
	enum change_kind kind;
	int member; /* an index */
	unsigned int vlan, flags;
	size_t flag;	    /* of a port */
	const char *device; /* a VLAN device; shared with the snapshot */
	uint8_t mac[6];
};

/* As many as a set has bits. */
#define CHANGES_MAX 64

struct changes {
	struct change list[CHANGES_MAX];
	size_t count;
	bool has_host; /* a station is the host, at the bridge's address */
	uint8_t host_mac[6];
};

/* Lists the settings that stop frames. Never the options that separate
 * everybody: vlan_filtering, and the spanning tree. */
void changes_list(const struct trace_snapshot *snapshot,
		  const struct stations *stations, struct changes *ret_changes);

/* Sets the option of CHANGE_FLAG in a port of a copy. */
void change_set_flag(const struct change *change, struct trace_port *port);

/* How much it may affect others, if the model shows no difference. */
unsigned int change_rank(const struct change *change);

/* Appends the command, without a newline. */
void change_put_command(const struct change *change,
			const struct trace_snapshot *snapshot,
			struct text *text);

#endif
