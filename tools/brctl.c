/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The program brctl. */

#include "config.h"

#include "brctl/program.h"
#include "vconfig/program.h"

int main(int argc, char **argv)
{
	/* In a batch, a line without the name of a program is brctl's. */
	static const struct program *const programs[] = {
		&brctl_program,
		&vconfig_program,
		NULL,
	};

	return brctl_main(argc, argv, programs);
}
