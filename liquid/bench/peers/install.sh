#!/bin/sh
# Installs the peers into .parts/ at the root (git-ignored): LiquidJS, python-liquid, the Rust crate.
# Ruby's liquid comes as the package ruby-liquid.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
parts=${LIQUID_PARTS:-$here/../../../.parts}
mkdir -p "$parts/liquidjs" "$parts/python-liquid" "$parts/liquid-rust"
[ -d "$parts/liquidjs/node_modules/liquidjs" ] ||
    npm install --ignore-scripts --no-audit --no-fund --prefix "$parts/liquidjs" liquidjs@10.30.1
[ -d "$parts/python-liquid/liquid" ] ||
    python3 -m pip install -q --target "$parts/python-liquid" python-liquid==2.3.6
# Debian 12's cargo is too old for the crate's lock file (1.78); rustup has a newer one. Without it this peer is left out.
[ -x "$parts/liquid-rust/release/liquid-peer" ] || ! command -v cargo >/dev/null ||
    cargo build --release --manifest-path "$here/rust/Cargo.toml" --target-dir "$parts/liquid-rust"
