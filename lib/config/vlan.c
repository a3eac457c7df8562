/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes VLAN devices. */

#include "config.h"

#include "config/vlan.h"

#include <inttypes.h>
#include <string.h>

/* --- settings ------------------------------------------------------------- */

static void put_flags(struct save *save, const struct vbr_vlan *vlan)
{
	const struct vbr_option *option;
	uint64_t value, initial;

	for (size_t i = 0; (option = vbr_option_at(VBR_SCOPE_VLAN, i)); i++) {
		const char *name = vbr_option_name(option);

		if (!vbr_option_is_settable(option))
			continue;
		/* The kernel sends no flags while none is set. */
		if (vbr_vlan_value(vlan, name, &value) < 0)
			value = 0;
		if (vbr_option_initial(option, &initial) && value == initial)
			continue;
		text_line(&save->text, "vconfig", "set_flag",
			  vbr_vlan_name(vlan), name, value ? "on" : "off",
			  NULL);
	}
}

/* The pair of the next priority above "last". The kernel's order depends on the
 * order in which they were set. */
static bool next_egress(const struct vbr_vlan *vlan, int64_t last,
			uint32_t *ret_packet, uint32_t *ret_tag)
{
	uint32_t packet, tag;
	bool found = false;

	for (size_t i = 0; vbr_vlan_egress_at(vlan, i, &packet, &tag); i++) {
		if (packet <= last || (found && packet >= *ret_packet))
			continue;
		*ret_packet = packet;
		*ret_tag = tag;
		found = true;
	}
	return found;
}

/* The commands have the priority of the packet first in one map, and that of
 * the tag in the other. */
static void put_maps(struct save *save, const struct vbr_vlan *vlan)
{
	const char *name = vbr_vlan_name(vlan);
	uint32_t packet, tag;

	for (size_t i = 0; vbr_vlan_ingress_at(vlan, i, &tag, &packet); i++) {
		text_begin(&save->text, "vconfig", "set_ingress_map", name,
			   NULL);
		text_format(&save->text, " %" PRIu32 " %" PRIu32 "\n", packet,
			    tag);
	}
	for (int64_t last = -1; next_egress(vlan, last, &packet, &tag);
	     last = packet) {
		text_begin(&save->text, "vconfig", "set_egress_map", name,
			   NULL);
		text_format(&save->text, " %" PRIu32 " %" PRIu32 "\n", packet,
			    tag);
	}
}

/* A new VLAN device has the address and the MTU of its parent. */
static void put_link(struct save *save, const char *name,
		     const struct vbr_link *link, const struct vbr_link *parent)
{
	const uint8_t *mac = vbr_link_mac(link), *other = vbr_link_mac(parent);
	char text[VBR_MAC_TEXT_SIZE];
	size_t before = save->text.len;
	bool is_empty = true;

	text_begin(&save->text, "brctl", "link", name, NULL);
	if (mac && other && memcmp(mac, other, 6) != 0) {
		vbr_format_mac(mac, text);
		text_words(&save->text, "address", text, NULL);
		is_empty = false;
	}
	if (vbr_link_mtu(link) != vbr_link_mtu(parent)) {
		text_format(&save->text, " mtu %" PRIu32, vbr_link_mtu(link));
		is_empty = false;
	}
	if (vbr_link_is_up(link)) {
		text_word(&save->text, "up");
		is_empty = false;
	}
	if (is_empty)
		text_cut(&save->text, before);
	else
		text_end(&save->text);
}

/* --- the device ----------------------------------------------------------- */

static void put_add(struct save *save, const struct vbr_vlan *vlan,
		    const char *parent)
{
	uint64_t id = 0, protocol = VBR_VLAN_8021Q;

	vbr_vlan_value(vlan, "id", &id);
	vbr_vlan_value(vlan, "protocol", &protocol);
	text_begin(&save->text, "vconfig", "add", parent, NULL);
	text_format(&save->text, " %" PRIu64, id);
	if (protocol != VBR_VLAN_8021Q)
		text_words(&save->text, "protocol", "802.1ad", NULL);
	text_words(&save->text, "name", vbr_vlan_name(vlan), NULL);
	text_end(&save->text);
}

/* A VLAN device cannot be up before its parent is, and is set up with it. */
static void put_parent_up(struct save *save, const char *name,
			  const struct vbr_link *parent)
{
	if (!vbr_link_is_up(parent))
		return;
	text_line(&save->text, "brctl", "link", name, "up", NULL);
}

void save_vlan_put(struct save *save, const struct vbr_vlan *vlan, bool sets_up)
{
	const struct vbr_link *link, *parent;

	link = links_find(&save->links, vbr_vlan_index(vlan));
	parent = links_find(&save->links, vbr_vlan_parent_index(vlan));
	if (sets_up)
		put_parent_up(save, link_own_name(parent), parent);
	put_add(save, vlan, link_own_name(parent));
	put_flags(save, vlan);
	put_maps(save, vlan);
	put_link(save, vbr_vlan_name(vlan), link, parent);
}
