/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses sets of VLAN ids: numbers and ranges, separated by commas. */

#include "config.h"

#include "base/vids.h"

#include <errno.h>
#include <string.h>

void vids_add(struct vbr_vids *vids, unsigned int vid)
{
	vids->bits[vid / 64] |= UINT64_C(1) << vid % 64;
}

bool vids_has(const struct vbr_vids *vids, unsigned int vid)
{
	return vids->bits[vid / 64] >> vid % 64 & 1;
}

size_t vids_count(const struct vbr_vids *vids)
{
	size_t count = 0;

	for (size_t i = 0; i < sizeof(vids->bits) / sizeof(vids->bits[0]); i++)
		count += (size_t)__builtin_popcountll(vids->bits[i]);
	return count;
}

int vids_next(const struct vbr_vids *vids, int after)
{
	if (after >= VID_MAX)
		return -1;
	for (int vid = after < 0 ? 0 : after + 1; vid <= VID_MAX; vid++)
		if (vids_has(vids, (unsigned int)vid))
			return vid;
	return -1;
}

int vids_next_run(const struct vbr_vids *vids, int after, int *ret_last)
{
	int first = vids_next(vids, after);
	int last = first;

	if (first < 0)
		return -1;
	while (last < VID_MAX && vids_has(vids, (unsigned int)last + 1))
		last++;
	*ret_last = last;
	return first;
}

/* Always decimal, even after a leading 0. */
static int take_vid(const char **text, unsigned int *ret_vid)
{
	unsigned int vid = 0;

	if (**text < '0' || **text > '9')
		return -EINVAL;
	for (; **text >= '0' && **text <= '9'; (*text)++)
		if (vid <= VID_MAX)
			vid = vid * 10 + (unsigned int)(**text - '0');
	*ret_vid = vid;
	return 0;
}

/* Takes "10" or "20-29", and leaves what follows. */
static int take_range(const char **text, unsigned int *ret_first,
		      unsigned int *ret_last)
{
	int rc = take_vid(text, ret_first);

	if (rc < 0)
		return rc;
	if (**text != '-') {
		*ret_last = *ret_first;
		return 0;
	}
	(*text)++;
	return take_vid(text, ret_last);
}

static int fail(struct vids_fault *ret_fault, enum vids_fault_kind kind,
		const char *at)
{
	ret_fault->kind = kind;
	ret_fault->at = at;
	return kind == VIDS_TOO_LARGE ? -ERANGE : -EINVAL;
}

/* Adds the ids; those above 4094 are left out. */
static int add_range(struct vbr_vids *vids, unsigned int first,
		     unsigned int last, struct vids_fault *ret_fault)
{
	for (; first <= last && first <= VID_MAX; first++) {
		ret_fault->vid = first;
		if (vids_has(vids, first))
			return fail(ret_fault, VIDS_TWICE, NULL);
		vids_add(vids, first);
	}
	return 0;
}

/* -EINVAL: not a set, an id that is named twice, or a descending range;
 * -ERANGE: an id above 4094. */
int vids_parse(const char *text, struct vbr_vids *ret_vids,
	       struct vids_fault *ret_fault)
{
	struct vbr_vids vids = { 0 };
	bool too_large = false;

	do {
		const char *range = text;
		unsigned int first, last;

		if (take_range(&text, &first, &last) < 0)
			return fail(ret_fault, VIDS_UNEXPECTED, text);
		ret_fault->len = (int)(text - range);
		if (first > last)
			return fail(ret_fault, VIDS_DESCENDING, range);
		too_large |= last > VID_MAX;
		if (add_range(&vids, first, last, ret_fault) < 0)
			return -EINVAL;
	} while (*text++ == ',');
	if (text[-1])
		return fail(ret_fault, VIDS_UNEXPECTED, text - 1);
	if (too_large)
		return fail(ret_fault, VIDS_TOO_LARGE, NULL);

	*ret_vids = vids;
	return 0;
}
