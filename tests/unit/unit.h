/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Included first by each cmocka program. */

#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A test with a description. */
#define TEST(sentence, function) \
	{ \
		(sentence), (function), NULL, NULL, NULL \
	}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Like assert_true(), but with a message that names the row of a table. */
#define check(holds, ...) \
	do { \
		if (!(holds)) \
			fail_msg(__VA_ARGS__); \
	} while (0)

#define run_all(tests) cmocka_run_group_tests((tests), NULL, NULL)

#endif
