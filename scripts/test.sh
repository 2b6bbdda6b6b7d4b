#!/usr/bin/env bash
# Everything that must hold. Every part runs, even after one has failed.
set -uo pipefail
cd "$(dirname "$0")/.."
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

# The two suites share nothing but the machine, so they run side by side; the second one's output follows.
brain_log=$(mktemp)
.venv/bin/python -m pytest -q tests --ignore=tests/frontdesk >"$brain_log" 2>&1 &
brain=$!
part "tests of the front desk" .venv-frontdesk/bin/python -m pytest -q -n 3 --dist loadfile tests/frontdesk
finish_brain() {
  wait "$brain"
  local code=$?
  cat "$brain_log"
  rm -f "$brain_log"
  return "$code"
}
part "tests of the brain" finish_brain
if ((${#failed[@]})); then
  printf '\n==> FAILED:'
  printf ' [%s]' "${failed[@]}"
  printf '\n'
  exit 1
fi
printf '\n==> everything passed\n'
