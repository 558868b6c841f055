# Onestreet's commands; `make help` lists them.

ADDR ?= 127.0.0.1:8080
DATA ?= ./data
NAME ?=

LINT_VERSION := v2.14.0
LINT := .bin/golangci-lint-$(LINT_VERSION)
# The binary is the same wherever it is built, also from a copy without its git folder; and since every command has the
# same flags, what one has compiled the next need not.
# nodynamic: the decoder of HEIC is the one that we carry, and no library of the machine is looked for.
export GOFLAGS := -trimpath -buildvcs=false -tags=nodynamic

# The race detector watches our code and every library but those that only calculate: SQLite itself, which is C in Go's
# clothes and has one thread a connection, and the codecs of pictures. They would take half of the time that the tests take.
# Nothing that instantiates sync.Map may stand here: it would hand its unwatched copy to the whole program. The checks of
# unsafe pointers that come with -race are left out: we have none, and SQLite's driver has them in every call.
UNWATCHED := modernc.org/sqlite/lib image/... golang.org/x/image/... github.com/makiuchi-d/gozxing/... \
	github.com/tetratelabs/wazero/internal/engine/wazevo/backend/... github.com/tetratelabs/wazero/internal/engine/wazevo/ssa
RACE := -race -gcflags=all=-d=checkptr=0 $(UNWATCHED:%=-gcflags=%=-race=false)

# npm writes this file last; it is older than the lock when something is to be installed.
PACKAGES := frontend/node_modules/.package-lock.json
WEB_APP := frontend/dist/app/index.html
# Folders stand in the list too: a removed file changes its folder's time.
WEB_SOURCES := $(shell find frontend/src frontend/public -not -name '*.test.ts' 2>/dev/null) \
	$(wildcard frontend/index.html frontend/vite.config.ts frontend/tsconfig*.json)

# Checking the types of the web app takes one core a minute and a half: this file says since when they are known to be right.
TYPES := frontend/node_modules/.types-are-right
TYPED := $(shell find frontend/src 2>/dev/null) $(wildcard frontend/vite.config.ts frontend/tsconfig*.json)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup prepare build run test test-go test-web e2e check format lint lint-web generated links gen bench clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what the tests need from Debian's packages, where it is absent
	@scripts/setup.sh

# Nothing here needs what another makes: make -j3 waits for the network and checks the types while Go compiles.
prepare: setup $(LINT) $(TYPES) # all that make check and make test would install or make first

build: $(WEB_APP) ## build bin/onestreet, the web app inside
	go build -o bin/onestreet ./server

run: build ## build, then serve the demo street (ADDR=127.0.0.1:8080 DATA=./data)
	ONESTREET_ADDR=$(ADDR) ONESTREET_DATA=$(DATA) bin/onestreet serve --demo

test: setup ## every test: Go on both databases, the web app's units and types, the story in a browser
	$(MAKE) test-go
	$(MAKE) test-web
	$(MAKE) e2e

# Three packages at once: each waits for the database and the disk now and then.
test-go: $(PACKAGES) # with the race detector, a real MariaDB and a real Redis
	go build -o .bin/services ./server/testkit/cmd/services
	.bin/services go test $(RACE) -vet=off -p 3 -timeout 20m ./...

test-web: $(TYPES)
	cd frontend && npm run test

e2e: setup build ## the street's story in Chromium against bin/onestreet
	cd frontend && ONESTREET_BIN=$(CURDIR)/bin/onestreet npm run e2e

check: format lint lint-web generated links ## format, lint, types, generated files, dead links

format:
	@unformatted=$$(git ls-files -co --exclude-standard '*.go' | xargs gofmt -l); \
	if [ -n "$$unformatted" ]; then echo "not formatted (gofmt -w):"; echo "$$unformatted"; exit 1; fi

# go vet is one of its linters; the tests need not run it again.
lint: $(LINT)
	$(LINT) run --allow-serial-runners

lint-web: $(TYPES)
	cd frontend && npm run lint

generated: $(PACKAGES)
	scripts/generate.sh --check

links:
	node scripts/links.mjs

gen: $(PACKAGES) ## generate docs/openapi.json from the Go operations, the web app's client from that, and what the judge of adverts has learned
	scripts/generate.sh

bench: SHELL := /bin/bash # for pipefail
bench: setup ## measure, a JSON line a figure (NAME=ledger, traffic, …; without it, every feature)
	go build -o .bin/services ./server/testkit/cmd/services
	@set -o pipefail; ONESTREET_TEST_DURABLE=1 .bin/services go test -run '^$$' -bench . -benchtime 1x -timeout 60m $(if $(NAME),./server/$(NAME)/...,-p 1 ./server/...) | sed -n -e '/^{/p' -e '/FAIL/p'

clean: ## remove what was built and installed here; DATA stays
	rm -rf bin .bin frontend/dist/app frontend/node_modules

$(PACKAGES): frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(TYPES): $(PACKAGES) $(TYPED)
	cd frontend && npm run types
	@touch $@

# Types are make check's business: a person who runs the demo does not wait for them.
$(WEB_APP): $(PACKAGES) $(WEB_SOURCES)
	cd frontend && npx --no-install vite build

$(LINT):
	GOBIN=$(CURDIR)/.bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	@mv .bin/golangci-lint $@
