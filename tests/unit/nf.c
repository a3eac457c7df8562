/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The settings of br_netfilter: files in the procfs of a namespace. */

#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "unit/expected.h"
#include "vbridge.h"

#define FOLDER "/proc/sys/net/bridge/bridge-nf-"

static const char *const names[] = {
	"call-iptables",      "call-ip6tables",	     "call-arptables",
	"filter-vlan-tagged", "filter-pppoe-tagged", "pass-vlan-input-dev",
};
static const char *const paths[] = {
	FOLDER "call-iptables",	      FOLDER "call-ip6tables",
	FOLDER "call-arptables",      FOLDER "filter-vlan-tagged",
	FOLDER "filter-pppoe-tagged", FOLDER "pass-vlan-input-dev",
};

static void reads(struct fake_kernel *fake_kernel, size_t i, const char *text,
		  int rc)
{
	fake_file(fake_kernel, text, rc);
	fake_path(fake_kernel, paths[i]);
}

static void writes(struct fake_kernel *fake_kernel, size_t i, bool on, int rc)
{
	fake_file_written(fake_kernel, on ? "1\n" : "0\n", rc);
	fake_path(fake_kernel, paths[i]);
}

static void read_each(void **state)
{
	static const struct {
		const char *text;
		bool on;
	} texts[] = {
		{ "0\n", false }, { "1\n", true },  { "0", false },
		{ "2\n", true },  { "-1\n", true }, { "00\n", false },
		{ "10\n", true },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		assert_string_equal(vbr_nf_at(i), names[i]);
		for (size_t k = 0; k < COUNT(texts); k++) {
			bool on = !texts[k].on;

			reads(fake_kernel, i, texts[k].text, 0);
			assert_int_equal(vbr_nf_get(ctx, names[i], &on), 0);
			assert_int_equal(on, texts[k].on);
		}
	}
	assert_null(vbr_nf_at(COUNT(names)));
	assert_null(vbr_nf_at(SIZE_MAX));
	fake_end(fake_kernel, ctx);
}

static void not_read(void **state)
{
	static const struct {
		int rc, expected;
		const char *why;
	} rows[] = {
		{ -EACCES, -EPERM,
		  "Operation not permitted; the capability "
		  "CAP_NET_ADMIN is needed" },
		{ -EIO, -EIO, "Input/output error" },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	bool on = true;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		reads(fake_kernel, 0, "", rows[i].rc);
		assert_int_equal(vbr_nf_get(ctx, names[0], &on),
				 rows[i].expected);
		says(ctx, rows[i].why);
		assert_true(on);
	}
	assert_int_equal(vbr_nf_get(ctx, "bridge-nf-call-iptables", &on),
			 -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot read bridge-nf-"
			    "bridge-nf-call-iptables: there is no setting "
			    "\"bridge-nf-call-iptables\"");
	assert_int_equal(vbr_nf_get(ctx, "../../kernel/panic", &on), -EINVAL);
	assert_int_equal(vbr_nf_get(ctx, "", &on), -EINVAL);
	fake_end(fake_kernel, ctx);
}

/* A file is missing: either the module or all of /proc/sys is. */
static void not_there(void **state)
{
	static const char other[] = "/proc/sys/net/core/somaxconn";
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	bool on = true;

	(void)state;
	reads(fake_kernel, 0, "", -ENOENT);
	fake_file(fake_kernel, "4096\n", 0);
	fake_path(fake_kernel, other);
	assert_int_equal(vbr_nf_get(ctx, names[0], &on), -ENOENT);
	says(ctx, "br_netfilter is not loaded");
	reads(fake_kernel, 0, "", -ENOENT);
	fake_file(fake_kernel, "", -ENOENT);
	fake_path(fake_kernel, other);
	assert_int_equal(vbr_nf_get(ctx, names[0], &on), -EOPNOTSUPP);
	says(ctx, "/proc/sys is not mounted, so nothing is known about "
		  "br_netfilter; to mount it: mount -t proc proc /proc");
	assert_true(on);
	fake_end(fake_kernel, ctx);
}

/* All files are read before the first is written. */
static void set_all(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (int on = 0; on < 2; on++) {
		for (size_t i = 0; i < COUNT(names); i++)
			reads(fake_kernel, i, i % 2 ? "1\n" : "0\n", 0);
		for (size_t i = 0; i < COUNT(names); i++)
			writes(fake_kernel, i, on, 0);
		assert_int_equal(vbr_nf_set(ctx, names, COUNT(names), on), 0);
	}
	fake_end(fake_kernel, ctx);
}

static void not_set(void **state)
{
	static const char *const wrong[] = { "call-iptables", "nothing" };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	reads(fake_kernel, 0, "1\n", 0);
	assert_int_equal(vbr_nf_set(ctx, wrong, 2, false), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx), "cannot set bridge-nf: there "
						"is no setting \"nothing\"");
	reads(fake_kernel, 0, "", -ENOENT);
	fake_file(fake_kernel, "4096\n", 0);
	assert_int_equal(vbr_nf_set(ctx, names, COUNT(names), false), -ENOENT);
	assert_string_equal(vbr_ctx_error(ctx), "cannot set bridge-nf: "
						"br_netfilter is not loaded");
	assert_int_equal(vbr_nf_set(ctx, names, 0, true), -E2BIG);
	assert_int_equal(vbr_nf_set(ctx, names, COUNT(names) + 1, true),
			 -E2BIG);
	fake_end(fake_kernel, ctx);
}

/* The third is refused; the first two are restored, or reported as changed. */
static void undone(void **state)
{
	static const struct {
		int first, second;
		const char *why;
	} rows[] = {
		{ 0, 0, "Input/output error" },
		{ -EIO, 0,
		  "Input/output error; call-iptables may have been "
		  "changed" },
		{ 0, -EPERM,
		  "Input/output error; call-ip6tables may have "
		  "been changed" },
		{ -EIO, -EIO,
		  "Input/output error; call-iptables may have been "
		  "changed; call-ip6tables may have been changed" },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		reads(fake_kernel, 0, "1\n", 0);
		reads(fake_kernel, 1, "0\n", 0);
		reads(fake_kernel, 2, "1\n", 0);
		writes(fake_kernel, 0, false, 0);
		writes(fake_kernel, 1, false, 0);
		writes(fake_kernel, 2, false, -EIO);
		writes(fake_kernel, 0, true, rows[i].first);
		writes(fake_kernel, 1, false, rows[i].second);
		assert_int_equal(vbr_nf_set(ctx, names, 3, false), -EIO);
		says(ctx, rows[i].why);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), -EIO);
	}
	fake_end(fake_kernel, ctx);
}

static void not_permitted(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	reads(fake_kernel, 5, "1\n", 0);
	writes(fake_kernel, 5, true, -EACCES);
	assert_int_equal(vbr_nf_set(ctx, names + 5, 1, true), -EPERM);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set bridge-nf: "
			    "Operation not permitted; the capability "
			    "CAP_NET_ADMIN is needed");
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("each setting is a file", read_each),
		TEST("a setting that cannot be read returns the reason",
		     not_read),
		TEST("a missing /proc is not a missing module", not_there),
		TEST("all settings are read before one is written", set_all),
		TEST("invalid settings are not written", not_set),
		TEST("after a refusal, settings are restored", undone),
		TEST("a file that cannot be written is EPERM", not_permitted),
	};

	return run_all(tests);
}
