/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The port options that libnl knows. */

#ifndef VBR_NL_PORT_H
#define VBR_NL_PORT_H

#include <netlink/route/link.h>
#include <stddef.h>
#include <stdint.h>

/* One option: its names, and how to get and set it. */
struct port_option {
	const char *name;  /* in libvbridge */
	uint16_t attr;	   /* IFLA_BRPORT_* */
	uint8_t width;	   /* bytes on the wire */
	unsigned int flag; /* in libnl, if it is a flag */
	/* A negative error of libnl: the link does not have the option. */
	int (*get)(struct rtnl_link *link, unsigned int flag,
		   uint32_t *ret_value);
	int (*set)(struct rtnl_link *link, unsigned int flag, uint32_t value);
};

#define PORT_OPTIONS 9

extern const struct port_option port_options[PORT_OPTIONS];

#endif
