/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* diff and restore: compare a file with the running state, and make it so. */

#include "config.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "addressed.h"
#include "cli/out.h"
#include "commands.h"
#include "config-read.h"
#include "config-text.h"
#include "reach-diff.h"
#include "session.h"
#include "signals.h"
#include "vbridge.h"

/* The exit status of diff, as that of diff(1). */
enum diff_status { DIFF_SAME, DIFF_DIFFERENT, DIFF_FAILED };

static const char *file_of(const struct call *call)
{
	return call->argc ? call->argv[0] : "-";
}

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
	rc = config_print(cli, plan);
	if (is_different) {
		reach_print_comments(cli, plan);
		if (cli->dry_run)
			session_check(cli, plan);
	}
	config_print_losses(cli, plan, N_("lost: %.*s"));
	vbr_config_free(plan);
	if (rc)
		return DIFF_FAILED;
	return is_different ? DIFF_DIFFERENT : DIFF_SAME;
}

int cmd_diff(struct cli *cli, const struct call *call)
{
	struct vbr_config *config;
	enum diff_status status;

	if (config_read(cli, file_of(call), &config))
		return DIFF_FAILED;
	addressed_warn(cli, config);
	status = print_plan(cli, config);
	vbr_config_free(config);
	return status;
}

/* In seconds: a week. */
#define WAIT_MAX 604800

/* Returns the status. */
static int take_timeout(const struct cli *cli, unsigned int *ret_ms)
{
	uint64_t seconds = 0;

	if (cli->wait && vbr_parse_number(cli->wait, WAIT_MAX, &seconds) < 0)
		return cli_bad_word(cli,
				    _("\"%s\" is not a time to wait: it takes "
				      "seconds, from 0 to 604800"),
				    cli->wait);
	*ret_ms = (unsigned int)seconds * 1000;
	return EXIT_SUCCESS;
}

static int wait_for_devices(const struct cli *cli,
			    const struct vbr_config *config,
			    unsigned int timeout)
{
	if (!cli->wait || vbr_config_wait(cli->ctx, config, timeout) == 0)
		return EXIT_SUCCESS;
	return cli_fail(cli);
}

/*
 * If nothing can be saved here, "rollback" reports it. The guard of --confirm
 * saves its change itself.
 */
static void record(const struct cli *cli, const struct vbr_config *before,
		   const char *name)
{
	char *what;

	if (cli->confirm || asprintf(&what, "restore %s", name) < 0)
		return;
	vbr_guard_record(cli->ctx, what, before);
	free(what);
}

/* Returns the status. */
static int check_session(const struct cli *cli, const struct vbr_config *config)
{
	struct vbr_config *now, *plan;
	int status, rc;

	if (!session_is_remote(cli))
		return EXIT_SUCCESS;
	rc = vbr_config_capture_all(cli->ctx, &now);
	if (rc < 0)
		return cli_fail(cli);
	rc = vbr_config_diff(cli->ctx, now, config, flags_of(cli), &plan);
	vbr_config_free(now);
	if (rc < 0)
		return cli_fail(cli);
	status = session_check(cli, plan);
	vbr_config_free(plan);
	return status;
}

static int restore(const struct cli *cli, const struct vbr_config *config,
		   const char *name)
{
	struct vbr_config *before;
	sigset_t mask;
	int rc;

	if (check_session(cli, config))
		return EXIT_FAILURE;
	signals_block(&mask);
	rc = vbr_config_restore(cli->ctx, config, flags_of(cli), &before);
	if (rc == 0 && before)
		record(cli, before, name);
	signals_restore(&mask);
	if (rc < 0)
		return cli_fail(cli);
	vbr_config_free(before);
	return EXIT_SUCCESS;
}

int cmd_restore(struct cli *cli, const struct call *call)
{
	struct vbr_config *config;
	unsigned int timeout = 0;
	int status;

	if (take_timeout(cli, &timeout) ||
	    config_read(cli, file_of(call), &config))
		return EXIT_FAILURE;
	status = wait_for_devices(cli, config, timeout);
	if (status == EXIT_SUCCESS)
		addressed_warn(cli, config);
	/* The plan has more details than the command line. */
	cli->unchanged = cli->dry_run;
	if (status == EXIT_SUCCESS && !cli->dry_run)
		status = restore(cli, config, file_of(call));
	else if (status == EXIT_SUCCESS &&
		 print_plan(cli, config) == DIFF_FAILED)
		status = EXIT_FAILURE;
	vbr_config_free(config);
	return status;
}
