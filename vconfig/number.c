/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Numbers as the classic vconfig reads them. */

#include "config.h"

#include <stdlib.h>

#include "vconfig.h"

bool parse_decimal(const char *word, int64_t *ret_number)
{
	char *end;

	*ret_number = strtoll(word, &end, 10);
	return end != word && *end == '\0';
}
