/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What is special in a VLAN subinterface's options; opens nothing. */

#ifndef VBR_WIRE_VLAN_H
#define VBR_WIRE_VLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/message.h"

/* -ENODATA: none were sent; -EBADMSG: broken. */
int vlan_get_flags(struct attr_span options, uint32_t *ret_flags);

/* The map in one direction, IFLA_VLAN_INGRESS_QOS or _EGRESS_QOS; empty where
 * there is none. */
struct attr_span vlan_map(struct attr_span options, unsigned int direction);

/* Takes the first pair off a map; false: none is left. */
bool vlan_map_take(struct attr_span *map, uint32_t *ret_from, uint32_t *ret_to);

#endif
