/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Messages in the user's language, if the program has chosen one: _() and P_()
 * of config.h.
 */

#include "config.h"

#if ENABLE_NLS

#include <errno.h>
#include <libintl.h>

/*
 * Before each message, for whatever program this is part of: there is no time
 * at which a library begins, and to say the same again is cheap. What failed
 * is told after this, so errno stays.
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
