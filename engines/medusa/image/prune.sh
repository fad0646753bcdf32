#!/usr/bin/env bash
# Takes from node_modules what only the admin's build, types and cloud providers need: 701 MB become 138. Run in the
# application's folder, after the admin is built.
set -euo pipefail
cd node_modules
kept=$(mktemp -d ../kept.XXXX)
# Tables and events refer to it, also where nothing is traced.
mv @opentelemetry/api "$kept/"
rm -rf @medusajs/{dashboard,icons,ui} @opentelemetry @babel @aws-sdk aws-sdk @smithy connect-dynamodb typescript figlet yalc \
  esbuild @esbuild vite @vitejs rollup @rollup @swc/core* lightningcss* tailwindcss caniuse-lite @types .cache @img \
  react react-dom react-router react-router-dom @remix-run react-aria react-stately @react-aria @react-stately @react-types \
  @internationalized @ariakit @tanstack @radix-ui @hookform @dnd-kit i18next react-i18next motion framer-motion cmdk prismjs date-fns
mkdir @opentelemetry
mv "$kept/api" @opentelemetry/
rmdir "$kept"
# Licences stay, whatever their files are called.
find . -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.cts' -o -name '*.d.mts' -o -name '*.md' -o -name '*.tsbuildinfo' \) \
  ! -iname 'licen[cs]e*' -delete
# Medusa makes the folder of each module's migrations where there is none, which a read-only root refuses.
for module in @medusajs/*/dist; do mkdir -p "$module/migrations"; done
