/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads configurations from files. */

#include "config.h"

#include "config-read.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "config-lines.h"
#include "vbridge.h"

#define READ_BYTES 65536

static int read_stream(FILE *file, char **ret_text, size_t *ret_len)
{
	size_t len = 0, count;
	char *text = NULL;

	do {
		char *more = realloc(text, len + READ_BYTES);

		if (!more) {
			free(text);
			return -ENOMEM;
		}
		text = more;
		count = fread(text + len, 1, READ_BYTES, file);
		len += count;
	} while (count == READ_BYTES);
	if (ferror(file)) {
		free(text);
		return -errno;
	}
	*ret_text = text;
	*ret_len = len;
	return 0;
}

static int read_file(const struct cli *cli, const char *name, char **ret_text,
		     size_t *ret_len)
{
	bool is_stdin = strcmp(name, "-") == 0;
	FILE *file = is_stdin ? stdin : fopen(name, "re");
	int rc;

	if (!file)
		return cli_bad_word_why(cli, _("cannot open \"%s\": %s"), name,
					errno);
	rc = read_stream(file, ret_text, ret_len);
	if (!is_stdin)
		fclose(file);
	if (rc < 0)
		return cli_bad_word_why(cli, _("cannot read \"%s\": %s"), name,
					-rc);
	return EXIT_SUCCESS;
}

int config_read(const struct cli *cli, const char *name,
		struct vbr_config **ret_config)
{
	char *text = NULL;
	size_t len = 0;
	int rc;

	if (read_file(cli, name, &text, &len))
		return EXIT_FAILURE;
	if (is_json_config(text, len) &&
	    make_config_lines(cli, name, &text, &len)) {
		free(text);
		return EXIT_FAILURE;
	}
	rc = vbr_config_parse(cli->ctx, name, text, len, ret_config);
	free(text);
	return rc < 0 ? cli_fail(cli) : EXIT_SUCCESS;
}
