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
	struct text names;   /* lines: of all devices */
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

/* Notes what cannot be saved, as a sentence that is translated. */
void save_loss(struct save *save, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Their positions in the lists, by the index of the device. */
bool save_find_bridge(const struct save *save, int index, size_t *ret_at);
bool save_find_vlan(const struct save *save, int index, size_t *ret_at);

/* 0 if the kernel does not have the option. */
uint64_t save_bridge_number(const struct vbr_bridge *bridge,
			    const char *option);

#endif
