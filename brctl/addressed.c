/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds devices with IP addresses that become ports by a configuration. */

#include "config.h"

#include "addressed.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "vbridge.h"

static const struct vbr_device *find(const struct vbr_topology *topology,
				     const char *name)
{
	const struct vbr_device *device;

	for (size_t i = 0; (device = vbr_topology_at(topology, i)); i++)
		if (strcmp(vbr_device_name(device), name) == 0)
			return device;
	return NULL;
}

/* Addresses that the kernel makes itself are left out: each device has one. */
static const char *first_address(const struct vbr_device *device)
{
	const char *address;

	for (size_t i = 0; (address = vbr_device_address_at(device, i)); i++)
		if (strncmp(address, "fe80:", 5) != 0)
			return address;
	return NULL;
}

static bool has_address(const struct vbr_device *device, const char *wanted)
{
	const char *address;

	for (size_t i = 0; (address = vbr_device_address_at(device, i)); i++)
		if (strcmp(address, wanted) == 0)
			return true;
	return false;
}

/* A bridge that has the address already was prepared for the port. */
static void look_at(const struct cli *cli, const struct vbr_topology *topology,
		    const char *bridge, const char *name)
{
	const struct vbr_device *device = find(topology, name);
	const struct vbr_device *master;
	char names[2][VBR_NAME_TEXT_SIZE];
	const char *address;

	if (!device)
		return;
	address = first_address(device);
	if (!address)
		return;
	master = find(topology, bridge);
	if (master && has_address(master, address))
		return;
	vbr_format_name(bridge, names[0], sizeof(names[0]));
	vbr_format_name(name, names[1], sizeof(names[1]));
	cli_message_about(cli, name,
			  _("it has %s, which does not work on a port; to move "
			    "it to the bridge before: brctl adopt %s %s; to "
			    "try without: --confirm=60"),
			  address, names[0], names[1]);
}

/* The words after "addif", the bridge first; NULL: another command. */
static char **find_ports(char **words)
{
	if (*words && strcmp(*words, "brctl") == 0)
		words++;
	while (*words && **words == '-')
		words++;
	return *words && strcmp(*words, "addif") == 0 && words[1] ? words + 1
								  : NULL;
}

/* What is read: the names of all ports, sorted; the rest only if a device is not
 * among them. */
struct look {
	const struct cli *cli;
	struct vbr_ports *ports;
	const char **names;
	size_t count;
	struct vbr_topology *topology;
	bool has_failed;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void take_ports(struct look *look)
{
	if (vbr_port_list(look->cli->ctx, NULL, &look->ports) < 0)
		return;
	look->names = calloc(vbr_ports_count(look->ports) + 1,
			     sizeof(*look->names));
	if (!look->names)
		return;
	for (; look->count < vbr_ports_count(look->ports); look->count++)
		look->names[look->count] = vbr_port_name(
			vbr_ports_at(look->ports, look->count));
	qsort(look->names, look->count, sizeof(*look->names), by_name);
}

static bool is_port(const struct look *look, const char *name)
{
	return look->count && bsearch(&name, look->names, look->count,
				      sizeof(*look->names), by_name);
}

static void look_at_port(struct look *look, const char *bridge,
			 const char *name)
{
	if (is_port(look, name) || look->has_failed)
		return;
	if (!look->topology)
		look->has_failed = vbr_topology_get(look->cli->ctx,
						    &look->topology) < 0;
	if (!look->has_failed)
		look_at(look->cli, look->topology, bridge, name);
}

static void look_at_line(struct look *look, char *line)
{
	char **words = calloc(strlen(line) / 2 + 2, sizeof(*words));
	char **names = NULL, bad;
	size_t count;

	if (words && vbr_split_words(line, words, &count, &bad) == 0)
		names = find_ports(words);
	for (size_t i = 1; names && names[i]; i++)
		look_at_port(look, names[0], names[i]);
	free(words);
}

void addressed_warn(const struct cli *cli, const struct vbr_config *config)
{
	char *text = strdup(vbr_config_text(config)), *rest = text, *line;
	struct look look = { .cli = cli };

	if (text && strstr(text, "addif")) {
		take_ports(&look);
		while ((line = strsep(&rest, "\n")))
			look_at_line(&look, line);
	}
	vbr_topology_free(look.topology);
	free(look.names);
	vbr_ports_free(look.ports);
	free(text);
}
