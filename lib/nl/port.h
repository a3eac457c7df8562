/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The options of ports that libnl knows. */

#ifndef VBR_NL_PORT_H
#define VBR_NL_PORT_H

#include <netlink/route/link.h>
#include <stddef.h>
#include <stdint.h>

/* One row: both names of it, and both ways. */
struct port_option {
	const char *name;  /* vbridge's */
	uint16_t attr;	   /* IFLA_BRPORT_* */
	uint8_t width;	   /* bytes on the wire */
	unsigned int flag; /* libnl's, where it is a flag */
	/* A negative number of libnl's: it does not have it. */
	int (*get)(struct rtnl_link *link, unsigned int flag,
		   uint32_t *ret_value);
	int (*set)(struct rtnl_link *link, unsigned int flag, uint32_t value);
};

#define PORT_OPTIONS 9

extern const struct port_option port_options[PORT_OPTIONS];

#endif
