/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* trace --live: shows real frames beside the prediction. */

#include "config.h"

#include "trace-live.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/json.h"
#include "cli/out.h"
#include "commands.h"
#include "trace-count.h"
#include "trace-text.h"
#include "vbridge.h"

/* In seconds. */
#define TIMEOUT 10
#define TIMEOUT_MAX 86400
#define COUNT_MAX 1000000

/* A VLAN that the kernel does not show. */
#define UNKNOWN (-2)

/* --- options -------------------------------------------------------------- */

/* An option that only --live has, or NULL. */
static const char *option_of_live(const struct cli *cli)
{
	if (cli->send)
		return "--send";
	if (cli->count)
		return "--count";
	return cli->wait ? "--wait" : NULL;
}

int live_take_options(const struct cli *cli, struct live *ret_live)
{
	uint64_t seconds = TIMEOUT;

	ret_live->count = 1;
	if (!cli->live && option_of_live(cli))
		return cli_bad_word(cli, _("%s is only for trace --live"),
				    option_of_live(cli));
	if (cli->count &&
	    (vbr_parse_number(cli->count, COUNT_MAX, &ret_live->count) < 0 ||
	     ret_live->count == 0))
		return cli_bad_word(
			cli,
			_("\"%s\" is not a number of frames: it takes "
			  "1 to 1000000"),
			cli->count);
	if (cli->wait && vbr_parse_number(cli->wait, TIMEOUT_MAX, &seconds) < 0)
		return cli_bad_word(cli,
				    _("\"%s\" is not a time to wait: it takes "
				      "seconds, from 0 to 86400"),
				    cli->wait);
	ret_live->timeout = (unsigned int)seconds * 1000;
	return EXIT_SUCCESS;
}

/* --- text ----------------------------------------------------------------- */

static void print_tag(int vlan)
{
	if (vlan == UNKNOWN)
		fputs("VLAN not known", stdout);
	else if (vlan < 0)
		fputs("untagged", stdout);
	else
		printf("VLAN %d", vlan);
}

static void print_frame(const char *in, const struct vbr_frame *frame)
{
	char src[VBR_MAC_TEXT_SIZE], dst[VBR_MAC_TEXT_SIZE];

	vbr_format_mac(frame->src, src);
	vbr_format_mac(frame->dst, dst);
	fputs("frame\t", stdout);
	out_name(stdout, in);
	printf("\tlive\tfrom %s to %s, type 0x%04x, ", src, dst,
	       frame->ethertype);
	print_tag(frame->vlan);
	putchar('\n');
}

static void print_hook(const struct vbr_live_hook *hook)
{
	printf("%s\t", hook->name);
	out_name(stdout, hook->device);
	fputs("\tlive\t", stdout);
	print_tag(hook->vlan);
	if (hook->rule) {
		fputs(", by a rule of the chain ", stdout);
		out_name(stdout, hook->rule);
	}
	putchar('\n');
}

static bool is_comparable(const struct vbr_live_path *path)
{
	return vbr_live_path_frame(path)->vlan != UNKNOWN;
}

static const char *result_of(const struct vbr_live_path *path)
{
	if (!is_comparable(path))
		return "\tunknown\tthe kernel does not show the tag of the "
		       "frame: the prediction is for one without a tag";
	return vbr_live_path_agrees(path)
		       ? "\tagrees\tthe frame went where the prediction says"
		       : "\tdiffers\tthe frame went elsewhere than predicted";
}

static void print_path(const char *bridge, const struct vbr_live_path *path)
{
	const struct vbr_frame *frame = vbr_live_path_frame(path);
	struct vbr_live_hook hook;

	print_frame(frame->port ? frame->port : bridge, frame);
	for (size_t i = 0; vbr_live_path_hook_at(path, i, &hook); i++)
		print_hook(&hook);
	trace_print(vbr_live_path_trace(path));
	fputs("result\t", stdout);
	out_name(stdout, bridge);
	puts(result_of(path));
}

/* --- JSON ----------------------------------------------------------------- */

static void put_hooks(struct json *object, const struct vbr_live_path *path)
{
	struct json *array = json_array_in(object, "hooks"), *item;
	struct vbr_live_hook hook;

	for (size_t i = 0; vbr_live_path_hook_at(path, i, &hook); i++) {
		item = json_object_of(array);
		json_put_text(item, "hook", hook.name);
		json_put_text(item, "device", hook.device);
		trace_put_vlan(item, hook.vlan);
		json_put_text_or_null(item, "rule", hook.rule);
	}
}

static void put_path(const char *bridge, const struct vbr_live_path *path)
{
	const struct vbr_frame *frame = vbr_live_path_frame(path);
	struct json *object = json_begin();

	trace_put_frame(object, bridge, frame);
	put_hooks(object, path);
	trace_put(object, vbr_live_path_trace(path));
	if (is_comparable(path))
		json_put_bool(object, "agrees", vbr_live_path_agrees(path));
	else
		json_put_null(object, "agrees");
	json_print(object);
}

/* --- frames --------------------------------------------------------------- */

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Returns the status. */
static int show_path(const struct cli *cli, const char *bridge,
		     const struct vbr_live_path *path)
{
	if (cli->json)
		put_path(bridge, path);
	else
		print_path(bridge, path);
	if (cli_flush(cli) < 0 || (cli->json && json_status(cli)))
		return EXIT_FAILURE;
	return EXIT_SUCCESS;
}

/* A frame that is dropped before the bridge's first hook is not seen by kernels
 * without hooks of devices. */
static int say_none(const struct cli *cli, uint64_t shown)
{
	if (shown == 0)
		return cli_fail(cli);
	cli_message(cli,
		    P_("only %llu frame matched in this time",
		       "only %llu frames matched in this time", shown),
		    (unsigned long long)shown);
	return EXIT_FAILURE;
}

static int show_frames(struct cli *cli, const char *bridge,
		       struct vbr_live *follows, const struct live *live)
{
	int64_t end = now() + live->timeout;
	int status = EXIT_SUCCESS;

	for (uint64_t shown = 0; shown < live->count; shown++) {
		struct vbr_live_path *path;
		int64_t left = end - now();
		int rc = vbr_live_next(follows,
				       left > 0 ? (unsigned int)left : 0,
				       &path);

		if (rc == -ETIMEDOUT)
			return say_none(cli, shown);
		if (rc < 0)
			return cli_fail(cli);
		if (is_comparable(path) && !vbr_live_path_agrees(path))
			status = EXIT_FAILURE;
		rc = show_path(cli, bridge, path);
		vbr_live_path_free(path);
		if (rc != EXIT_SUCCESS)
			return rc;
	}
	return status;
}

static void say_matched(const struct cli *cli, const struct vbr_live *follows,
			const struct live *live)
{
	uint64_t matched;

	if (vbr_live_matched(follows, &matched) == 0 && matched > live->count)
		cli_message(cli,
			    P_("%llu frame matched; the first are shown",
			       "%llu frames matched; the first are shown",
			       matched),
			    (unsigned long long)matched);
}

/* If not, this is the context's last error. */
static bool is_bridge(const struct cli *cli, const char *name)
{
	struct vbr_bridge *bridge;

	if (vbr_bridge_get(cli->ctx, name, &bridge) < 0)
		return false;
	vbr_bridge_free(bridge);
	return true;
}

static int count_instead(const struct cli *cli, const char *bridge,
			 const struct vbr_frame *frame, const struct live *live)
{
	cli_message(cli, "%s",
		    _("this kernel cannot follow frames, which needs nf_tables "
		      "for bridges and Linux 5.12: the counters of the ports "
		      "are shown instead, which have all frames"));
	return live_count(cli, bridge, frame, live->timeout);
}

int live_trace(struct cli *cli, const char *bridge,
	       const struct vbr_frame *frame, const struct live *live)
{
	struct vbr_live *follows;
	int status, rc = vbr_live_new(cli->ctx, bridge, frame, &follows);

	if (rc == -EOPNOTSUPP && is_bridge(cli, bridge))
		return count_instead(cli, bridge, frame, live);
	if (rc < 0)
		return cli_fail(cli);
	if (cli->send && vbr_live_send(follows) < 0)
		status = cli_fail(cli);
	else
		status = show_frames(cli, bridge, follows, live);
	say_matched(cli, follows, live);
	vbr_live_free(follows);
	return status;
}
