#!/usr/bin/env bash
# Content, style and types. Every check runs, even after one has failed.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=0
check() {
  printf '==> %s\n' "$1"
  shift
  "$@" || failed=1
}
check "content" .venv/bin/python -m content
check "style" .venv/bin/ruff check .
check "format" .venv/bin/ruff format --check .
check "types of the brain" .venv/bin/mypy
check "types of the front desk" .venv-frontdesk/bin/mypy --python-version 3.12 --follow-imports silent frontdesk
exit $failed
