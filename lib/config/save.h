/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the files that write a configuration share. */

#ifndef VBR_CONFIG_SAVE_H
#define VBR_CONFIG_SAVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/text.h"
#include "vbridge.h"

/* The state that is saved; lists that the kernel does not have are NULL. */
struct save {
	struct vbr_ctx *ctx;
	struct vbr_bridges *bridges;
	struct vbr_ports *ports;
	struct vbr_vlans *vlans;
	struct vbr_port_vlans *port_vlans, *bridge_vlans;
	struct vbr_mdb *mdb;
	struct vbr_msts *msts;
	bool *bridges_done, *vlans_done; /* by position in their lists */
	struct text text;
	struct text outside; /* names of the devices that must exist */
	struct text losses;  /* lines: what cannot be saved */
};

/* A port with what its device says. */
struct save_port {
	const struct vbr_port *port;
	struct vbr_link *link;
};

/* A bridge and its ports, by name. */
struct save_bridge {
	const struct vbr_bridge *bridge;
	const char *name;
	int index;
	struct vbr_link *link;
	struct save_port *ports;
	size_t count;
};

/* --- text: fail with -ENOMEM at the end only ---------------------------- */

/* Notes what cannot be saved, as a sentence that is translated. */
void save_loss(struct save *save, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* "set" or another command, then the options that are not as in a new object;
 * nothing if there are none. */
struct save_options {
	enum vbr_scope scope;
	const void *object; /* a bridge, a port or a VLAN of a port */
	bool (*is_wanted)(const char *option); /* NULL: all of them */
};

int save_put_options(struct save *save, const struct save_options *options,
		     const char *command, const char *bridge,
		     const char *member, const char *vids);

uint64_t save_bridge_number(const struct vbr_bridge *bridge,
			    const char *option);

/* --- the parts of a bridge ------------------------------------------------ */

/* The VLANs of a port, or of the bridge. */
int save_member_vlans(struct save *save, const struct save_bridge *bridge,
		      const char *member, int index);
/* The options that the bridge has for VLANs. */
int save_bridge_vlans(struct save *save, const struct save_bridge *bridge);

/* The entries that somebody added. */
int save_fdb(struct save *save, const struct save_bridge *bridge);
void save_mdb(struct save *save, const struct save_bridge *bridge);

/* --- devices -------------------------------------------------------------- */

/* Once each, after what they need. */
int save_bridge_at(struct save *save, size_t i);
int save_vlan_at(struct save *save, size_t i);

/* What has this index, if it is a bridge or a VLAN device; otherwise notes that
 * it must exist. */
int save_device(struct save *save, int index, const char *name);

#endif
