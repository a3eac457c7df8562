/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A library to preload: the allocation of jansson with the number VB_FAIL_AT
 * fails. */

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int is_jansson(void *caller)
{
	Dl_info info;

	return dladdr(caller, &info) && info.dli_fname &&
	       strstr(info.dli_fname, "jansson");
}

void *malloc(size_t size)
{
	static void *(*next)(size_t size);
	static long left = -1;

	if (!next) {
		const char *at = getenv("VB_FAIL_AT");

		*(void **)&next = dlsym(RTLD_NEXT, "malloc");
		left = at ? atol(at) : 0;
	}
	if (left > 0 && is_jansson(__builtin_return_address(0)) &&
	    --left == 0) {
		errno = ENOMEM;
		return NULL;
	}
	return next(size);
}
