/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A model of the kernel state, built from events, and its comparison with a new
 * read. */

#include "unit/unit.h"

#include "oracle/nl-model.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "oracle/nl-known.h"

/* --- the model ------------------------------------------------------------ */

static size_t slot(int index)
{
	assert_in_range(index, 1, MODEL_MOST - 1);
	return (size_t)index;
}

static void keep_bridge(struct model *model, const struct vbr_bridge *bridge,
			bool is_gone)
{
	struct vbr_bridge **kept =
		&model->bridges[slot(vbr_bridge_index(bridge))];

	vbr_bridge_free(*kept);
	*kept = NULL;
	if (!is_gone)
		assert_int_equal(vbr_bridge_dup(bridge, kept), 0);
}

static void keep_port(struct model *model, const struct vbr_port *port,
		      bool is_gone)
{
	struct vbr_port **kept = &model->ports[slot(vbr_port_index(port))];

	vbr_port_free(*kept);
	*kept = NULL;
	if (!is_gone)
		assert_int_equal(vbr_port_dup(port, kept), 0);
}

static void keep_vlan(struct model *model, const struct vbr_vlan *vlan,
		      bool is_gone)
{
	struct vbr_vlan **kept = &model->vlans[slot(vbr_vlan_index(vlan))];

	vbr_vlan_free(*kept);
	*kept = NULL;
	if (!is_gone)
		assert_int_equal(vbr_vlan_dup(vlan, kept), 0);
}

/* Only entries of this test. */
static int *entry_in(int *entries, const struct vbr_fdb_entry *entry)
{
	const uint8_t *mac = vbr_fdb_entry_mac(entry);

	return mac[0] == 2 && mac[1] == 0xab && !vbr_fdb_entry_vlan(entry)
		       ? &entries[mac[5]]
		       : NULL;
}

static int *member_in(int *members, const struct vbr_mdb_entry *entry)
{
	char group[VBR_ADDRESS_TEXT_SIZE];
	unsigned int number;

	vbr_mdb_entry_group(entry, group);
	return sscanf(group, "239.1.1.%u", &number) == 1 ? &members[number]
							 : NULL;
}

int model_follow(const struct vbr_event *event, void *data)
{
	const struct vbr_mdb_entry *member = vbr_event_mdb_entry(event);
	const struct vbr_fdb_entry *entry = vbr_event_fdb_entry(event);
	bool is_gone = vbr_event_is_gone(event);
	struct model *model = data;
	int *port = NULL, index = 0;

	model->events++;
	if (vbr_event_bridge(event))
		keep_bridge(model, vbr_event_bridge(event), is_gone);
	if (vbr_event_port(event))
		keep_port(model, vbr_event_port(event), is_gone);
	if (vbr_event_vlan(event))
		keep_vlan(model, vbr_event_vlan(event), is_gone);
	if (entry) {
		port = entry_in(model->entries, entry);
		index = vbr_fdb_entry_port_index(entry);
	}
	if (member) {
		port = member_in(model->members, member);
		index = vbr_mdb_entry_index(member);
	}
	if (port)
		*port = is_gone ? 0 : index;
	return 0;
}

void model_forget(struct model *model)
{
	for (size_t i = 0; i < MODEL_MOST; i++) {
		vbr_bridge_free(model->bridges[i]);
		vbr_port_free(model->ports[i]);
		vbr_vlan_free(model->vlans[i]);
	}
}

/* --- comparison with a new read ------------------------------------------- */

size_t model_count(void *const *kept)
{
	size_t n = 0;

	for (size_t i = 0; i < MODEL_MOST; i++)
		n += kept[i] != NULL;
	return n;
}

static bool bridges_agree(struct vbr_ctx *ctx, const struct model *model,
			  bool is_loud)
{
	const struct vbr_bridge *bridge;
	struct vbr_bridges *bridges;
	bool same;

	assert_int_equal(vbr_bridge_list(ctx, &bridges), 0);
	same = vbr_bridges_count(bridges) ==
	       model_count((void *const *)model->bridges);
	for (size_t i = 0; same && (bridge = vbr_bridges_at(bridges, i)); i++) {
		const struct vbr_bridge *current =
			model->bridges[slot(vbr_bridge_index(bridge))];

		same = current && same_bridge(current, bridge, is_loud);
	}
	vbr_bridges_free(bridges);
	return same;
}

static bool ports_agree(struct vbr_ctx *ctx, const struct model *model,
			bool is_loud)
{
	const struct vbr_port *port;
	struct vbr_ports *ports;
	bool same;

	assert_int_equal(vbr_port_list(ctx, NULL, &ports), 0);
	same = vbr_ports_count(ports) ==
	       model_count((void *const *)model->ports);
	for (size_t i = 0; same && (port = vbr_ports_at(ports, i)); i++) {
		const struct vbr_port *current =
			model->ports[slot(vbr_port_index(port))];

		same = current && same_port(current, port, is_loud);
	}
	vbr_ports_free(ports);
	return same;
}

static bool vlans_agree(struct vbr_ctx *ctx, const struct model *model,
			bool is_loud)
{
	const struct vbr_vlan *vlan;
	struct vbr_vlans *vlans;
	bool same;

	assert_int_equal(vbr_vlan_list(ctx, NULL, &vlans), 0);
	same = vbr_vlans_count(vlans) ==
	       model_count((void *const *)model->vlans);
	for (size_t i = 0; same && (vlan = vbr_vlans_at(vlans, i)); i++) {
		const struct vbr_vlan *current =
			model->vlans[slot(vbr_vlan_index(vlan))];

		same = current && same_vlan(ctx, current, vlan, is_loud);
	}
	vbr_vlans_free(vlans);
	return same;
}

static void read_entries(struct vbr_ctx *ctx, const char *bridge, int *entries)
{
	struct vbr_fdb *fdb;
	int rc = vbr_fdb_list(ctx, bridge, &fdb);

	if (rc == -ENODEV)
		return;
	assert_int_equal(rc, 0);
	for (size_t i = 0; i < vbr_fdb_count(fdb); i++) {
		int *port = entry_in(entries, vbr_fdb_at(fdb, i));

		if (port)
			*port = vbr_fdb_entry_port_index(vbr_fdb_at(fdb, i));
	}
	vbr_fdb_free(fdb);
}

static bool tables_agree(struct vbr_ctx *ctx, const struct model *model,
			 bool is_loud)
{
	int entries[256] = { 0 }, members[256] = { 0 };
	struct vbr_mdb *mdb;
	bool same;

	read_entries(ctx, "br0", entries);
	read_entries(ctx, "br1", entries);
	same = memcmp(entries, model->entries, sizeof(entries)) == 0;
	assert_int_equal(vbr_mdb_list(ctx, NULL, &mdb), 0);
	for (size_t i = 0; i < vbr_mdb_count(mdb); i++) {
		int *port = member_in(members, vbr_mdb_at(mdb, i));

		if (port)
			*port = vbr_mdb_entry_index(vbr_mdb_at(mdb, i));
	}
	vbr_mdb_free(mdb);
	if (model->has_groups)
		same &= memcmp(members, model->members, sizeof(members)) == 0;
	for (size_t i = 0; is_loud && i < 256; i++)
		if (entries[i] != model->entries[i] ||
		    members[i] != model->members[i])
			printf("# %zu: entry %d told %d, member %d told %d\n",
			       i, entries[i], model->entries[i], members[i],
			       model->members[i]);
	return same;
}

bool model_agrees(struct vbr_ctx *ctx, const struct model *model, bool is_loud)
{
	return bridges_agree(ctx, model, is_loud) &&
	       ports_agree(ctx, model, is_loud) &&
	       vlans_agree(ctx, model, is_loud) &&
	       tables_agree(ctx, model, is_loud);
}
