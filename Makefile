# `make` alone lists what there is.

.DEFAULT_GOAL := help
.PHONY: help check test soak build up demo fmt lint bless docs bench

# What `make up` builds first, and how it starts the platform; CI has built already and takes free ports.
BUILD ?= build
UP_OPTIONS ?=

help: ## lists the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

check: ## formatting, lints and the fast tests; under two minutes when warm
	cargo fmt --check
	cargo clippy -q --workspace --all-targets -- -D warnings
	e2e/run-tests unit structure

test: ## every ring of tests, with a table at the end; as root it installs the servers that they need
	INSTALL_SERVERS=1 e2e/run-tests

soak: ## what takes too long for every change: 10,000 simulated histories, then every benchmark
	VERDICT_SEEDS=10000 e2e/run-tests sim
	$(MAKE) bench

build: ## the binary, at target/release/verdict
	cargo build --locked --release -p verdict

up: $(BUILD) ## starts everything in one process with demo data
	target/release/verdict up --demo-data $(UP_OPTIONS)

demo: build ## tells the story of one bet on virtual time
	target/release/verdict demo

fmt: ## formats the tree
	cargo fmt

lint: ## lints, links in the documentation, licences and sources of dependencies
	cargo clippy -q --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc -q --workspace --no-deps --document-private-items
	@if command -v cargo-deny >/dev/null; then cargo deny check bans licenses sources; \
	else echo "SKIPPED: cargo-deny is not installed"; fi

bless: ## writes everything that is generated: contracts, what of them is stored (REMOVE=1: less of it), golden payloads, documents
	UPDATE=1 cargo test -q -p verdict-proto --test generated
	UPDATE=1 cargo test -q -p verdict-eventlog --test generated
	UPDATE=1 cargo test -q --workspace --lib -- wire golden processes
	UPDATE=1 cargo test -q -p verdict-structure --test tree generated
	UPDATE=1 cargo test -q --release -p verdict-e2e --test it fault_codes

docs: ## the documentation of the code, at target/doc
	cargo doc --workspace --no-deps --document-private-items

bench: build ## the benchmarks, one after the other
	cargo bench -p verdict-e2e --benches --no-fail-fast
