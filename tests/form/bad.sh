#!/bin/sh
# SPDX-License-Identifier: MIT
# What is told of a form's faults: every form of tests/form/bad.
exec "${builddir:-.}/tests/form/run_bad" "${srcdir:-.}"/tests/form/bad/*.csv
