#!/usr/bin/env bash
# Sets up the store: WordPress, WooCommerce, cash on delivery, a sample product.
# Every step may be killed and rerun; the marker at the end lets WordPress start.
set -euo pipefail
umask 0022
content=/var/www/html/wp-content
source=/usr/src/wordpress/wp-content

step() { echo "setup: $1"; }

# Copies the image's themes and plugins beside their place and renames them, so that a kill leaves no partial copy. Each is
# copied once: what is removed in wp-admin stays removed.
step content
rm -rf "$content"/.unpack-*
brought=$content/.shopyard-brought
for kind in themes plugins; do
  mkdir -p "$content/$kind"
  for item in "$source/$kind"/*; do
    name=$kind/$(basename "$item")
    if [ -e "$item" ] && ! grep -qsxF "$name" "$brought"; then
      # A store of an earlier version has no list, but already has everything.
      if [ ! -e "$content/$name" ] && { [ -e "$brought" ] || ! compgen -G "$content/.setup-*" >/dev/null; }; then
        cp -r "$item" "$content/.unpack-$$"
        mv "$content/.unpack-$$" "$content/$name"
      fi
      names=${names:-}$name$'\n'
    fi
  done
done
printf %s "${names:-}" >>"$brought"

# Files that WordPress's pod mounts over: created here, so that they get the same owner as the files beside them.
mkdir -p "$content/mu-plugins"
: >"$content/mu-plugins/0-shopyard-hardening.php"
: >"$content/mu-plugins/0-shopyard-mail.php"
: >"$content/mu-plugins/0-shopyard-sign-in.php"

bash /setup/copy-core.sh
cd /var/www/html
# The steps run the same code, so each takes what the one before compiled. It goes with this pod.
compiled=/tmp/compiled
mkdir -p "$compiled"
run() {
  step "$1"
  # Before the install, WordPress logs every missing table; errors that matter are displayed.
  php -d opcache.enable_cli=1 -d opcache.file_cache_only=1 -d "opcache.file_cache=$compiled" \
    -d memory_limit=512M -d error_log=/dev/null -d display_errors=stderr /setup/setup.php "$1"
}

run core
if [ "$WOOCOMMERCE_ENABLED" = true ]; then
  run unpack
  run plugin
  run migrate
  run store
fi
run verify | tee /tmp/verified

touch "$content/.setup-$SETUP_HASH"
# Last: a failed container's message is the end of its log, unless it wrote one.
sed -n 's/^setup: versions //p' /tmp/verified >/dev/termination-log || true
step done
