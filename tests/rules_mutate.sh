#!/bin/sh
# SPDX-License-Identifier: MIT
# Proves that each bad fixture is caught by its own rule alone: ./tests/rules_mutate.sh BINARY [ID...]
# Every rule is switched off in turn through checks.disabled, and its fixture must then bring nothing.
MUTATE=1 exec "$(dirname "$0")/rules.sh" "$@"
