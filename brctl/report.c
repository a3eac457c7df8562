/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Translates an errno to the line that brctl has always printed. Scripts
 * compare these lines, so they are not translated to other languages. */

#include "config.h"

#include "report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/out.h"
#include "vbridge.h"

/* %b: the bridge, %p: the port, %e: the errno's text. */
static const struct line {
	enum failure failure;
	int error;     /* 0: any other */
	char text[88]; /* "": the library's own sentence */
} lines[] = {
	{ FAIL_ADDBR, EEXIST,
	  "device %b already exists; can't create bridge with the same name" },
	{ FAIL_ADDBR, ENAMETOOLONG, "" },
	{ FAIL_ADDBR, EILSEQ, "" },
	{ FAIL_ADDBR, 0, "add bridge failed: %e" },

	{ FAIL_DELBR, ENODEV, "bridge %b doesn't exist; can't delete it" },
	{ FAIL_DELBR, EBUSY, "bridge %b is still up; can't delete it" },
	{ FAIL_DELBR, 0, "can't delete bridge %b: %e" },

	{ FAIL_ADDIF, ENODEV, "interface %p does not exist!" },
	{ FAIL_ADDIF, ENXIO, "bridge %b does not exist!" },
	{ FAIL_ADDIF, EBUSY,
	  "device %p is already a member of a bridge; "
	  "can't add it to bridge %b." },
	{ FAIL_ADDIF, ELOOP,
	  "device %p is a bridge device itself; "
	  "can't add a bridge device to a bridge device." },
	{ FAIL_ADDIF, 0, "can't add %p to bridge %b: %e" },

	{ FAIL_DELIF, ENODEV, "interface %p does not exist!" },
	{ FAIL_DELIF, ENXIO, "bridge %b does not exist!" },
	{ FAIL_DELIF, EINVAL, "device %p is not a port of %b" },
	{ FAIL_DELIF, 0, "can't delete %p from %b: %e" },

	{ FAIL_HAIRPIN, ENODEV, "interface %p does not exist!" },
	{ FAIL_HAIRPIN, ENXIO, "bridge %b does not exist!" },
	{ FAIL_HAIRPIN, EXDEV, "device %p is not a port of %b" },
	{ FAIL_HAIRPIN, 0, "can't set %p to hairpin on bridge %b: %e" },

	{ FAIL_PATHCOST, EXDEV, "device %p is not a port of %b" },
	{ FAIL_PATHCOST, 0, "set path cost failed: %e" },

	{ FAIL_PORTPRIO, EXDEV, "device %p is not a port of %b" },
	{ FAIL_PORTPRIO, 0, "set port priority failed: %e" },

	{ FAIL_AGEING, 0, "set ageing time failed: %e" },
	{ FAIL_BRIDGEPRIO, 0, "set bridge priority failed: %e" },
	{ FAIL_FORWARD_DELAY, 0, "set forward delay failed: %e" },
	{ FAIL_HELLO, 0, "set hello timer failed: %e" },
	{ FAIL_MAX_AGE, 0, "set max age failed: %e" },
	{ FAIL_STP, 0, "set stp status failed: %e" },

	{ FAIL_SHOW, ENODEV, "bridge %b does not exist!" },
	{ FAIL_SHOW, EOPNOTSUPP, "device %b is not a bridge!" },
	{ FAIL_SHOW, 0, "" },

	{ FAIL_SHOWMACS, 0, "read of forward table failed: %e" },

	{ FAIL_OPTION, 0, "" },
};

/*
 * The advice for an errno, after a line that only has the text of the errno.
 * For other errnos the library's sentence follows, which has details: the range
 * of a value, or the kernel's reason.
 */
static const struct advice {
	enum failure failure; /* FAIL_ANY: of all that have no row before it */
	int error;
	char text[112];
} advices[] = {
	{ FAIL_ADDIF, EXFULL,
	  N_("a bridge has at most 1023 ports; \"%p\" needs another bridge") },
	{ FAIL_ADDIF, EINVAL,
	  N_("only Ethernet devices with a valid MAC address can be ports, "
	     "and the loopback device cannot") },
	{ FAIL_ADDIF, EMLINK,
	  N_("\"%p\" is stacked on too many other devices") },

	{ FAIL_HAIRPIN, ENODATA,
	  N_("\"%p\" is not a port; to make it one: brctl addif %b %p") },
	{ FAIL_PATHCOST, ENODATA,
	  N_("\"%p\" is not a port; to make it one: brctl addif %b %p") },
	{ FAIL_PORTPRIO, ENODATA,
	  N_("\"%p\" is not a port; to make it one: brctl addif %b %p") },
	{ FAIL_PATHCOST, ENODEV, N_("there is no device \"%p\"") },
	{ FAIL_PORTPRIO, ENODEV, N_("there is no device \"%p\"") },
	{ FAIL_ANY, ENODEV, N_("there is no device \"%b\"") },
	{ FAIL_ANY, ENXIO, N_("there is no device \"%b\"") },

	{ FAIL_ANY, ENOPKG,
	  N_("this kernel has no bridges, and no module \"bridge\" to load") },
	{ FAIL_ANY, ENOMEM, N_("the machine has no memory left for this") },
	{ FAIL_ANY, ENOBUFS, N_("the machine has no memory left for this") },
};

static const struct line *find_line(enum failure failure, int error)
{
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (lines[i].failure == failure &&
		    (lines[i].error == error || lines[i].error == 0))
			return &lines[i];
	return NULL;
}

static const struct advice *find_advice(enum failure failure, int error)
{
	for (size_t i = 0; i < sizeof(advices) / sizeof(advices[0]); i++)
		if (advices[i].error == error &&
		    (advices[i].failure == failure ||
		     advices[i].failure == FAIL_ANY))
			return &advices[i];
	return NULL;
}

/* The library distinguishes more errors than brctl ever did. */
static const char *error_text(int error)
{
	switch (error) {
	case ENODATA:
		/* brctl found no file in sysfs if a device was not a port. */
		return cli_strerror(ENOENT);
	case ENXIO:
		return cli_strerror(ENODEV);
	default:
		return cli_strerror(error);
	}
}

static void print_line(const char *text, int error, const char *bridge,
		       const char *port)
{
	FILE *stream = out_stderr();

	for (; *text; text++) {
		if (*text != '%') {
			fputc(*text, stream);
			continue;
		}
		switch (*++text) {
		case 'b':
			out_name(stream, bridge);
			break;
		case 'p':
			out_name(stream, port);
			break;
		case 'e':
			fputs(error_text(error), stream);
			break;
		}
	}
	fputc('\n', stream);
}

/* The line names nothing but an errno: says why, and what to do. */
static void explain(const struct cli *cli, enum failure failure, int error,
		    const char *bridge, const char *port)
{
	const struct advice *advice = find_advice(failure, error);

	if (cli_explain(cli))
		return;
	if (!advice) {
		cli_fail(cli);
		return;
	}
	fprintf(out_stderr(), "%s: ", cli->tool);
	print_line(_(advice->text), error, bridge, port);
}

int report(const struct cli *cli, enum failure failure, int error,
	   const char *bridge, const char *port)
{
	const struct line *line = find_line(failure, error);

	if (!line || !line->text[0])
		return cli_fail(cli);
	print_line(line->text, error, bridge, port);
	/* More specific lines need no explanation. */
	if (line->error == 0)
		explain(cli, failure, error, bridge, port);
	return EXIT_FAILURE;
}

int report_value(const struct cli *cli, int rc, const char *option)
{
	if (rc == 0 || rc == -ENODATA)
		return EXIT_SUCCESS;
	cli_message(cli, _("the kernel's answer about %s is broken"), option);
	return EXIT_FAILURE;
}
