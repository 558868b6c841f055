#!/bin/sh
# Generates docs/openapi.json from the Go operations and the web app's client types from that.
# With --check it writes nothing and fails, showing the difference, when the files in the tree are stale.
set -eu
cd "$(dirname "$0")/.."

api=docs/openapi.json
client=frontend/src/shared/api/schema.d.ts

new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
go run ./server openapi >"$new/openapi.json"
(cd frontend && npx --no-install openapi-typescript "$new/openapi.json" -o "$new/schema.d.ts" >/dev/null)

if [ "${1:-}" = --check ]; then
	diff -u "$api" "$new/openapi.json" >"$new/diff" && diff -u "$client" "$new/schema.d.ts" >"$new/diff" && exit 0
	head -60 "$new/diff"
	echo "generated files are stale: run make gen" >&2
	exit 1
fi
mkdir -p "$(dirname "$api")" "$(dirname "$client")"
cp "$new/openapi.json" "$api"
cp "$new/schema.d.ts" "$client"
