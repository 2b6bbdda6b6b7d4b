#!/usr/bin/env bash
# Resolves the lock files anew, with hashes and without any registry's address (make lock).
# The brain's are for Linux: Rasa 3.6 asks for other TensorFlow packages on each system.
set -euo pipefail
cd "$(dirname "$0")/../requirements"
uv=../.venv-tools/bin/uv
compile() {
  "$uv" pip compile --quiet --generate-hashes --no-emit-index-url --no-header "$@"
}
compile --python-version 3.10 --python-platform linux -o brain-dev.lock brain-dev.in
compile --python-version 3.10 --python-platform linux -c brain-dev.lock -o brain.lock brain.in
compile --python-version 3.11 --universal -o frontdesk.lock frontdesk.in
compile --python-version 3.11 --universal -o frontdesk-dev.lock frontdesk-dev.in
compile --python-version 3.9 --universal -o tools.lock tools.in
