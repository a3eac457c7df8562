/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Requests about multiple spanning trees (MST); no I/O. */

#ifndef VBR_WIRE_MST_REQUEST_H
#define VBR_WIRE_MST_REQUEST_H

struct request;
struct vbr_mst;

/* Sets the state of a port in one tree. */
void mst_request_set(struct request *req, const struct vbr_mst *mst);

#endif
