/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Fills the lists of vbridge.h from one dump, so that they fit together. */

#include "config.h"

#include "core/link-lists.h"

#include "core/link.h"

/* The lists of vbridge.h, in memory. */
static struct link_list *list_of(void *list)
{
	return list;
}

bool link_lists_begin(struct link_lists *lists)
{
	lists->bridges = (struct vbr_bridges *)link_list_begin();
	lists->ports = (struct vbr_ports *)link_list_begin();
	lists->vlans = (struct vbr_vlans *)link_list_begin();
	return lists->bridges && lists->ports && lists->vlans;
}

void link_lists_free(struct link_lists *lists)
{
	link_list_free(list_of(lists->bridges));
	link_list_free(list_of(lists->ports));
	link_list_free(list_of(lists->vlans));
	*lists = (struct link_lists){ 0 };
}

int link_lists_add(const struct link_lists *lists, const struct link_info *info)
{
	int rc = link_list_add(list_of(lists->bridges), VBR_SCOPE_BRIDGE, info);

	if (rc == 0)
		rc = link_list_add(list_of(lists->ports), VBR_SCOPE_PORT, info);
	if (rc == 0)
		rc = link_list_add(list_of(lists->vlans), VBR_SCOPE_VLAN, info);
	return rc;
}

void link_lists_clear(const struct link_lists *lists)
{
	link_list_clear(list_of(lists->bridges));
	link_list_clear(list_of(lists->ports));
	link_list_clear(list_of(lists->vlans));
}

void link_lists_sort(const struct link_lists *lists)
{
	link_list_sort(list_of(lists->bridges), VBR_SCOPE_BRIDGE);
	link_list_sort(list_of(lists->ports), VBR_SCOPE_PORT);
	link_list_sort(list_of(lists->vlans), VBR_SCOPE_VLAN);
}
