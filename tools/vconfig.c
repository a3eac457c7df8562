/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The program vconfig. */

#include "config.h"

#include "brctl/program.h"
#include "vconfig/program.h"

int main(int argc, char **argv)
{
	/* In a batch, a line without the name of a program is vconfig's. */
	static const struct program *const programs[] = {
		&vconfig_program,
		&brctl_program,
		NULL,
	};

	return vconfig_main(argc, argv, programs);
}
