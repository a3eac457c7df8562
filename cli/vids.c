/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses VLAN ids, and reports errors in them. */

#include "config.h"

#include "cli/vids.h"

#include <errno.h>
#include <stdlib.h>

#include "vbridge.h"

int vids_refuse(const struct cli *cli, const char *word, int error)
{
	char text[VBR_ERROR_TEXT_SIZE];

	vbr_vids_parse_error(word, error, text, sizeof(text));
	cli_message(cli, "%s", text);
	return EXIT_FAILURE;
}

static int refuse_range(const struct cli *cli, const char *word)
{
	return cli_bad_word(cli,
			    _("\"%s\" is out of range: VLAN ids range from 1 "
			      "to 4094"),
			    word);
}

int vids_take(const struct cli *cli, const char *word,
	      struct vbr_vids **ret_vids)
{
	struct vbr_vids *vids;
	int rc = vbr_vids_parse(word, &vids);

	if (rc == -ERANGE)
		return refuse_range(cli, word);
	if (rc < 0)
		return vids_refuse(cli, word, rc);
	/* The library accepts 0, but only VLAN devices may have it. */
	if (vbr_vids_next(vids, -1) == 0) {
		vbr_vids_free(vids);
		return refuse_range(cli, word);
	}
	*ret_vids = vids;
	return EXIT_SUCCESS;
}

int vids_take_one(const struct cli *cli, const char *word,
		  unsigned int *ret_vid)
{
	struct vbr_vids *vids;
	int vid = 0;

	if (vbr_vids_parse(word, &vids) == 0) {
		vid = vbr_vids_next(vids, -1);
		/* Accepts only a single id. */
		if (vbr_vids_next(vids, vid) >= 0)
			vid = 0;
		vbr_vids_free(vids);
	}
	if (vid <= 0)
		return cli_bad_word(
			cli,
			_("\"%s\" is not a VLAN id: they range from "
			  "1 to 4094"),
			word);
	*ret_vid = (unsigned int)vid;
	return EXIT_SUCCESS;
}

size_t vids_number(const struct vbr_vids *vids)
{
	size_t count = 0;
	int vid = -1;

	while ((vid = vbr_vids_next(vids, vid)) >= 0)
		count++;
	return count;
}
