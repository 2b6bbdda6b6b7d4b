#!/usr/bin/env bash
# Everything that must hold. Every part runs, even after one has failed.
set -uo pipefail
cd "$(dirname "$0")/.."
# The tests start hundreds of processes, which would each compile our own files.
unset PYTHONDONTWRITEBYTECODE
failed=()
part() {
  printf '\n==> %s\n' "$1"
  local name=$1
  shift
  "$@" || failed+=("$name")
}
part "checks" scripts/lint.sh
part "model" .venv/bin/python -m operations.train || exit 1
part "Rasa's own validation" .venv/bin/python -m operations.validate
part "tests of the front desk" .venv-frontdesk/bin/python -m pytest -q -n 3 --dist loadfile tests/frontdesk
part "tests of the brain" .venv/bin/python -m pytest -q tests --ignore=tests/frontdesk
if ((${#failed[@]})); then
  printf '\n==> FAILED:'
  printf ' [%s]' "${failed[@]}"
  printf '\n'
  exit 1
fi
printf '\n==> everything passed\n'
