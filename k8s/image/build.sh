#!/usr/bin/env bash
# Makes the programs that the images hold and puts them into a folder: what the Dockerfile runs, and the tests too.
#   build.sh OUT             builds them with the profile `ship`
#   build.sh --from DIR OUT  takes them from a build folder such as target/debug
set -euo pipefail

programs=(lexilingo lexilingo-api lexilingo-worker lexilingo-engine-llama)
from=
if [ "${1:-}" = --from ]; then
    from=${2:?"--from needs a folder"}
    shift 2
fi
out=${1:?"usage: build.sh [--from DIR] OUT"}

if [ -z "$from" ]; then
    cd "$(dirname "${BASH_SOURCE[0]}")/../.."
    cargo build --profile ship --locked -p lexilingo-cli -p lexilingo-api -p lexilingo-worker -p lexilingo-engine-llama \
        --features llama
    from=${CARGO_TARGET_DIR:-target}/ship
fi

mkdir -p "$out"
for program in "${programs[@]}"; do
    install -m 755 "$from/$program" "$out/$program"
    printf 'image: %s\n' "$program"
done
# The one that can start without servers must do so before it goes into an image.
"$out/lexilingo" --version
