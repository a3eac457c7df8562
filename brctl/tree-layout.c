/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Puts devices above and below each other, as people draw them: below a bridge
 * are its ports, and below these what they are on; above are the devices that
 * are on the bridge or a port. */

#include "config.h"

#include "tree-layout.h"

#include <stdlib.h>
#include <string.h>

/* The kernel stacks at most 8 devices, but not all relations count there. */
#define DEPTH_MAX 16

/* --- devices -------------------------------------------------------------- */

static int compare(int left, int right)
{
	return (left > right) - (left < right);
}

static int by_index(const void *a, const void *b)
{
	const struct tree_device *left = a, *right = b;

	return compare(vbr_device_index(left->device),
		       vbr_device_index(right->device));
}

static int by_name(const struct vbr_device *left,
		   const struct vbr_device *right)
{
	int rc = compare((int)vbr_device_vlan(left),
			 (int)vbr_device_vlan(right));

	return rc ? rc : strcmp(vbr_device_name(left), vbr_device_name(right));
}

static int by_parent(const void *a, const void *b)
{
	const struct vbr_device
		*left = (*(struct tree_device *const *)a)->device,
		*right = (*(struct tree_device *const *)b)->device;
	int rc = compare(vbr_device_parent(left), vbr_device_parent(right));

	return rc ? rc : by_name(left, right);
}

static int by_master(const void *a, const void *b)
{
	const struct vbr_device
		*left = (*(struct tree_device *const *)a)->device,
		*right = (*(struct tree_device *const *)b)->device;
	int rc = compare(vbr_device_master(left), vbr_device_master(right));

	return rc ? rc : by_name(left, right);
}

static struct tree_device *find(const struct tree *tree, int index)
{
	size_t low = 0, high = tree->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct tree_device *device = &tree->devices[middle];
		int at = vbr_device_index(device->device);

		if (at == index)
			return device;
		if (at < index)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct tree_device *tree_find(const struct tree *tree, int index)
{
	return find(tree, index);
}

/* The rows of a device are consecutive. */
static void note_vlans(struct tree *tree)
{
	const struct vbr_port_vlans *vlans = vbr_topology_port_vlans(
		tree->topology);
	size_t count = vlans ? vbr_port_vlans_count(vlans) : 0;
	struct tree_device *device = NULL;

	for (size_t i = 0; i < count; i++) {
		int index = vbr_port_vlan_index(vbr_port_vlans_at(vlans, i));

		if (!device || vbr_device_index(device->device) != index)
			device = find(tree, index);
		if (device && device->vlan_count++ == 0)
			device->first_vlan = i;
	}
}

static void note_bridges(struct tree *tree)
{
	const struct vbr_bridges *bridges = vbr_topology_bridges(
		tree->topology);
	const struct vbr_ports *ports = vbr_topology_ports(tree->topology);
	const struct vbr_bridge *bridge;
	const struct vbr_port *port;

	for (size_t i = 0; (bridge = vbr_bridges_at(bridges, i)); i++) {
		struct tree_device *device = find(tree,
						  vbr_bridge_index(bridge));

		if (device)
			device->bridge = bridge;
	}
	for (size_t i = 0; (port = vbr_ports_at(ports, i)); i++) {
		struct tree_device *device = find(tree, vbr_port_index(port));

		if (device)
			device->port = port;
	}
}

static void fill(struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++) {
		tree->devices[i].device = vbr_topology_at(tree->topology, i);
		tree->by_parent[i] = tree->by_master[i] = &tree->devices[i];
	}
	if (tree->count) {
		qsort(tree->devices, tree->count, sizeof(*tree->devices),
		      by_index);
		qsort(tree->by_parent, tree->count, sizeof(*tree->by_parent),
		      by_parent);
		qsort(tree->by_master, tree->count, sizeof(*tree->by_master),
		      by_master);
	}
	note_bridges(tree);
	note_vlans(tree);
}

bool tree_begin(struct tree *tree, const struct vbr_topology *topology)
{
	size_t count = vbr_topology_count(topology);

	*tree = (struct tree){ .topology = topology, .count = count };
	tree->devices = calloc(count + 1, sizeof(*tree->devices));
	tree->by_parent = calloc(count + 1, sizeof(struct tree_device *));
	tree->by_master = calloc(count + 1, sizeof(struct tree_device *));
	if (!tree->devices || !tree->by_parent || !tree->by_master) {
		tree_drop(tree);
		return false;
	}
	fill(tree);
	return true;
}

void tree_drop(struct tree *tree)
{
	while (tree->last_made) {
		struct tree_item *item = tree->last_made;

		tree->last_made = item->made_before;
		free(item);
	}
	free(tree->devices);
	free(tree->by_parent);
	free(tree->by_master);
	tree_guests_drop(&tree->guests);
	vbr_trace_free(tree->trace);
	*tree = (struct tree){ 0 };
}

/* --- items ---------------------------------------------------------------- */

/* The next one of a list; NULL: no memory. */
static struct tree_item *add_item(struct tree *tree, struct tree_item **last,
				  const struct tree_item *item)
{
	struct tree_item *added = malloc(sizeof(*added));

	if (!added) {
		tree->lacks_memory = true;
		return NULL;
	}
	*added = *item;
	added->made_before = tree->last_made;
	tree->last_made = added;
	*last = added;
	return added;
}

static size_t depth_of(const struct tree_item *item)
{
	size_t depth = 0;

	for (; item; item = item->from)
		depth++;
	return depth;
}

static bool comes_from(const struct tree_item *item,
		       const struct tree_device *device)
{
	for (; item; item = item->from)
		if (item->device == device)
			return true;
	return false;
}

static bool is_kind(const struct tree_device *device, const char *kind)
{
	return strcmp(vbr_device_kind(device->device), kind) == 0;
}

/* The first of a sorted list that belongs to the device. */
static size_t lower_bound(struct tree_device *const *list, size_t count,
			  int (*key)(const struct vbr_device *device),
			  int index)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (key(list[middle]->device) < index)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* --- above ---------------------------------------------------------------- */

/* A NIC under a VLAN device shows those VLAN devices that no bridge shows. */
static bool belongs_above(const struct tree_item *item,
			  const struct tree_device *device)
{
	bool is_shown = item->device->bridge || item->device->port;

	if (is_kind(device, "veth") || comes_from(item, device))
		return false;
	return is_shown || !vbr_device_master(device->device);
}

static void add_above(struct tree *tree, struct tree_item *item)
{
	int index = vbr_device_index(item->device->device);
	struct tree_item **last = &item->above;
	size_t i = lower_bound(tree->by_parent, tree->count, vbr_device_parent,
			       index);

	if (depth_of(item) >= DEPTH_MAX)
		return;
	for (; i < tree->count && !tree->lacks_memory &&
	       vbr_device_parent(tree->by_parent[i]->device) == index;
	     i++) {
		const struct tree_item one = { .device = tree->by_parent[i],
					       .from = item };
		struct tree_item *added;
		bool was_drawn = tree->by_parent[i]->is_drawn;

		if (!belongs_above(item, one.device))
			continue;
		added = add_item(tree, last, &one);
		if (!added)
			return;
		last = &added->next;
		tree->by_parent[i]->is_drawn = true;
		if (!was_drawn)
			add_above(tree, added);
	}
}

/* --- below ---------------------------------------------------------------- */

static struct tree_item **add_guests(struct tree *tree, struct tree_item *item,
				     struct tree_item **last)
{
	const char *name = vbr_device_name(item->device->device);

	for (size_t i = 0; i < tree->guests.count; i++) {
		const struct tree_item guest = { .what = TREE_GUEST,
						 .device = item->device,
						 .guest = &tree->guests.list[i],
						 .from = item };
		struct tree_item *added;

		if (strcmp(guest.guest->tap, name) != 0)
			continue;
		added = add_item(tree, last, &guest);
		if (!added)
			break;
		last = &added->next;
	}
	return last;
}

static struct tree_item **add_device(struct tree *tree, struct tree_item *from,
				     struct tree_device *device,
				     struct tree_item **last);

/* Of a bond and the like. */
static struct tree_item **add_members(struct tree *tree, struct tree_item *item,
				      struct tree_item **last)
{
	int index = vbr_device_index(item->device->device);
	size_t i = lower_bound(tree->by_master, tree->count, vbr_device_master,
			       index);

	for (; i < tree->count &&
	       vbr_device_master(tree->by_master[i]->device) == index;
	     i++)
		last = add_device(tree, item, tree->by_master[i], last);
	return last;
}

static struct tree_item **add_ports(struct tree *tree, struct tree_item *item)
{
	const struct vbr_ports *ports = vbr_topology_ports(tree->topology);
	struct tree_item **last = &item->below;
	size_t first, count;

	count = vbr_ports_of(ports, vbr_device_index(item->device->device),
			     &first);
	for (size_t i = first; i < first + count; i++) {
		struct tree_device *port =
			find(tree, vbr_port_index(vbr_ports_at(ports, i)));

		if (port)
			last = add_device(tree, item, port, last);
	}
	return last;
}

/*
 * A bridge below another device has a drawing of its own; nothing is drawn
 * below the far end of a veth pair.
 */
static bool ends_here(const struct tree_item *item)
{
	const struct tree_item *from = item->from;

	return from && (item->device->bridge ||
			(is_kind(item->device, "veth") &&
			 is_kind(from->device, "veth") &&
			 vbr_device_parent(from->device->device) ==
				 vbr_device_index(item->device->device)));
}

static void add_below(struct tree *tree, struct tree_item *item)
{
	const struct vbr_device *device = item->device->device;
	struct tree_device *parent = find(tree, vbr_device_parent(device));
	const struct tree_item other = { .what = TREE_NETNS,
					 .device = item->device,
					 .from = item };
	struct tree_item **last = &item->below, *added;

	if (ends_here(item) || depth_of(item) >= DEPTH_MAX)
		return;
	if (item->device->bridge) {
		add_ports(tree, item);
		return;
	}
	if (vbr_device_has_foreign_parent(device)) {
		added = add_item(tree, last, &other);
		last = added ? &added->next : last;
	}
	if (is_kind(item->device, "tun"))
		last = add_guests(tree, item, last);
	if (parent)
		last = add_device(tree, item, parent, last);
	add_members(tree, item, last);
}

/* --- the whole ------------------------------------------------------------ */

static void grow(struct tree *tree, struct tree_item *item,
		 struct tree_device *device)
{
	bool is_root = !item->from;

	/* The list above is long: once is enough. */
	if ((!device->is_drawn || is_root || item->from->device->bridge) &&
	    (!device->bridge || is_root)) {
		device->is_drawn = true;
		add_above(tree, item);
	}
	device->is_drawn = true;
	add_below(tree, item);
}

static struct tree_item **add_device(struct tree *tree, struct tree_item *from,
				     struct tree_device *device,
				     struct tree_item **last)
{
	const struct tree_item item = { .device = device, .from = from };
	struct tree_item *added;

	if (tree->lacks_memory || comes_from(from, device))
		return last;
	added = add_item(tree, last, &item);
	if (!added)
		return last;
	grow(tree, added, device);
	return &added->next;
}

bool tree_add_bridge(struct tree *tree, int index)
{
	struct tree_device *device = find(tree, index);
	struct tree_item **last = tree->last_root ? &tree->last_root->next
						  : &tree->roots;

	if (!device || !device->bridge)
		return false;
	if (device->is_root)
		return true;
	device->is_root = true;
	add_device(tree, NULL, device, last);
	if (*last)
		tree->last_root = *last;
	return true;
}

/* --- findings ------------------------------------------------------------- */

static bool is_about(const struct vbr_finding *finding,
		     const struct tree_device *device)
{
	const char *port = vbr_finding_port(finding);

	if (device->bridge)
		return !port && strcmp(vbr_finding_bridge(finding),
				       vbr_bridge_name(device->bridge)) == 0;
	return device->port && port &&
	       strcmp(port, vbr_port_name(device->port)) == 0;
}

const struct vbr_finding *tree_next_finding(const struct tree *tree,
					    const struct tree_device *device,
					    size_t *at)
{
	const struct vbr_finding *finding, *before = NULL;

	if (!tree->findings)
		return NULL;
	if (*at > 0)
		before = vbr_findings_at(tree->findings, *at - 1);
	while ((finding = vbr_findings_at(tree->findings, *at))) {
		++*at;
		if (is_about(finding, device) &&
		    !(before && is_about(before, device) &&
		      vbr_finding_rule(before) == vbr_finding_rule(finding)))
			return finding;
	}
	return NULL;
}
