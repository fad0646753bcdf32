#!/usr/bin/env bash
# Copies WordPress into the pod's own /var/www/html; only wp-content is on the store's volume. The image's entrypoint would
# do it too, but its tar fails on a volume that belongs to another user.
set -euo pipefail
umask 0022
cd /usr/src/wordpress
for item in * .htaccess; do
  [ "$item" = wp-content ] || [ ! -e "$item" ] || cp -r "$item" /var/www/html/
done
cp wp-config-docker.php /var/www/html/wp-config.php
