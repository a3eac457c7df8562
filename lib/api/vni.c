/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The VNIs of VXLAN devices that have a VNI filter. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>

#include "base/arena.h"
#include "core/context.h"
#include "core/link.h"
#include "core/talk.h"
#include "wire/vni.h"

struct vbr_vnis {
	size_t count, room;
	struct vbr_vni *rows;
};

/* --- read ----------------------------------------------------------------- */

static int on_message(void *data, const struct nlmsghdr *msg)
{
	struct vbr_vnis *vnis = data;
	struct attr_span rows;
	struct vbr_vni vni;
	int device, rc = vni_parse(msg, &device, &rows);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	while ((rc = vni_take(&rows, &vni)) > 0) {
		struct vbr_vni *grown = array_grow(vnis->rows, sizeof(*grown),
						   vnis->count, &vnis->room);

		if (!grown)
			return -ENOMEM;
		vni.device = device;
		vnis->rows = grown;
		grown[vnis->count++] = vni;
	}
	return rc;
}

static void restart(void *data)
{
	((struct vbr_vnis *)data)->count = 0;
}

static int by_place(const void *a, const void *b)
{
	const struct vbr_vni *left = a, *right = b;

	if (left->device != right->device)
		return left->device < right->device ? -1 : 1;
	return (left->first > right->first) - (left->first < right->first);
}

/* 0: of all devices. */
static int list(struct vbr_ctx *ctx, int device, struct vbr_vnis **ret_vnis)
{
	struct vbr_vnis *vnis = calloc(1, sizeof(*vnis));
	const struct talk_handler handler = { on_message, restart, vnis };
	struct request req;
	int rc;

	if (!vnis)
		return context_fail(ctx, -ENOMEM, NULL);
	vni_request_list(&req, device);
	rc = talk(ctx, &req.head, &handler);
	if (rc < 0) {
		vbr_vnis_free(vnis);
		return rc == -EOPNOTSUPP
			       ? context_fail_as(ctx, rc,
						 _("this kernel has no VNI "
						   "filters; Linux 5.18 has"))
			       : rc;
	}
	if (vnis->count)
		qsort(vnis->rows, vnis->count, sizeof(*vnis->rows), by_place);
	*ret_vnis = vnis;
	return 0;
}

#define VB_IFLA_VXLAN_VNIFILTER 30 /* 5.18 */

/* "ret_family" may be NULL. */
static int find_device(struct vbr_ctx *ctx, const char *name, int *ret_index,
		       uint8_t *ret_family)
{
	const struct nlattr *attr;
	struct attr_span options;
	struct link_info link;
	int rc = link_find(ctx, name, &link);

	if (rc < 0)
		return rc;
	if (link.kind != LINK_VXLAN)
		return context_fail(ctx, -EOPNOTSUPP,
				    _("it is not a VXLAN device"));
	options = link.options;
	attr = attr_take_of(&options, VB_IFLA_VXLAN_VNIFILTER);
	if (!attr || !mnl_attr_get_payload_len(attr) || !mnl_attr_get_u8(attr))
		return context_fail(ctx, -EOPNOTSUPP,
				    _("it has no VNI filter: a VXLAN device "
				      "gets one only when it is made, by "
				      "\"external vnifilter\""));
	*ret_index = link.index;
	if (ret_family)
		*ret_family = vxlan_family(link.options);
	return 0;
}

int vbr_vni_list(struct vbr_ctx *ctx, const char *device,
		 struct vbr_vnis **ret_vnis)
{
	int index = 0, rc = 0;

	if (device) {
		context_begin(ctx, N_("cannot list the VNIs of \"%s\""),
			      device);
		rc = find_device(ctx, device, &index, NULL);
	} else {
		context_begin(ctx, N_("cannot list the VNIs"));
	}
	return rc < 0 ? rc : list(ctx, index, ret_vnis);
}

size_t vbr_vnis_count(const struct vbr_vnis *vnis)
{
	return vnis->count;
}

const struct vbr_vni *vbr_vnis_at(const struct vbr_vnis *vnis, size_t i)
{
	return i < vnis->count ? &vnis->rows[i] : NULL;
}

void vbr_vnis_free(struct vbr_vnis *vnis)
{
	if (vnis)
		free(vnis->rows);
	free(vnis);
}

int vbr_vni_index(const struct vbr_vni *vni)
{
	return vni->device;
}

uint32_t vbr_vni_first(const struct vbr_vni *vni)
{
	return vni->first;
}

uint32_t vbr_vni_last(const struct vbr_vni *vni)
{
	return vni->last;
}

bool vbr_vni_group(const struct vbr_vni *vni, char *ret_text)
{
	if (vni->has_group)
		address_format(&vni->group, ret_text);
	return vni->has_group;
}

/* --- change --------------------------------------------------------------- */

/* Several requests, of which all are made or none. */
struct change {
	struct vbr_ctx *ctx;
	int device;
	const struct vbr_vni_range *ranges;
	size_t count;
	bool has_group;
	struct address group;
	struct vbr_vnis *before;
};

static int check_ranges(const struct change *change)
{
	for (size_t i = 0; i < change->count; i++)
		if (change->ranges[i].first == 0 ||
		    change->ranges[i].last > VBR_VNI_MAX ||
		    change->ranges[i].last < change->ranges[i].first)
			return context_fail(change->ctx, -ERANGE,
					    _("VNIs range from 1 to 16777215"));
	return 0;
}

static int begin(struct change *change, const char *device)
{
	int rc = check_ranges(change);
	uint8_t family = 0;

	if (rc == 0)
		rc = find_device(change->ctx, device, &change->device, &family);
	/* The kernel would accept the address, but send nothing to it. */
	if (rc == 0 && change->has_group && family &&
	    family != change->group.family)
		rc = context_fail(change->ctx, -EAFNOSUPPORT,
				  _("the VXLAN device uses the other version "
				    "of IP"));
	if (rc == 0)
		rc = list(change->ctx, change->device, &change->before);
	return rc == 0 ? talk_reserve(change->ctx) : rc;
}

static int send_row(const struct change *change, struct vbr_vni row, bool adds)
{
	struct request req;

	row.device = change->device;
	if (adds)
		vni_request_add(&req, &row);
	else
		vni_request_del(&req, &row);
	return talk(change->ctx, &req.head, NULL);
}

/*
 * The VNIs, starting at "vni", of the first row that has any of them. If there
 * is no such row, the result is beyond the last VNI.
 */
static struct vbr_vni next_row(const struct vbr_vnis *vnis, uint32_t vni)
{
	for (size_t i = 0; i < vnis->count; i++) {
		struct vbr_vni row = vnis->rows[i];

		if (row.first < vni)
			row.first = vni;
		if (row.first <= row.last)
			return row;
	}
	return (struct vbr_vni){ .first = VBR_VNI_MAX + 1,
				 .last = VBR_VNI_MAX + 1 };
}

/* Deletes the VNIs of a range that were not there before. */
static int delete_new(const struct change *change, const struct vbr_vnis *after,
		      const struct vbr_vni_range *range)
{
	uint32_t vni = range->first;
	int rc = 0;

	while (rc == 0) {
		struct vbr_vni row = next_row(after, vni);
		struct vbr_vni was = next_row(change->before, row.first);

		if (row.first > range->last)
			break;
		if (row.last > range->last)
			row.last = range->last;
		vni = row.last + 1;
		if (was.first <= row.last) {
			vni = was.last + 1;
			row.last = was.first - 1;
		}
		if (row.first <= row.last)
			rc = send_row(change, row, false);
	}
	return rc;
}

/* Adds what was there before, with its group. */
static int add_old(const struct change *change,
		   const struct vbr_vni_range *range)
{
	uint32_t vni = range->first;
	int rc = 0;

	while (rc == 0) {
		struct vbr_vni row = next_row(change->before, vni);

		if (row.first > range->last)
			break;
		if (row.last > range->last)
			row.last = range->last;
		vni = row.last + 1;
		rc = send_row(change, row, true);
	}
	return rc;
}

/* Undoes the first "count" ranges, of which the last may be done in part. */
static void undo(const struct change *change, size_t count)
{
	struct failure failure = change->ctx->failure;
	struct vbr_vnis *after = NULL;
	int rc = list(change->ctx, change->device, &after);

	for (size_t i = 0; rc == 0 && i < count; i++) {
		rc = delete_new(change, after, &change->ranges[i]);
		if (rc == 0)
			rc = add_old(change, &change->ranges[i]);
	}
	vbr_vnis_free(after);
	context_restore(change->ctx, &failure);
	if (rc < 0)
		context_append(change->ctx, "%s",
			       _("; some VNIs may have stayed changed"));
}

static int make(const struct change *change, bool adds)
{
	for (size_t i = 0; i < change->count; i++) {
		const struct vbr_vni row = {
			.first = change->ranges[i].first,
			.last = change->ranges[i].last,
			.has_group = change->has_group,
			.group = change->group,
		};
		int rc = send_row(change, row, adds);

		if (rc < 0) {
			undo(change, i + 1);
			return rc;
		}
	}
	return 0;
}

static int take_group(struct change *change, const char *text)
{
	if (!text)
		return 0;
	change->has_group = true;
	if (address_parse(text, &change->group) < 0 ||
	    change->group.family == ADDRESS_MAC)
		return context_fail_word(change->ctx, -EINVAL,
					 _("\"%s\" is not an IP address"),
					 text);
	return 0;
}

int vbr_vni_add(struct vbr_ctx *ctx, const char *device,
		const struct vbr_vni_range *ranges, size_t count,
		const char *group)
{
	struct change change = { .ctx = ctx, .ranges = ranges, .count = count };
	int rc;

	context_begin(ctx, N_("cannot add VNIs to \"%s\""), device);
	rc = take_group(&change, group);
	if (rc == 0)
		rc = begin(&change, device);
	if (rc == 0 && !ctx->is_dry)
		rc = make(&change, true);
	vbr_vnis_free(change.before);
	return rc;
}

/* The kernel deletes VNIs until the first that does not exist. */
static int check_all_exist(const struct change *change)
{
	for (size_t i = 0; i < change->count; i++) {
		uint32_t vni = change->ranges[i].first;

		while (vni <= change->ranges[i].last) {
			const struct vbr_vni row = next_row(change->before,
							    vni);

			if (row.first != vni)
				return context_fail_why(change->ctx, -ENOENT,
							_("it has no VNI %u"),
							vni);
			vni = row.last + 1;
		}
	}
	return 0;
}

int vbr_vni_del(struct vbr_ctx *ctx, const char *device,
		const struct vbr_vni_range *ranges, size_t count)
{
	struct change change = { .ctx = ctx, .ranges = ranges, .count = count };
	int rc;

	context_begin(ctx, N_("cannot delete VNIs of \"%s\""), device);
	rc = begin(&change, device);
	if (rc == 0)
		rc = check_all_exist(&change);
	if (rc == 0 && !ctx->is_dry)
		rc = make(&change, false);
	vbr_vnis_free(change.before);
	return rc;
}
