# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Chains of nf_tables, for the suites about the firewall.

tables=()

# chain FAMILY TABLE CHAIN POLICY [DEVICE]: adds a chain as nft does.
chain()
{
	local rc=0

	"$PYTHON" -I "$tests_dir/func/nft.py" "$@" || rc=$?
	[ $rc -ne 77 ] || skip "needs nf_tables"
	tables+=("$1 $2")
	return $rc
}

# no_chains: deletes the tables of the test.
no_chains()
{
	local family table

	for table in "${tables[@]}"; do
		read -r family table <<< "$table"
		"$PYTHON" -I "$tests_dir/func/nft.py" "$family" "$table"
	done
	tables=()
}
