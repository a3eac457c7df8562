/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Contexts, internal part: creates and frees them, and keeps their last
 * error. */

#include "config.h"

#include "core/context.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/name.h"
#include "wire/bad-attr.h"
#include "wire/reply.h"

/* Longer than any device name and most values; longer words are truncated. */
#define WORD_SIZE 192

void context_free_buffer(struct vbr_ctx *ctx)
{
	if (ctx->buffer != ctx->own_buffer)
		free(ctx->buffer);
}

/*
 * Uses mmap(): most calls of brctl allocate nothing else, and calloc() would
 * first set up a heap. In 300 pairs of processes, setfd took 1.04 times as long
 * with calloc(), and addbr 1.06 times.
 */
static struct vbr_ctx *allocate(void)
{
	void *pages = mmap(NULL, sizeof(struct vbr_ctx), PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return pages == MAP_FAILED ? NULL : pages;
}

int context_new(const struct transport *transport, void *data,
		struct vbr_ctx **ret_ctx)
{
	struct vbr_ctx *ctx = allocate();

	if (!ctx)
		return -ENOMEM;
	ctx->buffer = ctx->own_buffer;
	ctx->buffer_size = sizeof(ctx->own_buffer);
	ctx->references = 1;
	context_begin(ctx, N_("the request failed"));
	ctx->transport = transport;
	ctx->transport_data = data ? data : &ctx->socket;
	*ret_ctx = ctx;
	return 0;
}

void context_free(struct vbr_ctx *ctx)
{
	context_free_buffer(ctx);
	munmap(ctx, sizeof(*ctx));
}

int context_detach(struct vbr_ctx *ctx)
{
	ctx->progress = NULL;
	/* The caller's socket is only closed here. */
	ctx->socket.is_external = false;
	return ctx->transport->reset(ctx->transport_data);
}

static const char *describe(int error)
{
#if HAVE_STRERRORDESC_NP
	const char *text = strerrordesc_np(-error);

	return text ? text : "unknown error";
#else
	return strerror(-error);
#endif
}

/* Truncation may leave an incomplete UTF-8 character at the end. */
static void cut_cleanly(char *text)
{
	size_t len = strlen(text);

	while (len > 0 && ((unsigned char)text[len - 1] & 0xc0) == 0x80)
		len--;
	if (len > 0 && (unsigned char)text[len - 1] >= 0xc0)
		len--;
	text[len] = '\0';
}

static void print(char *text, size_t size, const char *format, va_list args)
{
	int wanted = vsnprintf(text, size, format, args);

	if (wanted < 0)
		text[0] = '\0';
	else if ((size_t)wanted >= size)
		cut_cleanly(text);
}

void context_progress(const struct vbr_ctx *ctx, size_t done, size_t total)
{
	if (ctx->progress && total > 1 && !ctx->is_dry)
		ctx->progress(ctx->progress_data, done, total);
}

void context_append(struct vbr_ctx *ctx, const char *format, ...)
{
	char *sentence = ctx->failure.sentence;
	size_t len = strlen(sentence);
	va_list args;

	va_start(args, format);
	print(sentence + len, sizeof(ctx->failure.sentence) - len, format,
	      args);
	va_end(args);
}

size_t context_copy_error(const struct vbr_ctx *ctx, char *ret_text,
			  size_t size)
{
	size_t len = strlen(ctx->failure.sentence);

	if (size == 0)
		return len;
	snprintf(ret_text, size, "%s", ctx->failure.sentence);
	if (len >= size)
		cut_cleanly(ret_text);
	return len;
}

static void begin(struct vbr_ctx *ctx, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print(ctx->failure.sentence, sizeof(ctx->failure.sentence) / 2, format,
	      args);
	va_end(args);
}

/* The words come from the caller and may contain any bytes; the text around
 * them is in the encoding of the user's language. */
static void begin_sentence(struct vbr_ctx *ctx)
{
	const char *const *text = ctx->operation.text;
	char words[3][WORD_SIZE];

	for (size_t i = 0; i < 3; i++)
		name_format(text[i + 1] ? text[i + 1] : "", words[i],
			    sizeof(words[i]));
	begin(ctx, _(text[0]), words[0], words[1], words[2]);
}

/* The library refuses. "why" is the reason; NULL: the text of the errno. */
int context_fail(struct vbr_ctx *ctx, int error, const char *why)
{
	ctx->failure.kernel_errno = 0;
	ctx->failure.lost_at = 0;
	ctx->failure.kernel_text[0] = '\0';
	ctx->failure.attr_name = NULL;
	begin_sentence(ctx);
	/* Translators: behind it stands why something failed. */
	context_append(ctx, _(": %s"), why ? why : describe(error));
	return error;
}

int context_fail_why(struct vbr_ctx *ctx, int error, const char *format, ...)
{
	char why[sizeof(ctx->failure.sentence) / 2];
	va_list args;

	va_start(args, format);
	print(why, sizeof(why), format, args);
	va_end(args);
	return context_fail(ctx, error, why);
}

int context_fail_word(struct vbr_ctx *ctx, int error, const char *format,
		      const char *word)
{
	char shown[WORD_SIZE];

	name_format(word, shown, sizeof(shown));
	return context_fail_why(ctx, error, format, shown);
}

int context_fail_as(struct vbr_ctx *ctx, int error, const char *why)
{
	int kernel_errno = ctx->failure.kernel_errno;

	context_fail(ctx, error, why);
	ctx->failure.kernel_errno = kernel_errno;
	return error;
}

int context_fail_sentence(struct vbr_ctx *ctx, int error, const char *sentence)
{
	ctx->failure = (struct failure){ 0 };
	context_append(ctx, "%s", sentence);
	return error;
}

/* The kernel's text may lack a NUL, and may contain control characters. */
static void keep_kernel_text(struct vbr_ctx *ctx,
			     const struct reply_error *error)
{
	char raw[sizeof(ctx->failure.kernel_text)] = "";
	size_t len = error->text_len;

	if (len >= sizeof(raw))
		len = sizeof(raw) - 1;
	if (len)
		memcpy(raw, error->text, len);
	name_format(raw, ctx->failure.kernel_text,
		    sizeof(ctx->failure.kernel_text));
}

/* The kernel refused. */
int context_fail_kernel(struct vbr_ctx *ctx, const struct reply_error *error,
			const struct nlmsghdr *request)
{
	context_fail(ctx, error->error, NULL);
	ctx->failure.kernel_errno = error->error;
	keep_kernel_text(ctx, error);
	if (error->offset)
		ctx->failure.attr_name = bad_attr_name(request, error->offset);

	if (ctx->failure.kernel_text[0])
		context_append(ctx, _("; the kernel says: %s"),
			       ctx->failure.kernel_text);
	if (ctx->failure.attr_name)
		context_append(ctx, _("; offending attribute: %s"),
			       _(ctx->failure.attr_name));
	if (error->error == -EPERM)
		context_append(ctx, "%s",
			       _("; the capability CAP_NET_ADMIN is "
				 "needed"));
	return error->error;
}

int context_fail_lost(struct vbr_ctx *ctx, int error)
{
	context_fail(ctx, error, NULL);
	ctx->failure.lost_at = strlen(ctx->failure.sentence);
	context_append(ctx, "%s",
		       _("; the kernel's answer was lost, and the change may "
			 "have been made"));
	return error;
}

bool context_may_be_done(const struct vbr_ctx *ctx)
{
	return ctx->failure.kernel_errno || ctx->failure.lost_at;
}

void context_restore(struct vbr_ctx *ctx, const struct failure *failure)
{
	size_t lost_at = failure->lost_at;

	ctx->failure = *failure;
	ctx->failure.lost_at = 0;
	if (lost_at)
		ctx->failure.sentence[lost_at] = '\0';
}
