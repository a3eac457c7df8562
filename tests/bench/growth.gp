# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Draws the data of growth.bash: time on the left, memory on the right.

set terminal svg size 900,1200 background "white"
set output svg
set multiplot layout 4,2
set logscale xy
set grid
set key top left
do for [curve in "bridges ports entries VLANs"] {
	pick = sprintf("< awk '$1 == \"%s\"' %s", curve, data)
	set xlabel curve
	set ylabel "milliseconds"
	plot pick using 2:($3 / 1000) with linespoints title "vbridge", \
		pick using 2:($4 / 1000) with linespoints title "iproute2"
	set ylabel "MiB, peak"
	plot pick using 2:($5 / 1024) with linespoints title "vbridge", \
		pick using 2:($6 / 1024) with linespoints title "iproute2"
}
unset multiplot
