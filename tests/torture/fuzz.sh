#!/bin/sh
# SPDX-License-Identifier: MIT
#
# fuzz.sh: the fuzz targets (tests/fuzz), FUZZ_SECONDS each. make check has what is
# kept of them (tests/fuzz/replay.sh), so there is no quick part.
exec make -s -C "${builddir:-.}" fuzz
