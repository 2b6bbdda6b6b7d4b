#!/usr/bin/env bash
# Makes both environments from their hashed lock files, and says what it is doing. Usage: setup.sh [run|test]
# "run" installs what production needs, "test" also what tests and checks need.
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-run}

say() { printf '==> %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# Prints the first interpreter that answers with one of the wanted versions; pyenv's shims fail unless selected.
find_python() {
  local version candidate
  for version in "$@"; do
    for candidate in "${PYTHON_FOR_SETUP:-}" "python$version" python3 python \
      "$HOME"/.pyenv/versions/"$version".*/bin/python /opt/python/"$version"*/bin/python; do
      [ -n "$candidate" ] || continue
      if [ "$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$version" ]; then
        "$candidate" -c 'import sys; print(sys.executable)'
        return 0
      fi
    done
  done
  return 1
}

any_python() {
  find_python 3.13 3.12 3.11 3.10 3.9 || fail "no Python 3 found -> install Python 3.10 and try again"
}

# uv installs from the lock files; it lives in a small environment of its own.
uv=.venv-tools/bin/uv
if [ ! -x "$uv" ]; then
  say "installing uv into .venv-tools"
  "$(any_python)" -m venv .venv-tools || fail "venv failed -> install your system's python3-venv package"
  .venv-tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.lock \
    || fail "pip could not install uv -> check that a Python package index can be reached"
fi

# make_environment FOLDER LOCK VERSIONS...
make_environment() {
  local folder=$1 lock=$2 python wanted
  shift 2
  wanted=$(sha256sum < "$lock" | cut -d' ' -f1)
  if [ -f "$folder/.lock-sha256" ] && [ "$(cat "$folder/.lock-sha256")" = "$wanted" ]; then
    return 0
  fi
  if [ ! -x "$folder/bin/python" ]; then
    if ! python=$(find_python "$@"); then
      say "no Python $1 on this machine; asking uv to fetch one"
      "$uv" python install --quiet "$1" 2>/dev/null && python=$("$uv" python find "$1" 2>/dev/null) \
        || fail "Python $* is missing and could not be fetched -> install Python $1 (for example 'pyenv install $1')"
    fi
    say "making $folder with $python"
    "$uv" venv --quiet --python "$python" "$folder"
  fi
  say "installing $lock into $folder (the first time this takes a minute)"
  # Compiled once, here: where PYTHONDONTWRITEBYTECODE is set each start would compile everything anew.
  "$uv" pip sync --quiet --compile-bytecode --require-hashes --python "$folder/bin/python" "$lock" \
    || fail "installing $lock failed -> see the message above; check that a Python package index can be reached"
  printf '%s' "$wanted" > "$folder/.lock-sha256"
}

suffix=""
[ "$kind" = test ] && suffix="-dev"
# A test environment serves for running too, so it is not undone.
keep() { [ "$kind" = run ] && [ -f "$1/.lock-sha256" ] && [ "$(cat "$1/.lock-sha256")" = "$(sha256sum < "$2" | cut -d' ' -f1)" ]; }
keep .venv requirements/brain-dev.lock || make_environment .venv "requirements/brain$suffix.lock" 3.10
keep .venv-frontdesk requirements/frontdesk-dev.lock \
  || make_environment .venv-frontdesk "requirements/frontdesk$suffix.lock" 3.13 3.12 3.11

# The tests of the pages drive a real browser.
if [ "$kind" = test ] && ! command -v chromium >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing Chromium for the tests of the pages"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 \
      || fail "installing Chromium failed -> install your system's chromium package"
  else
    fail "Chromium is missing, and the tests of the pages need it -> install your system's chromium package"
  fi
fi

# Whoever starts .venv/bin/rasa by hand gets no telemetry either.
site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
cat > "$site/ketamine_facts.pth" <<'PTH'
import os; os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false"); os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2"); os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
PTH

.venv/bin/python - <<'PYTHON'
from settings import SettingsError, create_secrets, load_settings
try:
    made = create_secrets(load_settings().secrets_path)
except SettingsError as error:
    raise SystemExit(f"setup: {error}")
if made:
    print(f"==> made {', '.join(made)} in {load_settings().secrets_file}")
PYTHON
