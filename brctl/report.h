/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Error messages of brctl: an errno becomes a line. */

#ifndef VBR_BRCTL_REPORT_H
#define VBR_BRCTL_REPORT_H

#include "cli/cli.h"

/* One kind of failure for each command or group of commands. */
enum failure {
	FAIL_ADDBR,
	FAIL_DELBR,
	FAIL_ADDIF,
	FAIL_DELIF,
	FAIL_HAIRPIN,
	FAIL_PATHCOST,
	FAIL_PORTPRIO,
	FAIL_AGEING,
	FAIL_BRIDGEPRIO,
	FAIL_FORWARD_DELAY,
	FAIL_HELLO,
	FAIL_MAX_AGE,
	FAIL_STP,
	FAIL_SHOW,
	FAIL_SHOWMACS,
	FAIL_OPTION, /* of a command that is not classic */
	FAIL_ANY,    /* in tables only */
};

/* Prints the line on stderr; returns the status of a failed command. */
int report(const struct cli *cli, enum failure failure, int error,
	   const char *bridge, const char *port);

/* An option that the kernel does not send is shown as 0; a malformed one is
 * reported. Takes the result of an accessor; returns the status. */
int report_value(const struct cli *cli, int rc, const char *option);

#endif
