/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Entries in listings, and as JSON there and in watch. */

#ifndef VBR_BRCTL_ENTRY_JSON_H
#define VBR_BRCTL_ENTRY_JSON_H

#include "vbridge.h"

struct cli;
struct json;

const char *fdb_state_name(enum vbr_fdb_state state);
const char *port_vlan_flags_text(unsigned int flags);

/* When it is now, in UTC. */
void put_time(struct json *object);
/* The name of a device, or "?" if it is gone. */
void print_device_of(const struct cli *cli, int index);
/* An entry as a line of a table. */
void fdb_print_heading(void);
void fdb_print_entry(const struct cli *cli, const struct vbr_fdb_entry *entry,
		     const char *port);
void mdb_print_entry(struct cli *cli, const struct vbr_mdb_entry *entry);
void mdb_print_router(struct cli *cli, const struct vbr_mdb_router *router);

/* Fills an object; "port" is "" if the port has no name. */
void put_fdb_entry(const struct cli *cli, struct json *object,
		   const struct vbr_fdb_entry *entry, const char *port);
int put_port_vlan(const struct cli *cli, const struct vbr_port_vlan *row,
		  enum vbr_scope scope, struct json *object);
void put_mdb_entry(struct cli *cli, struct json *object,
		   const struct vbr_mdb_entry *entry);
void put_mdb_router(struct cli *cli, struct json *object,
		    const struct vbr_mdb_router *router);

#endif
