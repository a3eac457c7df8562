/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the files that write a configuration share. */

#ifndef VBR_CONFIG_SAVE_H
#define VBR_CONFIG_SAVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/links.h"
#include "config/text.h"
#include "vbridge.h"

/* What a device is. */
struct save_device {
	const struct vbr_bridge *bridge; /* or NULL */
	const struct vbr_vlan *vlan;	 /* or NULL */
	bool is_done;			 /* it is in the text already */
};

/* The state that is saved; lists that the kernel does not have are NULL. */
struct save {
	struct vbr_ctx *ctx;
	struct links links;
	const struct vbr_bridges *bridges; /* of the links */
	const struct vbr_ports *ports;
	const struct vbr_vlans *vlans;
	struct vbr_port_vlans *port_vlans, *bridge_vlans;
	struct vbr_fdb *fdb;
	struct vbr_mdb *mdb;
	struct vbr_msts *msts;
	struct save_device *devices;	   /* in the order of the links */
	const struct vbr_vlan **by_parent; /* all VLAN devices */
	struct text text;
	struct text outside; /* names of the devices that must exist */
	struct text losses;  /* lines: what cannot be saved */
};

/* A port and the state of its device. */
struct save_port {
	const struct vbr_port *port;
	const struct vbr_link *link;
};

/* A bridge and its ports, by name. */
struct save_bridge {
	const struct vbr_bridge *bridge;
	const char *name;
	int index;
	const struct vbr_link *link;
	struct save_port *ports;
	size_t count;
};

/* Notes what cannot be saved, as a sentence that is translated. */
void save_loss(struct save *save, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* NULL: there is no such device. */
struct save_device *save_find_device(const struct save *save, int index);

/* 0 if the kernel does not have the option. */
uint64_t save_bridge_number(const struct vbr_bridge *bridge,
			    const char *option);

#endif
