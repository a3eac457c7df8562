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

/* -EINVAL: not a set, an id that is named twice, or a descending range;
 * -ERANGE: an id above 4094. */
int vids_parse(const char *text, struct vbr_vids *ret_vids)
{
	struct vbr_vids vids = { 0 };
	bool too_large = false;

	do {
		unsigned int first, last;
		int rc = take_range(&text, &first, &last);

		if (rc < 0 || first > last)
			return -EINVAL;
		too_large |= last > VID_MAX;
		for (; !too_large && first <= last; first++) {
			if (vids_has(&vids, first))
				return -EINVAL;
			vids_add(&vids, first);
		}
	} while (*text++ == ',');
	if (text[-1])
		return -EINVAL;
	if (too_large)
		return -ERANGE;

	*ret_vids = vids;
	return 0;
}
