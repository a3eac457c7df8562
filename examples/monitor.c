/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* monitor [BRIDGE...]: a plugin for Nagios, Icinga and others. It prints how many
 * faults bridges have, and then a line for each; the status is the worst. */

#include <stdio.h>
#include <vbridge.h>

/* The exit statuses of plugins. */
enum { OK, WARNING, CRITICAL, UNKNOWN };
static const char *const words[] = { "OK", "WARNING", "CRITICAL" };

static int status_of(const struct vbr_finding *finding)
{
	switch (vbr_finding_severity(finding)) {
	case VBR_SEVERITY_ERROR:
		return CRITICAL;
	case VBR_SEVERITY_WARNING:
		return WARNING;
	default:
		return OK;
	}
}

static int report(const struct vbr_findings *findings)
{
	unsigned int counts[UNKNOWN] = { 0 };
	const struct vbr_finding *finding;
	int worst;

	for (size_t i = 0; (finding = vbr_findings_at(findings, i)); i++)
		counts[status_of(finding)]++;
	worst = counts[CRITICAL] ? CRITICAL : counts[WARNING] ? WARNING : OK;
	printf("BRIDGES %s - errors: %u, warnings: %u\n", words[worst],
	       counts[CRITICAL], counts[WARNING]);
	for (size_t i = 0; (finding = vbr_findings_at(findings, i)); i++)
		if (status_of(finding) != OK)
			printf("%s\n", vbr_finding_what(finding));
	return worst;
}

int main(int argc, char **argv)
{
	struct vbr_findings *findings;
	int status = UNKNOWN;
	struct vbr_ctx *ctx;

	if (argc < 1 || vbr_ctx_new(NULL, &ctx) < 0)
		return UNKNOWN;
	if (vbr_check(ctx, (const char *const *)argv + 1, (size_t)argc - 1,
		      &findings) < 0) {
		printf("BRIDGES UNKNOWN - %s\n", vbr_ctx_error(ctx));
	} else {
		status = report(findings);
		vbr_findings_free(findings);
	}
	vbr_ctx_unref(ctx);
	return status;
}
