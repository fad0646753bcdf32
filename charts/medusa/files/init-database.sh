#!/usr/bin/env bash
# Makes the store's database beside its place, and renames it once it is whole: the image's own entry point takes whatever
# a killed initdb left for complete. `medusa` owns its database and nothing else; over the network, only it may log in.
set -euo pipefail
if [ -s "$PGDATA/PG_VERSION" ]; then
  exit 0
fi
new=$PGDATA.new
rm -rf "$new"
echo 'init: files'
initdb --pgdata="$new" --username=postgres --pwfile=<(printf %s "$ADMIN_PASSWORD") --auth-local=trust \
  --auth-host=scram-sha-256 --encoding=UTF8 --locale-provider=builtin --locale=C.UTF-8 --no-instructions
echo 'host medusa medusa all scram-sha-256' >>"$new/pg_hba.conf"
echo 'init: database'
# A server of its own, for this input alone. In this mode every line is a statement.
postgres --single -D "$new" postgres >/dev/null <<SQL
CREATE ROLE medusa LOGIN PASSWORD '${MEDUSA_PASSWORD//\'/\'\'}'
CREATE DATABASE medusa OWNER medusa
SQL
rm -rf "$PGDATA"
mv "$new" "$PGDATA"
echo 'init: done'
