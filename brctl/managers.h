/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Programs that configure network devices. */

#ifndef VBR_BRCTL_MANAGERS_H
#define VBR_BRCTL_MANAGERS_H

struct cli;

/* Warns about those that configure a device and do not know that another one
 * gets its addresses. */
void managers_warn(const struct cli *cli, const char *device,
		   const char *target);

#endif
