/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Invalid lines of configurations: each is refused with its number and the
 * reason. */

#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "unit/fake-kernel.h"
#include "vbridge.h"

struct refusal {
	const char *line, *why;
};

static void refuses(struct vbr_ctx *ctx, const struct refusal *refusal)
{
	char text[256], expected[512];
	struct vbr_config *config;
	int rc;

	snprintf(text, sizeof(text), "# a comment\n\n%s\naddbr br9\n",
		 refusal->line);
	snprintf(expected, sizeof(expected), "cannot read \"file\": line 3: %s",
		 refusal->why);
	rc = vbr_config_parse(ctx, "file", text, strlen(text), &config);
	check(rc == -EINVAL, "%s: %d", refusal->line, rc);
	check(strcmp(vbr_ctx_error(ctx), expected) == 0, "%s: %s and not %s",
	      refusal->line, vbr_ctx_error(ctx), expected);
}

static void refuses_all(const struct refusal *refusals, size_t count)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	for (size_t i = 0; i < count; i++)
		refuses(ctx, &refusals[i]);
	fake_end(fake_kernel, ctx);
}

static void lines(void **state)
{
	static const struct refusal refusals[] = {
		{ "show", "\"show\" is not a command of a configuration" },
		{ "brctl", "a command is missing" },
		{ "vconfig addbr br0",
		  "\"addbr\" is not a command of a configuration" },
		{ "brctl -n x addbr br0",
		  "option \"-n\" cannot be in a configuration" },
		{ "addbr 'br0", "a quote has no end: '" },
		{ "addbr br0; addbr br1",
		  "; means something to a shell, and must be quoted" },
		{ "addbr br0\r", "a line must not end with CR LF" },
	};

	(void)state;
	refuses_all(refusals, COUNT(refusals));
}

static void bridges(void **state)
{
	static const struct refusal refusals[] = {
		{ "addbr", "\"bridge\" needs a value" },
		{ "addbr ''", "\"bridge\" needs a value" },
		{ "--if-exists delbr ''", "\"bridge\" needs a value" },
		{ "addif br0 ''", "\"\" is not a name of a device" },
		{ "setport br0 '' isolated=on",
		  "\"\" is not a name of a device" },
		{ "setport br0 eth0, isolated=on",
		  "\"\" is not a name of a device" },
		{ "delbr br0 br1", "\"br1\" is not expected" },
		{ "addif br0", "a device is missing" },
		{ "link", "\"link\" needs a value" },
		{ "link eth0 sideways",
		  "\"sideways\" is not one of up, down, mtu and address" },
		{ "link eth0 mtu", "\"mtu\" needs a value" },
		{ "link eth0 mtu 1k", "\"1k\" is not an MTU" },
		{ "link eth0 address 02:00", "\"02:00\" is not a MAC address" },
		{ "set br0", "an option is missing" },
		{ "set br0 ageing_time", "\"ageing_time\" is not "
					 "<option>=<value>" },
		{ "set br0 isolated=on",
		  "there is no option \"isolated\" here" },
		{ "set br0 flush=on",
		  "\"flush\" does not keep the value that is set" },
		{ "set br0 root_id=1", "option \"root_id\" cannot be set" },
		{ "set br0 ageing_time=x",
		  "\"x\" is not a value of ageing_time: "
		  "it takes seconds" },
		{ "setport br0", "a device is missing" },
		{ "setport br0 all isolated=on",
		  "\"all\": a configuration must use device names of at most "
		  "15 bytes" },
		{ "setport br0 eth0 state=learning",
		  "\"state\" does not keep the value that is set" },
		{ "setfd br0", "\"forward_delay\" needs a value" },
		{ "setfd br0 4 5", "\"5\" is not expected" },
		{ "hairpin br0", "\"port\" needs a value" },
	};

	(void)state;
	refuses_all(refusals, COUNT(refusals));
}

static void vlans(void **state)
{
	static const struct refusal refusals[] = {
		{ "addvlan br0", "a device is missing" },
		{ "addvlan br0 eth0", "\"vids\" needs a value" },
		{ "addvlan br0 eth0 0-3",
		  "\"0-3\" is not a VLAN id, and no set "
		  "of ids like 10,20-29" },
		{ "addvlan br0 eth0 5 tagged",
		  "\"tagged\" is not one of pvid, untagged and tunnel" },
		{ "addvlan br0 eth0 5 tunnel", "\"tunnel\" needs a value" },
		{ "addvlan br0 eth0 5 tunnel x", "\"x\" is not a tunnel id" },
		{ "delvlan br0 eth0 5 6", "\"6\" is not expected" },
		{ "setvlan br0 eth0 5", "an option is missing" },
		{ "setvlan br0 eth0 5 msti=3",
		  "there is no option \"msti\" here" },
		{ "vconfig add eth0", "\"eth0\" needs a value" },
		{ "vconfig add eth0 4096 name x", "\"4096\" is not a VLAN id" },
		{ "vconfig add eth0 5",
		  "in a configuration a VLAN device must have a name: name "
		  "NAME" },
		{ "vconfig add eth0 5 label x",
		  "\"label\" is not one of name and protocol" },
		{ "vconfig add eth0 5 name x protocol 802.1",
		  "\"802.1\" is not a protocol: 802.1q or 802.1ad" },
		{ "vconfig add a/b 5 name x",
		  "\"a/b\" is not a name of a device" },
		{ "vconfig rem", "\"rem\" needs a value" },
		{ "vconfig set_flag x nope 1",
		  "there is no option \"nope\" here" },
		{ "vconfig set_egress_map x 1", "\"priority\" needs a value" },
		{ "vconfig set_ingress_map x y 1", "\"y\" is not a priority" },
	};

	(void)state;
	refuses_all(refusals, COUNT(refusals));
}

static void entries(void **state)
{
	static const struct refusal refusals[] = {
		{ "addmac br0 eth0", "\"mac\" needs a value" },
		{ "addmac br0 eth0 x", "\"x\" is not a MAC address" },
		{ "addmac br0 eth0 02:00:00:00:00:01 dynamic",
		  "\"dynamic\": a configuration can only contain what does not expire" },
		{ "addmac br0 eth0 02:00:00:00:00:01 vlan 0",
		  "\"0\" is not a VLAN id" },
		{ "delmac br0 eth0 02:00:00:00:00:01 here",
		  "\"here\" is not a word of addmac that a configuration can "
		  "contain" },
		{ "addgroup br0 eth0", "\"group\" needs a value" },
		{ "addgroup br0 eth0 239.1.1",
		  "\"239.1.1\" is not an address" },
		{ "addgroup br0 eth0 239.1.1.1 temporary",
		  "\"temporary\": a configuration can only contain what does not expire" },
		{ "addgroup br0 eth0 239.1.1.1 source",
		  "\"source\" needs a value" },
		{ "delgroup br0 eth0 239.1.1.1 from",
		  "\"from\" is not one of vlan, source, filter, sources and "
		  "proto" },
	};

	(void)state;
	refuses_all(refusals, COUNT(refusals));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("lines that are not commands", lines),
		TEST("lines about bridges and ports", bridges),
		TEST("lines about VLANs", vlans),
		TEST("lines about FDB entries and groups", entries),
	};

	return run_all(tests);
}
