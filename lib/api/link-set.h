/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Sets the state, the MTU and the MAC address of a device, for calls that also
 * set other things.
 */

#ifndef VBR_LINK_SET_H
#define VBR_LINK_SET_H

#include <stdint.h>

#include "vbridge.h"
#include "wire/request.h"

/* What is to be set, without what the caller need not have set. */
struct link_change link_change_of(const struct vbr_link_settings *settings);

/* -EADDRNOTAVAIL: no device can have such an address. */
int link_check_mac(struct vbr_ctx *ctx, const uint8_t mac[6]);

#endif
