/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds the flags that addvlan removes from VLANs without naming them. */

#include "config.h"

#include "vlan-loss.h"

#include <stdio.h>

#include "args.h"
#include "cli/out.h"
#include "entry-json.h"

/* Consecutive VLANs whose flags change in the same way. */
struct range {
	unsigned int first, last;
	unsigned int before, after;
};

/* A port has one PVID. */
static unsigned int flags_after(const struct vbr_vids *vids, unsigned int flags,
				unsigned int vid, unsigned int before)
{
	if (vbr_vids_next(vids, (int)vid - 1) == (int)vid)
		return flags;
	return before & ~(flags & VBR_PORT_VLAN_PVID);
}

/* The range that begins at the VLAN, and ends before "end". */
static struct range range_from(const struct vbr_vids *vids, unsigned int flags,
			       const struct vbr_port_vlan *row,
			       unsigned int vid)
{
	struct range range = { .first = vid,
			       .last = vid,
			       .before = vbr_port_vlan_flags(row) };

	range.after = flags_after(vids, flags, vid, range.before);
	while (range.last < vbr_port_vlan_last(row) &&
	       flags_after(vids, flags, range.last + 1, range.before) ==
		       range.after)
		range.last++;
	return range;
}

/* The words stand in a sentence here, and not in a table. */
static const char *words_of(unsigned int flags)
{
	switch (flags) {
	case VBR_PORT_VLAN_PVID:
		return "pvid";
	case VBR_PORT_VLAN_UNTAGGED:
		return "untagged";
	default:
		return "pvid, untagged";
	}
}

static void report_loss(const struct cli *cli, const char *member,
			const struct range *range)
{
	const char *words = words_of(range->before & ~range->after);
	char name[VBR_NAME_TEXT_SIZE];

	vbr_format_name(member, name, sizeof(name));
	if (range->first == range->last)
		/* Translators: a port, a VLAN, and pvid or untagged. */
		cli_message(cli, _("%s: VLAN %u loses %s"), name, range->first,
			    words);
	else
		cli_message(cli, _("%s: VLANs %u-%u lose %s"), name,
			    range->first, range->last, words);
}

static void print_both(const char *member, const struct range *range)
{
	fputs("vlan ", stdout);
	out_name(stdout, member);
	printf(range->first == range->last ? " %u" : " %u-%u", range->first,
	       range->last);
	printf(": %s", port_vlan_flags_text(range->before));
	printf(" -> %s\n", port_vlan_flags_text(range->after));
}

static void report_row(const struct cli *cli, const char *member,
		       const struct vbr_vids *vids, unsigned int flags,
		       const struct vbr_port_vlan *row)
{
	struct range range;

	for (unsigned int vid = vbr_port_vlan_first(row);
	     vid <= vbr_port_vlan_last(row); vid = range.last + 1) {
		range = range_from(vids, flags, row, vid);
		if (cli->dry_run && range.before != range.after)
			print_both(member, &range);
		else if (!cli->dry_run && range.before & ~range.after)
			report_loss(cli, member, &range);
	}
}

void vlan_loss_report(const struct cli *cli, const char *bridge,
		      const char *member, const struct vbr_vids *vids,
		      unsigned int flags, const struct vbr_port_vlans *before)
{
	const struct vbr_port_vlan *row;
	int index;

	if (!before || find_member_index(cli, bridge, member, &index) < 0)
		return;
	for (size_t i = 0; (row = vbr_port_vlans_at(before, i)); i++)
		if (vbr_port_vlan_index(row) == index)
			report_row(cli, member, vids, flags, row);
}
