#!/bin/sh
# SPDX-License-Identifier: MIT
# The expression language: every triple of tests/expr.
exec "${builddir:-.}/tests/expr/run_expr" "${srcdir:-.}"/tests/expr/*.test
