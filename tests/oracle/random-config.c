/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes random configurations of bridges, by the library. */

#include "oracle/random-config.h"

#include <stdio.h>
#include <string.h>

#include "oracle/vlans.h"

static const char *const pairs[][2] = {
	{ "p0", "q0" }, { "p1", "q1" }, { "p2", "q2" }, { "p3", "q3" },
	{ "p4", "q4" }, { "n0", "m0" }, { "n1", "m1" },
};

/* --- the namespace -------------------------------------------------------- */

static void set_mac(struct oracle *o, const char *device, size_t number)
{
	const struct vbr_link_settings settings = {
		.what = VBR_LINK_MAC,
		.mac = { 2, 0xbb, 0, 0, 0, (uint8_t)number },
	};

	assert_int_equal(vbr_link_set(o->ctx, device, &settings), 0);
}

struct oracle *random_namespace(void)
{
	struct oracle *o;
	void *state;

	oracle_setup(&state);
	o = state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		make_veth(o, pairs[i][0], pairs[i][1]);
		set_mac(o, pairs[i][0], 2 * i);
		set_mac(o, pairs[i][1], 2 * i + 1);
		set_up(o, pairs[i][1]);
		if (*pairs[i][0] == 'n')
			set_up(o, pairs[i][0]);
	}
	return o;
}

/* --- draws ---------------------------------------------------------------- */

static unsigned int draw(struct random_config *config, unsigned int limit)
{
	config->random ^= config->random << 13;
	config->random ^= config->random >> 7;
	config->random ^= config->random << 17;
	return (unsigned int)(config->random >> 16) % limit;
}

static bool rarely(struct random_config *config, unsigned int times)
{
	return draw(config, times) == 0;
}

static unsigned int any_vid(struct random_config *config)
{
	return rarely(config, 4) ? 1 + draw(config, 4094)
				 : 1 + draw(config, 12);
}

static void any_mac(struct random_config *config, uint8_t ret_mac[6])
{
	const uint8_t mac[6] = { 2, 0xaa, 0,
				 0, 0,	  (uint8_t)(1 + draw(config, 20)) };

	memcpy(ret_mac, mac, 6);
}

/* A member of the present bridge. */
static const char *any_member(struct random_config *config, const char *bridge)
{
	unsigned int i = draw(config, config->port_count + 1);

	return i < config->port_count ? config->ports[i] : bridge;
}

/* --- options -------------------------------------------------------------- */

static uint64_t any_number(struct random_config *config,
			   const struct vbr_option *option)
{
	uint64_t min = vbr_option_min(option), max = vbr_option_max(option);
	unsigned int range = max - min < 200 ? (unsigned int)(max - min) + 1
					     : 200;

	if (rarely(config, 8))
		return max;
	if (rarely(config, 4))
		return min;
	return min + (max - min < 5000
			      ? draw(config, (unsigned int)(max - min) + 1)
			      : draw(config, range));
}

static uint64_t any_value(struct random_config *config,
			  const struct vbr_option *option)
{
	struct oracle *o = config->o;

	switch (vbr_option_type(option)) {
	case VBR_OPTION_BOOL:
		return draw(config, 2);
	case VBR_OPTION_MAC:
		return UINT64_C(0x0180c2000000) + draw(config, 16);
	case VBR_OPTION_PROTOCOL:
		return rarely(config, 3) ? VBR_VLAN_8021AD : VBR_VLAN_8021Q;
	case VBR_OPTION_TICKS:
		return rarely(config, 2) ? draw(config, 100) * 100
					 : any_number(config, option);
	case VBR_OPTION_DEVICE:
		if (!config->port_count)
			return 0;
		return (uint64_t)index_of(
			o, config->ports[draw(config, config->port_count)]);
	default:
		return any_number(config, option);
	}
}

/* The value of an option that keeps what was set. */
static const struct vbr_option *any_option(struct random_config *config,
					   enum vbr_scope scope)
{
	const struct vbr_option *option;
	unsigned int count = 0;

	while (vbr_option_at(scope, count))
		count++;
	do
		option = vbr_option_at(scope, draw(config, count));
	while (!vbr_option_is_settable(option) ||
	       !vbr_option_is_readable(option) ||
	       vbr_option_type(option) == VBR_OPTION_ACTION ||
	       (scope == VBR_SCOPE_PORT &&
		strcmp(vbr_option_name(option), "state") == 0));
	return option;
}

static struct vbr_setting any_setting(struct random_config *config,
				      enum vbr_scope scope)
{
	const struct vbr_option *option = any_option(config, scope);

	return (struct vbr_setting){ vbr_option_name(option),
				     any_value(config, option) };
}

static void set_bridge_options(struct random_config *config, const char *bridge)
{
	for (unsigned int i = draw(config, 12); i > 0; i--) {
		struct vbr_setting setting = any_setting(config,
							 VBR_SCOPE_BRIDGE);

		vbr_bridge_set_all(config->o->ctx, bridge, &setting, 1);
	}
	if (config->has_filtering && draw(config, 3))
		vbr_bridge_set(config->o->ctx, bridge, "vlan_filtering", 1);
}

static void set_port_options(struct random_config *config, const char *bridge,
			     const char *port)
{
	for (unsigned int i = draw(config, 6); i > 0; i--) {
		struct vbr_setting setting = any_setting(config,
							 VBR_SCOPE_PORT);

		vbr_port_set_all(config->o->ctx, bridge, port, &setting, 1);
	}
}

/* --- links ---------------------------------------------------------------- */

static void set_link(struct random_config *config, const char *device)
{
	static const uint32_t mtus[] = { 1400, 1500, 9000 };
	struct vbr_link_settings settings = {
		.what = VBR_LINK_MTU,
		.mtu = mtus[draw(config, 3)],
	};

	if (rarely(config, 3))
		vbr_link_set(config->o->ctx, device, &settings);
	if (draw(config, 4))
		vbr_link_set_up(config->o->ctx, device, true);
}

/* --- VLANs ---------------------------------------------------------------- */

static struct vbr_vids *any_vids(struct random_config *config)
{
	unsigned int first = any_vid(config);
	char text[32];

	if (rarely(config, 3) && first < 4090)
		snprintf(text, sizeof(text), "%u-%u", first,
			 first + 1 + draw(config, 4));
	else
		snprintf(text, sizeof(text), "%u", first);
	return vids_of(text);
}

static void change_vlans_of(struct random_config *config, const char *bridge,
			    const char *member)
{
	struct vbr_ctx *ctx = config->o->ctx;
	struct vbr_vids *vids = any_vids(config);
	unsigned int flags = 0;

	if (rarely(config, 3))
		flags |= VBR_PORT_VLAN_UNTAGGED;
	if (rarely(config, 4))
		flags |= VBR_PORT_VLAN_PVID;
	if (rarely(config, 5))
		vbr_port_vlan_del(ctx, bridge, member, vids);
	else if (rarely(config, 6))
		vbr_port_vlan_add_tunnels(ctx, bridge, member, vids, flags,
					  1 + draw(config, 1000));
	else
		vbr_port_vlan_add(ctx, bridge, member, vids, flags);
	vbr_vids_free(vids);
}

static void set_vlan_option(struct random_config *config, const char *bridge,
			    const char *member)
{
	struct vbr_ctx *ctx = config->o->ctx;
	struct vbr_vids *vids = any_vids(config);
	struct vbr_setting setting;

	if (strcmp(bridge, member) == 0 && draw(config, 3)) {
		setting = any_setting(config, VBR_SCOPE_BRIDGE_VLAN);
		vbr_bridge_vlan_set_all(ctx, bridge, vids, &setting, 1);
	} else {
		setting = any_setting(config, VBR_SCOPE_PORT_VLAN);
		vbr_port_vlan_set_all(ctx, bridge, member, vids, &setting, 1);
	}
	vbr_vids_free(vids);
}

static void set_vlans(struct random_config *config, const char *bridge)
{
	for (unsigned int i = draw(config, 8); i > 0; i--)
		change_vlans_of(config, bridge, any_member(config, bridge));
	for (unsigned int i = draw(config, 6); i > 0; i--)
		set_vlan_option(config, bridge, any_member(config, bridge));
}

/* --- VLAN devices --------------------------------------------------------- */

static void add_free(struct random_config *config, const char *device)
{
	if (config->free_count == COUNT(config->free))
		return;
	snprintf(config->free[config->free_count++], VBR_NAME_SIZE, "%s",
		 device);
}

static void set_vlan_device(struct random_config *config, const char *device)
{
	struct vbr_ctx *ctx = config->o->ctx;

	for (unsigned int i = draw(config, 3); i > 0; i--) {
		struct vbr_setting setting = any_setting(config,
							 VBR_SCOPE_VLAN);

		vbr_vlan_set(ctx, device, setting.option, setting.value);
	}
	for (unsigned int i = draw(config, 3); i > 0; i--)
		vbr_vlan_map_ingress(ctx, device, draw(config, 8),
				     draw(config, 5));
	for (unsigned int i = draw(config, 3); i > 0; i--)
		vbr_vlan_map_egress(ctx, device, draw(config, 5),
				    draw(config, 8));
}

static void add_vlan_device(struct random_config *config, const char *parent)
{
	struct vbr_vids *vids;
	char name[VBR_NAME_SIZE], text[8];
	unsigned int vid = any_vid(config);
	int rc;

	snprintf(text, sizeof(text), "%u", vid);
	snprintf(name, sizeof(name), "%.8s.%u", parent, vid);
	vids = vids_of(text);
	rc = vbr_vlan_add(config->o->ctx, parent, vids,
			  rarely(config, 4) ? VBR_VLAN_8021AD : VBR_VLAN_8021Q,
			  name);
	vbr_vids_free(vids);
	if (rc < 0)
		return;
	set_vlan_device(config, name);
	set_link(config, name);
	add_free(config, name);
	if (rarely(config, 4))
		add_vlan_device(config, name);
}

static void add_vlan_devices(struct random_config *config, const char *parent)
{
	for (unsigned int i = draw(config, 3); config->has_vlans && i > 0; i--)
		add_vlan_device(config, parent);
}

/* --- entries -------------------------------------------------------------- */

static unsigned int any_vlan(struct random_config *config)
{
	return config->has_filtering && draw(config, 3) ? any_vid(config) : 0;
}

static void add_macs(struct random_config *config, const char *bridge)
{
	for (unsigned int i = draw(config, 6); i > 0; i--) {
		uint8_t mac[6];

		any_mac(config, mac);
		vbr_fdb_add(config->o->ctx, bridge, any_member(config, bridge),
			    mac, any_vlan(config),
			    draw(config, 3) ? VBR_FDB_STATIC : VBR_FDB_LOCAL,
			    rarely(config, 3) ? VBR_FDB_STICKY : 0);
	}
}

static void add_groups(struct random_config *config, const char *bridge)
{
	static const struct {
		const char *group, *source;
	} groups[] = {
		{ "239.1.1.1", NULL },	       { "239.1.1.2", NULL },
		{ "239.1.1.3", "10.0.0.1" },   { "ff05::17", NULL },
		{ "ff05::18", "2001:db8::1" }, { "01:02:03:04:05:06", NULL },
	};

	for (unsigned int i = draw(config, 6); i > 0; i--) {
		size_t which = draw(config, COUNT(groups));

		vbr_mdb_add(config->o->ctx, bridge, any_member(config, bridge),
			    groups[which].group, groups[which].source,
			    any_vlan(config), true);
	}
}

/* --- the whole ------------------------------------------------------------ */

static void add_port(struct random_config *config, const char *bridge)
{
	unsigned int i = draw(config, config->free_count);
	char *free = config->free[i];

	if (vbr_port_add(config->o->ctx, bridge, free) < 0)
		return;
	memcpy(config->ports[config->port_count++], free, VBR_NAME_SIZE);
	memcpy(free, config->free[--config->free_count], VBR_NAME_SIZE);
}

static void add_ports(struct random_config *config, const char *bridge)
{
	unsigned int count = draw(config, 5);

	config->port_count = 0;
	for (unsigned int i = 0; i < count && config->free_count; i++)
		add_port(config, bridge);
	/* The address of a bridge without ports is the kernel's choice. */
	if (!config->port_count || rarely(config, 3))
		set_mac(config->o, bridge, 64 + draw(config, 100));
}

static void add_bridge(struct random_config *config, unsigned int number)
{
	char bridge[VBR_NAME_SIZE];

	snprintf(bridge, sizeof(bridge), "br%u", number);
	assert_int_equal(vbr_bridge_add(config->o->ctx, bridge), 0);
	if (draw(config, 2))
		set_bridge_options(config, bridge);
	add_ports(config, bridge);
	set_bridge_options(config, bridge);
	for (unsigned int i = 0; i < config->port_count; i++) {
		set_port_options(config, bridge, config->ports[i]);
		if (draw(config, 4))
			vbr_link_set_up(config->o->ctx, config->ports[i], true);
	}
	set_link(config, bridge);
	if (config->has_filtering)
		set_vlans(config, bridge);
	add_macs(config, bridge);
	add_groups(config, bridge);
	add_vlan_devices(config, bridge);
}

/* A bridge that has lost its ports with their parents has the address zero. A VLAN
 * device on it cannot be set up, and nobody can set such an address again. */
static void set_lost_mac(struct random_config *config, unsigned int number)
{
	static const uint8_t zero[6];
	struct vbr_link *link;
	char bridge[VBR_NAME_SIZE];

	snprintf(bridge, sizeof(bridge), "br%u", number);
	assert_int_equal(vbr_link_get(config->o->ctx, bridge, &link), 0);
	if (memcmp(vbr_link_mac(link), zero, sizeof(zero)) == 0)
		set_mac(config->o, bridge, 64 + draw(config, 100));
	vbr_link_free(link);
}

/*
 * Devices that have become ports are no longer free. A VLAN device is deleted
 * with its parent.
 */
static void delete_unused(struct random_config *config)
{
	for (unsigned int i = 0; i < config->free_count; i++) {
		const char *device = config->free[i];

		if (*device == 'n' && link_exists(config->o, device))
			vbr_vlan_del(config->o->ctx, device);
	}
}

static void look(struct random_config *config)
{
	make_bridge(config->o, "br9");
	config->has_filtering = can_filter(config->o, "br9");
	delete_link(config->o, "br9");
	config->has_vlans = config->has_filtering;
}

void random_configure(struct oracle *o, uint64_t seed)
{
	struct random_config config = {
		.o = o,
		.random = seed * UINT64_C(0x9e3779b97f4a7c15) | 1,
	};

	look(&config);
	config.bridges = 1 + draw(&config, 3);
	for (size_t i = 0; i + 2 < COUNT(pairs); i++)
		add_free(&config, pairs[i][0]);
	add_vlan_devices(&config, "n0");
	add_vlan_devices(&config, "n1");
	for (unsigned int i = 0; i < config.bridges; i++)
		add_bridge(&config, i);
	delete_unused(&config);
	for (unsigned int i = 0; i < config.bridges; i++)
		set_lost_mac(&config, i);
}
