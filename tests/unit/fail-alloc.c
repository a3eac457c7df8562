/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes allocations fail. */

#include "unit.h"

#include "unit/fail-alloc.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "vbridge.h"

/* The linker replaces these in the library (--wrap). "calls" counts the
 * allocations in the call under test only, "there" those that are not freed. */
static bool counting;
static unsigned int calls, fail_at;
static long there;

static bool fails_now(void)
{
	bool fails = counting && ++calls == fail_at;

	if (fails)
		errno = ENOMEM;
	return fails;
}

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__real_reallocarray(void *old, size_t count, size_t size);
void *__wrap_reallocarray(void *old, size_t count, size_t size);
void __real_free(void *old);
void __wrap_free(void *old);
void *__real_mmap(void *at, size_t len, int prot, int flags, int fd,
		  off_t offset);
void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd,
		  off_t offset);
int __real_munmap(void *at, size_t len);
int __wrap_munmap(void *at, size_t len);
locale_t __real_newlocale(int mask, const char *name, locale_t base);
locale_t __wrap_newlocale(int mask, const char *name, locale_t base);
void __real_freelocale(locale_t old);
void __wrap_freelocale(locale_t old);

static void *take(void *block)
{
	there += block != NULL;
	return block;
}

void *__wrap_malloc(size_t size)
{
	return fails_now() ? NULL : take(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
	return fails_now() ? NULL : take(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size)
{
	void *block;

	if (fails_now())
		return NULL;
	block = __real_realloc(old, size);
	return old ? block : take(block);
}

void *__wrap_reallocarray(void *old, size_t count, size_t size)
{
	void *block;

	if (fails_now())
		return NULL;
	block = __real_reallocarray(old, count, size);
	return old ? block : take(block);
}

void __wrap_free(void *old)
{
	there -= old != NULL;
	__real_free(old);
}

void *__wrap_mmap(void *at, size_t len, int prot, int flags, int fd,
		  off_t offset)
{
	if (fails_now())
		return MAP_FAILED;
	there++;
	return __real_mmap(at, len, prot, flags, fd, offset);
}

int __wrap_munmap(void *at, size_t len)
{
	there--;
	return __real_munmap(at, len);
}

locale_t __wrap_newlocale(int mask, const char *name, locale_t base)
{
	if (fails_now())
		return NULL;
	there++;
	return __real_newlocale(mask, name, base);
}

void __wrap_freelocale(locale_t old)
{
	there--;
	__real_freelocale(old);
}

long blocks(void)
{
	return there;
}

void fail_alloc_begin(unsigned int nth)
{
	fail_at = nth;
	calls = 0;
	counting = true;
}

unsigned int fail_alloc_end(void)
{
	counting = false;
	return calls;
}

/* A failed call leaves nothing allocated. */
static void forget(struct fake_kernel *fake_kernel, struct vbr_ctx *ctx,
		   long before)
{
	/* The call may have ended before the last expected request. */
	fake_forget(fake_kernel);
	fake_end(fake_kernel, ctx);
	assert_int_equal(blocks(), before);
}

bool fail_alloc_nth(const struct trial *trial, unsigned int n)
{
	long before = blocks();
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	void *result = &calls;
	unsigned int count;
	int rc;

	fake_resets_at_will(fake_kernel);
	trial->script(fake_kernel);
	fail_alloc_begin(n);
	rc = trial->call(ctx, &result);
	count = fail_alloc_end();
	if (count < n) {
		assert_int_equal(rc, 0);
		trial->release(result);
		fake_end(fake_kernel, ctx);
		assert_int_equal(blocks(), before);
		return false;
	}
	check(rc == -ENOMEM, "allocation %u fails: %d", n, rc);
	assert_ptr_equal(result, &calls);
	assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
	check(strstr(vbr_ctx_error(ctx), ": Cannot allocate memory") != NULL,
	      "it says: %s", vbr_ctx_error(ctx));
	forget(fake_kernel, ctx, before);
	return true;
}

void fail_alloc_each(const struct trial *trial)
{
	unsigned int n = 1;

	while (fail_alloc_nth(trial, n))
		n++;
	check(n > trial->least, "it allocates only %u times", n - 1);
}
