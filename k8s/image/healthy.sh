#!/usr/bin/env bash
# Health check inside an image that has no http client: healthy PORT [PATH]. Succeeds when the answer is 200.
set -euo pipefail
port=${1:?"usage: healthy PORT [PATH]"}
path=${2:-/readyz}

exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$path" >&3
IFS= read -r -t 3 status <&3
[[ $status == "HTTP/1.1 200"* ]]
