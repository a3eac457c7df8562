/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Numbers of random tests from the environment. */

#include "oracle/seed.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

uint64_t number_of(const char *variable, uint64_t otherwise)
{
	const char *text = getenv(variable);

	return text ? strtoull(text, NULL, 0) : otherwise;
}

uint64_t seed_of(const char *variable)
{
	return number_of(variable,
			 (uint64_t)time(NULL) * 1000 + (uint64_t)getpid());
}
