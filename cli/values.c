/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Prints and parses options: walks the tables of options. */

#include "config.h"

#include "cli/values.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/json.h"
#include "cli/out.h"
#include "cli/suggest.h"

int values_get(const struct values *values, const struct vbr_option *option,
	       uint64_t *ret_value)
{
	const char *name = vbr_option_name(option);

	switch (values->scope) {
	case VBR_SCOPE_BRIDGE:
		return vbr_bridge_value(values->of, name, ret_value);
	case VBR_SCOPE_PORT:
		return vbr_port_value(values->of, name, ret_value);
	case VBR_SCOPE_VLAN:
		return vbr_vlan_value(values->of, name, ret_value);
	default:
		return vbr_port_vlan_value(values->of, name, ret_value);
	}
}

static int get_text(const struct cli *cli, const struct values *values,
		    const struct vbr_option *option, char *ret_text,
		    size_t size)
{
	const char *name = vbr_option_name(option);

	switch (values->scope) {
	case VBR_SCOPE_BRIDGE:
		return vbr_bridge_text(cli->ctx, values->of, name, ret_text,
				       size);
	case VBR_SCOPE_PORT:
		return vbr_port_text(cli->ctx, values->of, name, ret_text,
				     size);
	case VBR_SCOPE_VLAN:
		return vbr_vlan_text(cli->ctx, values->of, name, ret_text,
				     size);
	default:
		return vbr_port_vlan_text(cli->ctx, values->of, name, ret_text,
					  size);
	}
}

/* --- names ---------------------------------------------------------------- */

static const char homes[][48] = {
	[VBR_SCOPE_BRIDGE] = N_("%s is an option of bridges"),
	[VBR_SCOPE_PORT] = N_("%s is an option of ports"),
	[VBR_SCOPE_VLAN] = N_("%s is an option of VLAN devices"),
	[VBR_SCOPE_PORT_VLAN] = N_("%s is an option of VLANs of a port"),
	[VBR_SCOPE_BRIDGE_VLAN] = N_("%s is an option of VLANs of a bridge"),
};

#define SCOPES (sizeof(homes) / sizeof(homes[0]))

/* Says which other scopes have an option of that name. */
static void say_whose(const struct cli *cli, enum vbr_scope scope,
		      const char *name)
{
	for (size_t i = 0; i < SCOPES; i++)
		if (i != scope && vbr_option_find((enum vbr_scope)i, name))
			cli_message(cli, _(homes[i]), name);
}

static void say_nearest(const struct cli *cli, enum vbr_scope scope,
			const char *name)
{
	const struct vbr_option *option;

	for (size_t i = 0; (option = vbr_option_at(scope, i)); i++) {
		const char *alias = vbr_option_alias(option);

		if (suggest_is_near(name, vbr_option_name(option)) ||
		    (alias && suggest_is_near(name, alias)))
			cli_message(cli, _("did you mean %s?"),
				    vbr_option_name(option));
	}
}

void values_suggest(const struct cli *cli, enum vbr_scope scope,
		    const char *name)
{
	say_whose(cli, scope, name);
	say_nearest(cli, scope, name);
}

const struct vbr_option *values_find(const struct cli *cli,
				     enum vbr_scope scope, const char *name)
{
	const struct vbr_option *option = vbr_option_find(scope, name);

	if (option)
		return option;
	cli_bad_word(cli, _("\"%s\": unknown option"), name);
	values_suggest(cli, scope, name);
	return NULL;
}

int values_check_names(const struct cli *cli, enum vbr_scope scope,
		       char *const *names, int count)
{
	for (int i = 0; i < count; i++)
		if (!values_find(cli, scope, names[i]))
			return EXIT_FAILURE;
	return EXIT_SUCCESS;
}

/*
 * A device that an earlier line of the batch would create; a test does not run
 * it.
 */
static bool is_unknowable(const struct cli *cli,
			  const struct vbr_option *option)
{
	return cli_is_test(cli) && vbr_option_type(option) == VBR_OPTION_DEVICE;
}

static int parse_word(const struct cli *cli, enum vbr_scope scope, char *word,
		      struct vbr_setting *ret_setting)
{
	char *value = strchr(word, '=');
	const struct vbr_option *option;
	int status;

	if (!value)
		return cli_bad_word(cli, _("\"%s\" is not NAME=VALUE"), word);
	*value = '\0';
	option = values_find(cli, scope, word);
	if (option)
		ret_setting->option = vbr_option_name(option);
	if (option && is_unknowable(cli, option)) {
		status = EXIT_SUCCESS;
	} else if (option) {
		status = vbr_option_parse(cli->ctx, option, value + 1,
					  &ret_setting->value) < 0
				 ? cli_fail(cli)
				 : EXIT_SUCCESS;
	} else {
		status = EXIT_FAILURE;
	}
	*value = '=';
	return status;
}

int values_parse(const struct cli *cli, enum vbr_scope scope,
		 char *const *words, int count,
		 struct vbr_setting *ret_settings)
{
	if (count > VALUES_MAX) {
		cli_message(cli,
			    P_("%d option is too much for one call",
			       "%d options are too many for one call",
			       (unsigned long)count),
			    count);
		return EXIT_FAILURE;
	}
	for (int i = 0; i < count; i++)
		if (parse_word(cli, scope, words[i], &ret_settings[i]))
			return EXIT_FAILURE;
	return EXIT_SUCCESS;
}

/* --- values --------------------------------------------------------------- */

/* stp_state is 2 if a program runs STP, and only 0 and 1 can be set. */
static bool is_settable_value(const struct cli *cli,
			      const struct values *values,
			      const struct vbr_option *option)
{
	char text[VBR_OPTION_TEXT_SIZE];
	uint64_t value;

	if (vbr_option_type(option) != VBR_OPTION_NUMBER ||
	    values_get(values, option, &value) < 0 ||
	    value <= vbr_option_max(option))
		return true;
	vbr_option_format(cli->ctx, option, value, text, sizeof(text));
	/* Translators: an option and its value. */
	cli_message_about(cli, values->name,
			  _("left out: %s=%s can only be read"),
			  vbr_option_name(option), text);
	return false;
}

/* The kernel or an STP daemon sets the state of a port; it is not part of the
 * configuration. */
static bool is_to_be_set(const struct cli *cli, const struct values *values,
			 const struct vbr_option *option)
{
	return vbr_option_is_settable(option) &&
	       option != vbr_option_find(VBR_SCOPE_PORT, "state") &&
	       is_settable_value(cli, values, option);
}

static bool is_left_out(const struct cli *cli, const struct values *values,
			const struct vbr_option *option)
{
	return values->only_settable && !is_to_be_set(cli, values, option);
}

typedef int one_fn(const struct cli *cli, const struct values *values,
		   const struct vbr_option *option, void *data);

/* An option that was requested, but that the kernel does not send. */
static int refuse_missing(const struct cli *cli, const struct values *values,
			  const struct vbr_option *option, int error)
{
	const char *name = vbr_option_name(option);

	/* The kernel omits an option of this type while no device is set. */
	if (error == -ENODATA && vbr_option_is_settable(option) &&
	    vbr_option_type(option) == VBR_OPTION_DEVICE)
		cli_message_about(cli, values->name, _("%s is not set"), name);
	else if (error == -ENODATA)
		cli_message_about(cli, values->name,
				  _("this kernel shows no %s here"), name);
	else
		cli_message_about(cli, values->name,
				  _("the kernel's answer about %s is broken"),
				  name);
	return EXIT_FAILURE;
}

static int each_named(const struct cli *cli, const struct values *values,
		      char *const *names, int count, one_fn *function,
		      void *data)
{
	int status = EXIT_SUCCESS;

	for (int i = 0; i < count; i++) {
		const struct vbr_option *option = values_find(cli,
							      values->scope,
							      names[i]);
		int rc;

		if (!option)
			return EXIT_FAILURE;
		if (is_left_out(cli, values, option))
			continue;
		rc = function(cli, values, option, data);
		if (rc < 0)
			status = refuse_missing(cli, values, option, rc);
	}
	return status;
}

static int each(const struct cli *cli, const struct values *values,
		char *const *names, int count, one_fn *function, void *data)
{
	const struct vbr_option *option;
	int status = EXIT_SUCCESS;

	if (count)
		return each_named(cli, values, names, count, function, data);
	for (size_t i = 0; (option = vbr_option_at(values->scope, i)); i++) {
		int rc;

		if (is_left_out(cli, values, option))
			continue;
		rc = function(cli, values, option, data);
		if (rc < 0 && rc != -ENODATA)
			status = refuse_missing(cli, values, option, rc);
	}
	return status;
}

/* "text" suffices for all but maps; for those, allocates more. */
static int with_text(const struct cli *cli, const struct values *values,
		     const struct vbr_option *option, char *text, size_t size,
		     char **ret_text)
{
	int rc = get_text(cli, values, option, text, size);
	char *longer = NULL;

	while (rc == -ENOSPC) {
		size *= 4;
		free(longer);
		longer = malloc(size);
		if (!longer)
			return -ENOMEM;
		rc = get_text(cli, values, option, longer, size);
	}
	if (rc < 0) {
		free(longer);
		return rc;
	}
	*ret_text = longer ? longer : text;
	return 0;
}

/* The text around each NAME=VALUE. */
struct frame {
	const char *before; /* a name and a blank, or NULL */
	char first, last;   /* single characters, or NUL */
};

static int print_one(const struct cli *cli, const struct values *values,
		     const struct vbr_option *option, void *data)
{
	char room[VBR_OPTION_TEXT_SIZE], *text;
	const struct frame *frame = data;
	int rc = with_text(cli, values, option, room, sizeof(room), &text);

	if (rc < 0)
		return rc;
	if (frame->before) {
		out_name(stdout, frame->before);
		putchar(' ');
	}
	if (frame->first)
		putchar(frame->first);
	printf("%s=", vbr_option_name(option));
	out_name(stdout, text);
	if (frame->last)
		putchar(frame->last);
	if (text != room)
		free(text);
	return 0;
}

int values_print(const struct cli *cli, const struct values *values,
		 char *const *names, int count)
{
	struct frame line = { values->name, '\0', '\n' };

	return each(cli, values, names, count, print_one, &line);
}

int values_print_row(const struct cli *cli, const struct values *values)
{
	struct frame cell = { NULL, ' ', '\0' };

	return each(cli, values, NULL, 0, print_one, &cell);
}

void values_put_number(const struct cli *cli, const struct vbr_option *option,
		       uint64_t value, struct json *object)
{
	const char *name = vbr_option_name(option);
	char text[VBR_OPTION_TEXT_SIZE];

	switch (vbr_option_type(option)) {
	case VBR_OPTION_NUMBER:
	case VBR_OPTION_MASK:
		json_put_number(object, name, value);
		return;
	case VBR_OPTION_BOOL:
		json_put_bool(object, name, value);
		return;
	case VBR_OPTION_TICKS:
		json_put_ticks(object, name, value);
		return;
	default:
		vbr_option_format(cli->ctx, option, value, text, sizeof(text));
		json_put_text(object, name, text);
		return;
	}
}

static int put_one(const struct cli *cli, const struct values *values,
		   const struct vbr_option *option, void *data)
{
	char room[VBR_OPTION_TEXT_SIZE], *text;
	uint64_t value = 0;
	int rc = values_get(values, option, &value);

	if (rc == 0)
		values_put_number(cli, option, value, data);
	if (rc != -EOVERFLOW)
		return rc;
	rc = with_text(cli, values, option, room, sizeof(room), &text);
	if (rc < 0)
		return rc;
	json_put_text(data, vbr_option_name(option), text);
	if (text != room)
		free(text);
	return 0;
}

int values_put(const struct cli *cli, const struct values *values,
	       struct json *object, char *const *names, int count)
{
	return each(cli, values, names, count, put_one, object);
}
