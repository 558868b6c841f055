#!/bin/sh
# Generates docs/openapi.json from the Go operations, the web app's client types from that, and what the judge of adverts has
# learned (server/conduct/advert/manner.tsv) from the lines that it heard.
# With --check it writes nothing and fails, showing the difference, when the files in the tree are stale.
set -eu
cd "$(dirname "$0")/.."

api=docs/openapi.json
client=frontend/src/shared/api/schema.d.ts
manner=server/conduct/advert/manner.tsv

new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
go run ./server openapi >"$new/openapi.json"
go run ./server/conduct/advert/learn >"$new/manner.tsv"
(cd frontend && npx --no-install openapi-typescript "$new/openapi.json" -o "$new/schema.d.ts" >/dev/null)

if [ "${1:-}" = --check ]; then
	diff -u "$api" "$new/openapi.json" >"$new/diff" && diff -u "$client" "$new/schema.d.ts" >"$new/diff" &&
		diff -u "$manner" "$new/manner.tsv" >"$new/diff" && exit 0
	head -60 "$new/diff"
	echo "generated files are stale: run make gen" >&2
	exit 1
fi
mkdir -p "$(dirname "$api")" "$(dirname "$client")"
cp "$new/openapi.json" "$api"
cp "$new/schema.d.ts" "$client"
cp "$new/manner.tsv" "$manner"
