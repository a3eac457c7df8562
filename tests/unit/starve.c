/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lets allocations fail. */

#include "unit.h"

#include "unit/starve.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "vbridge.h"

/* The linker sends the library's calls here (--wrap). Only those made within
 * the call under test are counted. */
static bool counting;
static unsigned int calls, fail_at;

static bool fails_now(void)
{
	return counting && ++calls == fail_at;
}

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_reallocarray(void *old, size_t count, size_t size);
void *__wrap_reallocarray(void *old, size_t count, size_t size);
void *__real_mmap(void *at, size_t len, int prot, int flags, int fd,
		  off_t offset);
void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd,
		  off_t offset);

static void *no_memory(void)
{
	errno = ENOMEM;
	return NULL;
}

void *__wrap_malloc(size_t size)
{
	return fails_now() ? no_memory() : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return fails_now() ? no_memory() : __real_calloc(count, size);
}

void *__wrap_reallocarray(void *old, size_t count, size_t size)
{
	return fails_now() ? no_memory() :
		__real_reallocarray(old, count, size);
}

void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd,
		  off_t offset)
{
	if (fails_now()) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return __real_mmap(at, len, prot, flags, fd, offset);
}

void starve(unsigned int nth)
{
	fail_at = nth;
	calls = 0;
	counting = true;
}

unsigned int feed(void)
{
	counting = false;
	return calls;
}

bool fail_nth(const struct trial *trial, unsigned int n)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	void *result = &calls;
	unsigned int count;
	int rc;

	canned_resets_at_will(canned);
	trial->script(canned);
	starve(n);
	rc = trial->call(ctx, &result);
	count = feed();
	if (count < n) {
		assert_int_equal(rc, 0);
		trial->release(result);
		canned_end(canned, ctx);
		return false;
	}
	check(rc == -ENOMEM, "allocation %u fails: %d", n, rc);
	assert_ptr_equal(result, &calls);
	assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
	check(strstr(vbr_ctx_error(ctx), ": Cannot allocate memory") != NULL,
	      "it says: %s", vbr_ctx_error(ctx));
	/* The script may not have been followed to its end. */
	canned_forget(canned);
	canned_end(canned, ctx);
	return true;
}

void fail_each(const struct trial *trial)
{
	unsigned int n = 1;

	while (fail_nth(trial, n))
		n++;
	check(n > trial->least, "it allocates only %u times", n - 1);
}
