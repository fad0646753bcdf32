#!/usr/bin/env bash
# Makes the store: WordPress, WooCommerce, cash on delivery, a sample product.
# Every step may be killed and run again; the marker at the end lets WordPress start.
set -euo pipefail
umask 0022
content=/var/www/html/wp-content
source=/usr/src/wordpress/wp-content

step() { echo "setup: $1"; }

# What the image brings, copied beside and renamed, so that a kill leaves no half of a theme behind. Each is brought
# once: what is removed in wp-admin stays away.
step content
rm -rf "$content"/.unpack-*
brought=$content/.shopyard-brought
for kind in themes plugins; do
  mkdir -p "$content/$kind"
  for item in "$source/$kind"/*; do
    name=$kind/$(basename "$item")
    if [ -e "$item" ] && ! grep -qsxF "$name" "$brought"; then
      # A store of an earlier version has no list, and everything already.
      if [ ! -e "$content/$name" ] && { [ -e "$brought" ] || ! compgen -G "$content/.setup-*" >/dev/null; }; then
        cp -r "$item" "$content/.unpack-$$"
        mv "$content/.unpack-$$" "$content/$name"
      fi
      names=${names:-}$name$'\n'
    fi
  done
done
printf %s "${names:-}" >>"$brought"

# The files that WordPress's own pod mounts something over: made here, where they get the owner of their neighbours.
mkdir -p "$content/mu-plugins"
: >"$content/mu-plugins/0-shopyard-hardening.php"
: >"$content/mu-plugins/0-shopyard-mail.php"

bash /setup/copy-core.sh
cd /var/www/html
run() {
  step "$1"
  # WordPress logs each table it misses before the install; what matters is displayed.
  php -d memory_limit=512M -d error_log=/dev/null -d display_errors=stderr /setup/setup.php "$1"
}

run core
if [ "$WOOCOMMERCE_ENABLED" = true ]; then
  run unpack
  run plugin
  run store
fi
run verify

touch "$content/.setup-$SETUP_HASH"
step done
