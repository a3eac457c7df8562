/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Says why the kernel refused, and what to do, after vconfig's own line, which
 * has only the text of an errno. */

#include "config.h"

#include <errno.h>
#include <stddef.h>

#include "vbridge.h"
#include "vconfig.h"

/* %s: the device. For errors without a row, the library's sentence is used. */
static const struct advice {
	int status; /* 0: of all commands */
	int error;
	char text[88];
} advices[] = {
	{ STATUS_ADD, EEXIST,
	  N_("\"%s\" has this VLAN, or the new name is taken: see vconfig "
	     "show") },
	{ STATUS_ADD, ERANGE, N_("VLAN ids range from 1 to 4094") },
	{ STATUS_FLAG, EINVAL, N_("this kernel does not know the flag") },

	{ 0, ENODEV, N_("there is no device \"%s\"") },
	{ 0, ENOPKG,
	  N_("this kernel has no VLAN devices, and no module \"8021q\" to "
	     "load") },
	{ 0, ENOMEM, N_("the machine has no memory left for this") },
	{ 0, ENOBUFS, N_("the machine has no memory left for this") },
};

static const struct advice *find_advice(enum status status, int error)
{
	for (size_t i = 0; i < sizeof(advices) / sizeof(advices[0]); i++)
		if (advices[i].error == error &&
		    (advices[i].status == (int)status || !advices[i].status))
			return &advices[i];
	return NULL;
}

int find_device(const struct cli *cli, const char *device)
{
	struct vbr_vlan *vlan;
	int rc = vbr_vlan_get(cli->ctx, device, &vlan);

	if (rc == 0)
		vbr_vlan_free(vlan);
	return rc;
}

void vconfig_explain(const struct cli *cli, enum status status, int error,
		     const char *device)
{
	const struct advice *advice = find_advice(status, error);

	if (cli_explain(cli))
		return;
	/* The kernel has one errno for an unknown flag and for a device that is
	 * not a VLAN; the library's sentence is then about the device. */
	if (error == EINVAL && status != STATUS_ADD && device &&
	    find_device(cli, device) < 0)
		advice = NULL;
	if (advice)
		cli_bad_word(cli, _(advice->text), device ? device : "");
	else
		cli_fail(cli);
}
