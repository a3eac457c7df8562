/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Findings: how rules report them, and how callers read them. */

#include "config.h"

#include "check/findings.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/rule.h"

/* --- for rules ------------------------------------------------------------ */

static const char *keep(struct check *check, const char *text)
{
	const char *copy = arena_text(&check->findings->arena, text);

	if (copy)
		return copy;
	check->error = -ENOMEM;
	return "";
}

const char *check_name(struct check *check, const char *name)
{
	char text[VBR_NAME_TEXT_SIZE];

	vbr_format_name(name, text, sizeof(text));
	return keep(check, text);
}

const char *check_text(struct check *check, const char *text)
{
	char *copy = arena_text(&check->findings->arena, text);

	if (!copy) {
		check->error = -ENOMEM;
		return "";
	}
	for (char *at = copy; *at; at++)
		if (*at < ' ' || *at > '~')
			*at = '?';
	return copy;
}

/* The last finding; NULL if memory has run out. */
static struct vbr_finding *last(struct check *check)
{
	struct vbr_findings *findings = check->findings;

	return check->error ? NULL : &findings->rows[findings->count - 1];
}

void finding_begin(struct check *check, enum vbr_severity severity,
		   const struct bridge_view *bridge,
		   const struct port_view *port)
{
	struct vbr_findings *findings = check->findings;
	struct vbr_finding *rows;

	if (check->error)
		return;
	rows = array_grow(findings->rows, sizeof(*rows), findings->count,
			  &findings->room);
	if (!rows) {
		check->error = -ENOMEM;
		return;
	}
	findings->rows = rows;
	rows[findings->count++] = (struct vbr_finding){
		.rule = check->rule,
		.severity = severity,
		.bridge = keep(check, bridge->link->name),
		.port = port ? keep(check, port->link->name) : NULL,
	};
}

void finding_what(struct check *check, const char *format, ...)
{
	struct vbr_finding *finding = last(check);
	char text[1024];
	va_list list;

	if (!finding)
		return;
	va_start(list, format);
	vsnprintf(text, sizeof(text), format, list);
	va_end(list);
	finding->what = keep(check, text);
}

void finding_why(struct check *check, const char *why)
{
	struct vbr_finding *finding = last(check);

	if (finding)
		finding->why = keep(check, why);
}

void finding_vlan(struct check *check, unsigned int vlan)
{
	struct vbr_finding *finding = last(check);

	if (finding)
		finding->vlan = vlan;
}

static void add_fix(struct check *check, const char *line)
{
	struct vbr_finding *finding = last(check);
	const char **fixes;

	if (!finding)
		return;
	fixes = array_grow(finding->fixes, sizeof(*fixes), finding->fix_count,
			   &finding->fix_room);
	if (!fixes) {
		check->error = -ENOMEM;
		return;
	}
	finding->fixes = fixes;
	fixes[finding->fix_count++] = keep(check, line);
}

void finding_fix_line(struct check *check, struct text *line)
{
	if (line->is_short)
		check->error = -ENOMEM;
	else
		add_fix(check, line->bytes);
	text_drop(line);
}

void finding_fix(struct check *check, const char *tool, const char *command,
		 ...)
{
	struct text text = { 0 };
	va_list list;

	va_start(list, command);
	text_begin_list(&text, tool, command, list);
	va_end(list);
	finding_fix_line(check, &text);
}

/* It is reported once for each rule, because it is the same for all bridges. */
void check_skip(struct check *check, const char *why)
{
	struct vbr_findings *findings = check->findings;

	if (findings->skipped_rule == check->rule)
		return;
	findings->skipped_rule = check->rule;
	text_put(&findings->skipped, check->rule->id);
	text_put(&findings->skipped, ": ");
	text_put(&findings->skipped, why);
	text_end(&findings->skipped);
	if (findings->skipped.is_short)
		check->error = -ENOMEM;
}

const char *number_word(char room[NUMBER_SIZE], uint64_t number)
{
	snprintf(room, NUMBER_SIZE, "%" PRIu64, number);
	return room;
}

const char *address_word(char room[PREFIX_SIZE],
			 const struct ip_address *address)
{
	char text[ADDRESS_TEXT_SIZE];

	address_format(&address->address, text);
	snprintf(room, PREFIX_SIZE, "%s/%u", text, address->prefix);
	return room;
}

/* --- for callers ---------------------------------------------------------- */

void vbr_findings_free(struct vbr_findings *findings)
{
	if (!findings)
		return;
	for (size_t i = 0; i < findings->count; i++)
		free(findings->rows[i].fixes);
	free(findings->rows);
	text_drop(&findings->skipped);
	arena_free(&findings->arena);
	free(findings);
}

size_t vbr_findings_count(const struct vbr_findings *findings)
{
	return findings->count;
}

const struct vbr_finding *vbr_findings_at(const struct vbr_findings *findings,
					  size_t i)
{
	return i < findings->count ? &findings->rows[i] : NULL;
}

const char *vbr_findings_skipped(const struct vbr_findings *findings)
{
	return findings->skipped.len ? findings->skipped.bytes : "";
}

const struct vbr_rule *vbr_finding_rule(const struct vbr_finding *finding)
{
	return finding->rule;
}

enum vbr_severity vbr_finding_severity(const struct vbr_finding *finding)
{
	return finding->severity;
}

const char *vbr_finding_bridge(const struct vbr_finding *finding)
{
	return finding->bridge;
}

const char *vbr_finding_port(const struct vbr_finding *finding)
{
	return finding->port;
}

unsigned int vbr_finding_vlan(const struct vbr_finding *finding)
{
	return finding->vlan;
}

const char *vbr_finding_what(const struct vbr_finding *finding)
{
	return finding->what;
}

const char *vbr_finding_why(const struct vbr_finding *finding)
{
	return finding->why;
}

const char *vbr_finding_fix_at(const struct vbr_finding *finding, size_t i)
{
	return i < finding->fix_count ? finding->fixes[i] : NULL;
}
