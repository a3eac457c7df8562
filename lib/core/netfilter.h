/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Asks nfnetlink. */

#ifndef VBR_CORE_NETFILTER_H
#define VBR_CORE_NETFILTER_H

#include <stdbool.h>

struct nlmsghdr;
struct talk_handler;
struct vbr_ctx;

/* As talk(), over a socket of its own; the context's last error stays.
 * -EPROTONOSUPPORT: a kernel without nfnetlink. */
int netfilter_talk(struct vbr_ctx *ctx, struct nlmsghdr *msg,
		   const struct talk_handler *handler);

/*
 * Whether a module is loaded and can be asked; a request to a module that is
 * not loaded would load it.
 */
bool netfilter_may_ask(const struct vbr_ctx *ctx, const char *module);

#endif
