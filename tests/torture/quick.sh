#!/bin/sh
# SPDX-License-Identifier: MIT
# The part of the torture that takes seconds.
exec sh "${srcdir:-.}/tests/torture/torture.sh" quick
