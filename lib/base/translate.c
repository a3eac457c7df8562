/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Translates messages if the program has chosen a language: _() and P_() of
 * config.h. */

#include "config.h"

#if ENABLE_NLS

#include <errno.h>
#include <libintl.h>

/*
 * Called before each message: a library has no other place for it, and repeated
 * calls are cheap. The error is reported afterwards, so errno must not change.
 */
static void bind(void)
{
	int before = errno;

	bindtextdomain(PACKAGE, LOCALEDIR);
	errno = before;
}

const char *translate(const char *text)
{
	bind();
	return dgettext(PACKAGE, text);
}

const char *translate_count(const char *one, const char *many,
			    unsigned long count)
{
	bind();
	return dngettext(PACKAGE, one, many, count);
}

#endif
