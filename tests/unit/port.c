/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Adds, releases and changes ports with a fake kernel: each errno. */

#include "unit.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <string.h>

#include "unit/fake-kernel.h"
#include "vbridge.h"

#define LONG_NAME "1234567890123456"

typedef int (*change_fn)(struct vbr_ctx *ctx, const char *bridge,
			 const char *port);

static void expect(struct fake_kernel *fake_kernel, unsigned long request,
		   int rc)
{
	fake_index(fake_kernel, "eth0", 8);
	fake_ioctl(fake_kernel, &(struct fake_ioctl){ .request = request,
						      .name = "br0",
						      .index = 8,
						      .rc = rc });
}

/* Adding and releasing differ in the ioctl and in the errnos of the kernel. */
static void kernel_errors(change_fn change, unsigned long request,
			  const int *errors, size_t count)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	for (size_t i = 0; i < count; i++) {
		expect(fake_kernel, request, errors[i]);
		assert_int_equal(change(ctx, "br0", "eth0"), errors[i]);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), errors[i]);
	}
	fake_end(fake_kernel, ctx);
}

static void add(void **state)
{
	static const int errors[] = { 0,       -ELOOP, -EBUSY, -EINVAL,
				      -EXFULL, -EPERM, -ENOMEM };

	(void)state;
	kernel_errors(vbr_port_add, SIOCBRADDIF, errors, COUNT(errors));
}

static void del(void **state)
{
	static const int errors[] = { 0, -EINVAL, -EPERM };

	(void)state;
	kernel_errors(vbr_port_del, SIOCBRDELIF, errors, COUNT(errors));
}

/* A device that is not a bridge, and a driver that does not allow bridges. */
static void unsupported(void **state)
{
	static const struct {
		change_fn change;
		unsigned long request;
		const char *kind, *why; /* kind NULL: br0 is gone */
	} rows[] = {
		{ vbr_port_add, SIOCBRADDIF, "veth", "it is not a bridge" },
		{ vbr_port_del, SIOCBRDELIF, "veth", "it is not a bridge" },
		{ vbr_port_add, SIOCBRADDIF, "bridge",
		  "its driver does not let the device be a port; a Wi-Fi "
		  "client must be in 4addr mode" },
		{ vbr_port_add, SIOCBRADDIF, NULL, "Operation not supported" },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct a_link link = { .index = 9,
					     .name = "br0",
					     .kind = rows[i].kind };

		expect(fake_kernel, rows[i].request, -EOPNOTSUPP);
		if (rows[i].kind)
			fake_link(fake_kernel, &link);
		else
			fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
		assert_int_equal(rows[i].change(ctx, "br0", "eth0"),
				 -EOPNOTSUPP);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), -EOPNOTSUPP);
		assert_non_null(strstr(vbr_ctx_error(ctx), rows[i].why));
	}
	fake_end(fake_kernel, ctx);
}

static void missing(change_fn change, unsigned long request, const char *cannot)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	const char *sentence;

	fake_index(fake_kernel, "eth0", -ENODEV);
	assert_int_equal(change(ctx, "br0", "eth0"), -ENODEV);
	sentence = vbr_ctx_error(ctx);
	assert_memory_equal(sentence, cannot, strlen(cannot));
	assert_string_equal(sentence + strlen(cannot), ": No such device");
	assert_int_equal(change(ctx, "br0", ""), -ENODEV);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(change(ctx, "br0", LONG_NAME), -ENODEV);

	expect(fake_kernel, request, -ENODEV);
	assert_int_equal(change(ctx, "br0", "eth0"), -ENXIO);
	sentence = vbr_ctx_error(ctx);
	assert_memory_equal(sentence, cannot, strlen(cannot));
	assert_string_equal(sentence + strlen(cannot), ": no such bridge");
	/* Names that no bridge can have are not looked up. */
	fake_index(fake_kernel, "eth0", 8);
	assert_int_equal(change(ctx, "", "eth0"), -ENXIO);
	fake_index(fake_kernel, "eth0", 8);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(change(ctx, LONG_NAME, "eth0"), -ENXIO);
	fake_end(fake_kernel, ctx);
}

static void add_missing(void **state)
{
	(void)state;
	missing(vbr_port_add, SIOCBRADDIF,
		"cannot add port \"eth0\" to bridge \"br0\"");
}

static void del_missing(void **state)
{
	(void)state;
	missing(vbr_port_del, SIOCBRDELIF,
		"cannot release port \"eth0\" from bridge \"br0\"");
}

/* eth0, a port of bridge 7. */
static const struct a_link port = { .index = 8,
				    .name = "eth0",
				    .kind = "veth",
				    .master = 7,
				    .port_no = 1 };

static const struct a_link br0 = { .index = 7,
				   .name = "br0",
				   .kind = "bridge" };

#define CANNOT "cannot set path_cost of port \"eth0\" of bridge \"br0\": "

static int set(struct vbr_ctx *ctx)
{
	return vbr_port_set(ctx, "br0", "eth0", "path_cost", 100);
}

static void set_option(void **state)
{
	static const int errors[] = { 0, -ERANGE, -EINVAL, -EPERM, -ENODEV };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(errors); i++) {
		const struct ifinfomsg *head;

		fake_link(fake_kernel, &port);
		fake_index(fake_kernel, "br0", 7);
		fake_refuses(fake_kernel, RTM_SETLINK, errors[i]);
		assert_int_equal(set(ctx), errors[i]);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), errors[i]);
		head = nlmsg_data(&fake_request(fake_kernel)->head);
		assert_int_equal(head->ifi_index, 8);
	}
	fake_end(fake_kernel, ctx);
}

/* The port is read again, because the search for the bridge overwrote it. */
static void set_by_long_names(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	const struct ifinfomsg *head;

	(void)state;
	fake_link(fake_kernel, &port);
	fake_link(fake_kernel, &br0);
	fake_index(fake_kernel, "br0", 7);
	fake_link(fake_kernel, &port);
	fake_acks(fake_kernel, RTM_SETLINK);
	assert_int_equal(vbr_port_set(ctx, LONG_NAME, LONG_NAME "7",
				      "path_cost", 1),
			 0);
	head = nlmsg_data(&fake_request(fake_kernel)->head);
	assert_int_equal(head->ifi_index, 8);
	fake_end(fake_kernel, ctx);
}

static void add_by_long_names(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "eth0", 8);
	fake_link(fake_kernel, &br0);
	fake_ioctl(fake_kernel, &(struct fake_ioctl){ .request = SIOCBRADDIF,
						      .name = "br0",
						      .index = 8 });
	assert_int_equal(vbr_port_add(ctx, LONG_NAME, LONG_NAME "7"), 0);
	fake_end(fake_kernel, ctx);
}

static void set_extended(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_verdict(&d, &(struct verdict){ .error = -EINVAL,
					   .echo = 28,
					   .text = "Not now",
					   .offset = 16 + 16 + 4 });
	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "br0", 7);
	fake_expect(fake_kernel, RTM_SETLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(set(ctx), -EINVAL);
	assert_string_equal(
		vbr_ctx_error(ctx),
		CANNOT "Invalid argument; the "
		       "kernel says: Not now; offending attribute: path_cost");
	assert_string_equal(vbr_ctx_kernel_attr(ctx), "path_cost");
	fake_end(fake_kernel, ctx);
}

static void set_missing(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(set(ctx), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx), CANNOT "No such device");
	assert_int_equal(vbr_port_set(ctx, "br0", "", "path_cost", 1), -ENODEV);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_port_set(ctx, "br0", LONG_NAME, "path_cost", 1),
			 -ENODEV);

	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "br0", -ENODEV);
	assert_int_equal(set(ctx), -ENXIO);
	assert_string_equal(vbr_ctx_error(ctx), CANNOT "no such bridge");
	fake_link(fake_kernel, &port);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_port_set(ctx, LONG_NAME, "eth0", "path_cost", 1),
			 -ENXIO);
	fake_end(fake_kernel, ctx);
}

/* A device without a bridge, a port of another bridge, and a slave of another
 * kind. */
static void set_elsewhere(void **state)
{
	struct a_link link = port;
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "br0", 9);
	assert_int_equal(set(ctx), -EXDEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    CANNOT "it is a port of another bridge");
	link.port_no = 0;
	fake_link(fake_kernel, &link);
	fake_index(fake_kernel, "br0", 7);
	fake_link(fake_kernel, &br0);
	assert_int_equal(set(ctx), -ENODATA);
	link.master = 0;
	fake_link(fake_kernel, &link);
	fake_index(fake_kernel, "br0", 7);
	fake_link(fake_kernel, &br0);
	assert_int_equal(set(ctx), -ENODATA);
	assert_string_equal(vbr_ctx_error(ctx), CANNOT "it is not a port");

	/* The named device is not a bridge, or does not exist any more. */
	fake_link(fake_kernel, &link);
	fake_index(fake_kernel, "br0", 9);
	fake_link(fake_kernel, &(struct a_link){ .index = 9,
						 .name = "br0",
						 .kind = "veth" });
	assert_int_equal(set(ctx), -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx), CANNOT "it is not a bridge");
	fake_link(fake_kernel, &link);
	fake_index(fake_kernel, "br0", 9);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(set(ctx), -ENXIO);
	assert_string_equal(vbr_ctx_error(ctx), CANNOT "no such bridge");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -ENODEV);
	fake_end(fake_kernel, ctx);
}

static void set_refused(void **state)
{
	static const struct {
		const char *option;
		uint64_t value;
		int rc;
	} rows[] = {
		{ "hairpin_mode", 2, -ERANGE },
		{ "priority", 65536, -ERANGE },
		{ "path_cost", UINT64_C(1) << 32, -ERANGE },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		fake_link(fake_kernel, &port);
		fake_index(fake_kernel, "br0", 7);
		assert_int_equal(vbr_port_set(ctx, "br0", "eth0",
					      rows[i].option, rows[i].value),
				 rows[i].rc);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
	}
	/* For any port. */
	assert_int_equal(vbr_port_set(ctx, "br0", "eth0", "ageing_time", 1),
			 -ENOENT);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set ageing_time of "
			    "port \"eth0\" of bridge \"br0\": there is no "
			    "option \"ageing_time\"");
	assert_int_equal(vbr_port_set(ctx, "br0", "eth0", "port_no", 1),
			 -EACCES);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set port_no of port "
			    "\"eth0\" of bridge \"br0\": port_no can only be "
			    "read");
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a port is added, or the kernel's errno returned", add),
		TEST("a port is removed, or the kernel's errno returned", del),
		TEST("another device than a bridge, and a driver's refusal",
		     unsupported),
		TEST("adding: a missing device differs from a missing bridge",
		     add_missing),
		TEST("removing: a missing device differs from a missing bridge",
		     del_missing),
		TEST("a port's option is set, or the kernel's errno returned",
		     set_option),
		TEST("long names of a port and a bridge are looked up",
		     set_by_long_names),
		TEST("a port with a long name is added by its index",
		     add_by_long_names),
		TEST("the attribute in an extended ack names the option",
		     set_extended),
		TEST("setting: a missing device differs from a missing bridge",
		     set_missing),
		TEST("a device that is not a port of the bridge is refused",
		     set_elsewhere),
		TEST("invalid options of ports are refused", set_refused),
	};

	return run_all(tests);
}
