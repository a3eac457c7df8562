/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Error sentences of a context, in any encoding and of any length. */

#include "unit/fake-kernel.h"
#include "unit/unit.h"

#include <errno.h>
#include <string.h>

#include "core/context.h"

/* Latin-1, as in translations for a locale with this encoding. */
static void other_encodings(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	context_begin(ctx,
		      "Br\xfc"
		      "cke \"%s\"",
		      "a\n");
	context_fail_word(ctx, -EINVAL,
			  "\xfc"
			  "bel ist \"%s\"",
			  "\x1b[31m");
	assert_string_equal(vbr_ctx_error(ctx), "Br\xfc"
						"cke \"a\\012\": \xfc"
						"bel ist "
						"\"\\033[31m\"");
	fake_end(fake_kernel, ctx);
}

/* UTF-8: a sentence that is too long is cut between two characters. */
static void long_sentences(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < 8; i++) {
		char text[1201], *at = text;
		size_t len;

		memset(at, 'x', i);
		for (at += i; at + 3 < text + sizeof(text); at += 3)
			memcpy(at, "\xe2\x82\xac", 3);
		*at = '\0';
		context_begin(ctx, text);
		context_fail(ctx, -EINVAL, text);
		len = strlen(vbr_ctx_error(ctx));
		assert_in_range(len, 1016, 1023);
		assert_int_equal((len - 2 * i - 2) % 3, 0);
	}
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("text is escaped, letters of a language are not",
		     other_encodings),
		TEST("a truncated sentence ends with a complete character",
		     long_sentences),
	};

	return run_all(tests);
}
