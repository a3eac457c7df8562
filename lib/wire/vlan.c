/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the flags and priority maps of VLAN devices. */

#include "config.h"

#include "wire/vlan.h"

#include <errno.h>
#include <linux/if_link.h>
#include <string.h>

int vlan_get_flags(struct attr_span options, uint32_t *ret_flags)
{
	const struct nlattr *attr = attr_take_of(&options, IFLA_VLAN_FLAGS);
	struct ifla_vlan_flags flags;

	if (!attr)
		return -ENODATA;
	if (mnl_attr_get_payload_len(attr) != sizeof(flags))
		return -EBADMSG;
	memcpy(&flags, mnl_attr_get_payload(attr), sizeof(flags));
	*ret_flags = flags.flags;
	return 0;
}

struct attr_span vlan_map(struct attr_span options, unsigned int direction)
{
	const struct nlattr *attr = attr_take_of(&options, direction);

	return attr ? attr_nested(attr) : (struct attr_span){ 0 };
}

bool vlan_map_take(struct attr_span *map, uint32_t *ret_from, uint32_t *ret_to)
{
	struct ifla_vlan_qos_mapping pair;
	const struct nlattr *attr;

	while ((attr = attr_take(map))) {
		if (mnl_attr_get_type(attr) != IFLA_VLAN_QOS_MAPPING ||
		    mnl_attr_get_payload_len(attr) != sizeof(pair))
			continue;
		memcpy(&pair, mnl_attr_get_payload(attr), sizeof(pair));
		*ret_from = pair.from;
		*ret_to = pair.to;
		return true;
	}
	return false;
}
