/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Messages about the VNI filters of VXLAN devices; no I/O. */

#ifndef VBR_WIRE_VNI_H
#define VBR_WIRE_VNI_H

#include <stdbool.h>
#include <stdint.h>

#include "base/address.h"
#include "wire/message.h"

struct request;

/* Defines the row of vbridge.h. */
struct vbr_vni {
	int device;
	uint32_t first, last;
	bool has_group;
	struct address group;
};

/* -ENOMSG: not about VNIs; -EBADMSG: malformed. "ret_rows" is for
 * vni_take(). */
int vni_parse(const struct nlmsghdr *msg, int *ret_device,
	      struct attr_span *ret_rows);
/* Takes the first row off, without its device. 1: taken, 0: none is left;
 * -EBADMSG. */
int vni_take(struct attr_span *rows, struct vbr_vni *ret_vni);

void vni_request_add(struct request *req, const struct vbr_vni *vni);
void vni_request_del(struct request *req, const struct vbr_vni *vni);
/* 0: of all devices. */
void vni_request_list(struct request *req, int device);

/* The version of IP that a VXLAN device with these options uses: ADDRESS_IPV4,
 * ADDRESS_IPV6, or 0 if no address of it says that. */
uint8_t vxlan_family(struct attr_span options);

#endif
