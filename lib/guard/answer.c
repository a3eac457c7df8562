/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the process that guards a change answers: an errno and a newline; then a
 * sentence, or the two texts of a configuration with a NUL between them. */

#include "config.h"

#include "guard/answer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "config/configuration.h"
#include "core/context.h"

#define READ_BYTES 4096

/* --- send ----------------------------------------------------------------- */

/* If the other process no longer listens, the answer is lost. */
static void put(int connection, const char *bytes, size_t len)
{
	while (len) {
		ssize_t count = send(connection, bytes, len, MSG_NOSIGNAL);

		if (count <= 0)
			return;
		bytes += count;
		len -= (size_t)count;
	}
}

static void put_number(int connection, int number)
{
	char text[16];

	snprintf(text, sizeof(text), "%d\n", number);
	put(connection, text, strlen(text));
}

void answer_send(int connection, const struct vbr_ctx *ctx, int rc,
		 const struct vbr_config *left)
{
	const char *text;

	put_number(connection, rc);
	if (rc < 0) {
		text = vbr_ctx_error(ctx);
		put(connection, text, strlen(text));
	} else if (left) {
		text = vbr_config_text(left);
		put(connection, text, strlen(text) + 1);
		text = vbr_config_losses(left);
		put(connection, text, strlen(text));
	}
}

void answer_refuse(int connection, int error)
{
	put_number(connection, error);
}

void answer_tell(int connection, int seconds, const char *what)
{
	put_number(connection, seconds);
	put(connection, what, strlen(what));
}

/* --- read ----------------------------------------------------------------- */

int answer_read(int connection, char **ret_text, size_t *ret_len)
{
	char *text = NULL, *more;
	size_t len = 0;
	ssize_t count = 0;

	do {
		len += (size_t)count;
		more = realloc(text, len + READ_BYTES + 1);
		if (!more) {
			free(text);
			return -ENOMEM;
		}
		text = more;
		count = recv(connection, text + len, READ_BYTES, 0);
	} while (count > 0);
	if (count < 0) {
		free(text);
		return -errno;
	}
	text[len] = '\0';
	*ret_text = text;
	*ret_len = len;
	return 0;
}

static int take_left(struct vbr_ctx *ctx, const char *text, const char *end,
		     struct vbr_config **ret_left)
{
	struct vbr_config *left = calloc(1, sizeof(*left));

	if (left) {
		text_put(&left->text, text);
		text += strlen(text) + 1;
		text_put(&left->losses, text < end ? text : "");
	}
	if (!left || left->text.is_short || left->losses.is_short) {
		vbr_config_free(left);
		return context_fail(ctx, -ENOMEM, NULL);
	}
	*ret_left = left;
	return 0;
}

static int take_refusal(struct vbr_ctx *ctx, int error, const char *sentence)
{
	if (*sentence)
		return context_fail_sentence(ctx, error, sentence);
	if (error == -EPERM)
		return context_fail(ctx, error,
				    _("another user has made the change"));
	if (error == -EAGAIN)
		return context_fail(ctx, error,
				    _("the change is still being made"));
	if (error == -ECANCELED)
		return context_fail(ctx, error, _("it was undone"));
	return context_fail(ctx, error, NULL);
}

int answer_take(int connection, struct vbr_ctx *ctx,
		struct vbr_config **ret_left)
{
	char *text, *rest;
	size_t len;
	int rc = answer_read(connection, &text, &len);

	if (rc == 0 && len == 0) {
		/* It was killed. */
		free(text);
		rc = -ECONNRESET;
	}
	if (rc < 0)
		return context_fail(ctx, rc, NULL);
	rc = (int)strtol(text, &rest, 10);
	rest += *rest == '\n';
	if (rc < 0)
		rc = take_refusal(ctx, rc, rest);
	else if (ret_left)
		rc = take_left(ctx, rest, text + len, ret_left);
	free(text);
	return rc;
}
