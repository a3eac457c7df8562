/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Answers questions about the state after all lines of a configuration. */

#ifndef VBR_CONFIG_STATE_H
#define VBR_CONFIG_STATE_H

#include <stdbool.h>

#include "config/item.h"

/* Adds the VLANs that the kernel gives each port, where no line does, and sorts
 * the items again. */
int state_add_implicit(struct items *items);

/* Whether a line says that it must not exist. */
bool state_denies(const struct items *items, const struct item *like);

bool state_has_bridge(const struct items *items, const char *name);
/* The bridge of a port, or NULL. */
const char *state_bridge_of(const struct items *items, const char *port);
/* The parent, VLAN and protocol of a VLAN device, or NULL. */
const char *state_vlan_device(const struct items *items, const char *name);
/* The parent of a VLAN device, of VBR_NAME_SIZE bytes; false: it is none. */
bool state_parent_of(const struct items *items, const char *name,
		     char *ret_parent);
/* The value of an option; "otherwise" if no line sets it. */
uint64_t state_option(const struct items *items, const char *bridge,
		      const char *option, uint64_t otherwise);
bool state_is_up(const struct items *items, const char *device);
/*
 * The entry with the address and VLAN of "item", which may be part of one
 * without a VLAN; NULL: none.
 */
const char *state_mac(const struct items *items, const struct item *item);
/* Whether a port has any options or VLANs that a line gives it. */
bool state_has_settings(const struct items *items, const struct item *port);

#endif
