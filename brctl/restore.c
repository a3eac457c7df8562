/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* diff and restore: compare a file with the running state, and make it so. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/out.h"
#include "commands.h"
#include "config-text.h"
#include "signals.h"
#include "vbridge.h"

/* The exit status of diff, as that of diff(1). */
enum diff_status { DIFF_SAME, DIFF_DIFFERENT, DIFF_FAILED };

#define READ_BYTES 65536

/* --- files ---------------------------------------------------------------- */

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

static int take_config(const struct cli *cli, const struct call *call,
		       struct vbr_config **ret_config)
{
	const char *name = call->argc ? call->argv[0] : "-";
	char *text = NULL;
	size_t len = 0;
	int rc;

	if (read_file(cli, name, &text, &len))
		return EXIT_FAILURE;
	rc = vbr_config_parse(cli->ctx, name, text, len, ret_config);
	free(text);
	return rc < 0 ? cli_fail(cli) : EXIT_SUCCESS;
}

/* --- the commands --------------------------------------------------------- */

static unsigned int flags_of(const struct cli *cli)
{
	return cli->exact ? VBR_CONFIG_EXACT : 0;
}

/* Prints what would be done. */
static enum diff_status print_plan(const struct cli *cli,
				   const struct vbr_config *config)
{
	struct vbr_config *now, *plan;
	int rc = vbr_config_capture_all(cli->ctx, &now);
	bool is_different;

	if (rc == 0) {
		rc = vbr_config_diff(cli->ctx, now, config, flags_of(cli),
				     &plan);
		vbr_config_free(now);
	}
	if (rc < 0) {
		cli_fail(cli);
		return DIFF_FAILED;
	}
	is_different = vbr_config_text(plan)[0];
	rc = config_print(cli, plan, N_("lost: %.*s"));
	vbr_config_free(plan);
	if (rc)
		return DIFF_FAILED;
	return is_different ? DIFF_DIFFERENT : DIFF_SAME;
}

int cmd_diff(struct cli *cli, const struct call *call)
{
	struct vbr_config *config;
	enum diff_status status;

	if (take_config(cli, call, &config))
		return DIFF_FAILED;
	status = print_plan(cli, config);
	vbr_config_free(config);
	return status;
}

static int restore(const struct cli *cli, const struct vbr_config *config)
{
	sigset_t before;
	int rc;

	signals_block(&before);
	rc = vbr_config_restore(cli->ctx, config, flags_of(cli));
	signals_restore(&before);
	return rc < 0 ? cli_fail(cli) : EXIT_SUCCESS;
}

int cmd_restore(struct cli *cli, const struct call *call)
{
	struct vbr_config *config;
	int status = EXIT_SUCCESS;

	if (take_config(cli, call, &config))
		return EXIT_FAILURE;
	/* The plan says more than the command line does. */
	cli->unchanged = cli->dry_run;
	if (cli->dry_run) {
		if (print_plan(cli, config) == DIFF_FAILED)
			status = EXIT_FAILURE;
	} else {
		status = restore(cli, config);
	}
	vbr_config_free(config);
	return status;
}
