/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Flags and priority maps in the options of VLAN devices; no I/O. */

#ifndef VBR_WIRE_VLAN_H
#define VBR_WIRE_VLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/message.h"

/* -ENODATA: not sent; -EBADMSG: malformed. */
int vlan_get_flags(struct attr_span options, uint32_t *ret_flags);

/* The map of a direction, IFLA_VLAN_INGRESS_QOS or IFLA_VLAN_EGRESS_QOS; may be
 * empty. */
struct attr_span vlan_map(struct attr_span options, unsigned int direction);

/* Takes the first pair off a map. False: none is left. */
bool vlan_map_take(struct attr_span *map, uint32_t *ret_from, uint32_t *ret_to);

#endif
