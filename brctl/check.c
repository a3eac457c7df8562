/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* check: what is wrong with bridges, and what to do about it. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/json.h"
#include "cli/out.h"
#include "cli/suggest.h"
#include "commands.h"
#include "vbridge.h"

/* The number of findings of one rule that are shown on a terminal. */
#define SHOWN_MAX 50

/* Not translated: scripts may read them. */
const char *severity_name(enum vbr_severity severity)
{
	static const char names[][8] = {
		[VBR_SEVERITY_REMARK] = "remark",
		[VBR_SEVERITY_WARNING] = "warning",
		[VBR_SEVERITY_ERROR] = "error",
	};

	return names[severity];
}

/* --- the rules ------------------------------------------------------------ */

static const char *rule_id(size_t i)
{
	const struct vbr_rule *rule = vbr_rules_at(i);

	return rule ? vbr_rule_id(rule) : NULL;
}

static int list_rules(void)
{
	const struct vbr_rule *rule;

	for (size_t i = 0; (rule = vbr_rules_at(i)); i++)
		printf("%s\t%s\t%s\n", vbr_rule_id(rule),
		       severity_name(vbr_rule_severity(rule)),
		       vbr_rule_help(rule));
	return EXIT_SUCCESS;
}

#define LINE_WIDTH 78

static void print_paragraph(const char *text)
{
	size_t column = 0;

	while (*text) {
		size_t len = strcspn(text, " ");
		size_t width = out_width(text, len);

		if (column && column + 1 + width > LINE_WIDTH) {
			putchar('\n');
			column = 0;
		}
		printf("%s%.*s", column ? " " : "", (int)len, text);
		column += width + (column > 0);
		text += len;
		text += strspn(text, " ");
	}
	putchar('\n');
}

static int refuse_rule(const struct cli *cli)
{
	const char *guess = suggest_command(cli->rule, NULL, rule_id);

	cli_bad_word(cli, _("there is no rule \"%s\""), cli->rule);
	if (guess)
		cli_message(cli, _("did you mean %s?"), guess);
	else
		cli_message(cli, "%s", _("for a list: brctl check --list"));
	return EXIT_NO_LOOK;
}

static int explain_rule(const struct cli *cli)
{
	const struct vbr_rule *rule;

	for (size_t i = 0; (rule = vbr_rules_at(i)); i++) {
		if (strcmp(vbr_rule_id(rule), cli->rule) != 0)
			continue;
		printf("%s (%s)\n", vbr_rule_id(rule),
		       severity_name(vbr_rule_severity(rule)));
		print_paragraph(vbr_rule_help(rule));
		putchar('\n');
		print_paragraph(vbr_rule_explanation(rule));
		return EXIT_SUCCESS;
	}
	return refuse_rule(cli);
}

/* --- findings as text ----------------------------------------------------- */

static void print_finding(const struct vbr_finding *finding)
{
	const char *fix;

	printf("%s %s: %s\n", severity_name(vbr_finding_severity(finding)),
	       vbr_rule_id(vbr_finding_rule(finding)),
	       vbr_finding_what(finding));
	printf("\t%s\n", vbr_finding_why(finding));
	for (size_t i = 0; (fix = vbr_finding_fix_at(finding, i)); i++) {
		fputs("\t$ ", stdout);
		/* Device names are unchanged in it. */
		out_name(stdout, fix);
		putchar('\n');
	}
}

static size_t rule_position(const struct vbr_rule *rule)
{
	size_t i = 0;

	while (vbr_rules_at(i) != rule)
		i++;
	return i;
}

/* "counts": how many there are of each rule. */
static void print_rest(const struct cli *cli, const size_t *counts)
{
	const struct vbr_rule *rule;

	for (size_t i = 0; (rule = vbr_rules_at(i)); i++)
		if (counts[i] > SHOWN_MAX)
			cli_message(cli, _("%s: %zu more, which --json prints"),
				    vbr_rule_id(rule), counts[i] - SHOWN_MAX);
}

static int print_findings(const struct cli *cli,
			  const struct vbr_findings *findings)
{
	size_t *counts = calloc(vbr_rules_count(), sizeof(*counts));
	const struct vbr_finding *finding;
	bool is_short = isatty(STDOUT_FILENO);

	if (!counts) {
		cli_message(cli, "%s", cli_strerror(ENOMEM));
		return EXIT_NO_LOOK;
	}
	for (size_t i = 0; (finding = vbr_findings_at(findings, i)); i++) {
		size_t at = rule_position(vbr_finding_rule(finding));

		if (!is_short || counts[at]++ < SHOWN_MAX)
			print_finding(finding);
	}
	print_rest(cli, counts);
	free(counts);
	return EXIT_SUCCESS;
}

/* --- findings as JSON ----------------------------------------------------- */

static void put_finding(struct json *object, const struct vbr_finding *finding)
{
	struct json *fixes;
	const char *fix;

	json_put_text(object, "rule", vbr_rule_id(vbr_finding_rule(finding)));
	json_put_text(object, "severity",
		      severity_name(vbr_finding_severity(finding)));
	json_put_text_or_null(object, "bridge", vbr_finding_bridge(finding));
	json_put_text_or_null(object, "port", vbr_finding_port(finding));
	if (vbr_finding_vlan(finding))
		json_put_number(object, "vlan", vbr_finding_vlan(finding));
	else
		json_put_null(object, "vlan");
	json_put_text(object, "what", vbr_finding_what(finding));
	json_put_text(object, "why", vbr_finding_why(finding));
	fixes = json_array_in(object, "fix");
	for (size_t i = 0; (fix = vbr_finding_fix_at(finding, i)); i++)
		json_add_text(fixes, fix);
}

static int put_findings(const struct cli *cli,
			const struct vbr_findings *findings)
{
	const struct vbr_finding *finding;
	struct json_list list;

	json_list_begin(&list);
	for (size_t i = 0; (finding = vbr_findings_at(findings, i)); i++)
		put_finding(json_list_item(&list), finding);
	json_list_end(&list);
	return json_status(cli) ? EXIT_NO_LOOK : EXIT_SUCCESS;
}

/* --- check ---------------------------------------------------------------- */

static int severity_status(const struct vbr_findings *findings)
{
	const struct vbr_finding *finding;

	for (size_t i = 0; (finding = vbr_findings_at(findings, i)); i++)
		if (vbr_finding_severity(finding) != VBR_SEVERITY_REMARK)
			return EXIT_FAILURE;
	return EXIT_SUCCESS;
}

static int look(struct cli *cli, const struct call *call)
{
	struct vbr_findings *findings;
	int status;

	if (cli->json && json_load(cli) < 0)
		return EXIT_NO_LOOK;
	if (vbr_check(cli->ctx, (const char *const *)call->argv,
		      (size_t)call->argc, &findings) < 0) {
		cli_fail(cli);
		return EXIT_NO_LOOK;
	}
	status = cli->json ? put_findings(cli, findings)
			   : print_findings(cli, findings);
	/* One line for each rule. */
	cli_message_lines(cli, N_("not checked: %.*s"),
			  vbr_findings_skipped(findings));
	if (status == EXIT_SUCCESS)
		status = severity_status(findings);
	vbr_findings_free(findings);
	/* Findings that could not be written have not been seen. */
	return cli_flush(cli) < 0 ? EXIT_NO_LOOK : status;
}

int cmd_check(struct cli *cli, const struct call *call)
{
	bool is_about_rules = cli->lists_rules || cli->rule;

	if (is_about_rules && (call->argc || cli->json)) {
		cli_message(cli, "%s",
			    _("--list and --explain take neither bridges nor "
			      "--json"));
		return EXIT_NO_LOOK;
	}
	if (cli->rule)
		return explain_rule(cli);
	return cli->lists_rules ? list_rules() : look(cli, call);
}
