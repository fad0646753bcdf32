#!/bin/sh
# postgres.sh PROGRAMS DATA SOCKETS: one PostgreSQL for all embedded stores, on a Unix socket alone. Ends when its standard input
# closes, as its parent does, however that ends.
set -eu
bin=$1 data=$2 sockets=$3
umask 077
mkdir -p "$sockets" "$data"

# It refuses root, and a user without a name. In a namespace of its own we are nobody to it, who has a name everywhere, and the
# files stay ours.
as=''
if [ "$(id -u)" = 0 ] || ! getent passwd "$(id -u)" >/dev/null; then
  as='unshare --user --map-user=65534 --map-group=65534'
  $as true || { echo 'PostgreSQL does not run as root, and this machine allows no user namespaces' >&2; exit 1; }
fi

# Made beside and renamed: a folder that initdb was killed in looks complete.
if [ ! -e "$data/store/PG_VERSION" ]; then
  rm -rf "$data/store.new"
  $as env -i PATH="$bin:/usr/bin:/bin" LC_ALL=C HOME=/tmp "$bin/initdb" --pgdata="$data/store.new" --username=medusa \
    --auth=trust --encoding=UTF8 --locale-provider=builtin --locale=C.UTF-8 --no-sync >/dev/null
  mv "$data/store.new" "$data/store"
fi

# Without synchronous_commit, a crash of the machine may lose the last half second. Each store opens up to ten connections.
$as env -i LC_ALL=C "$bin/postgres" -D "$data/store" -c listen_addresses= -c unix_socket_directories="$sockets" \
  -c unix_socket_permissions=0700 -c shared_buffers=32MB -c max_connections=200 -c synchronous_commit=off \
  -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=128MB &
postgres=$!
# The fast stop: it waits for no client.
exec 3<&0
(cat <&3 >/dev/null; kill -INT $postgres 2>/dev/null) &
wait $postgres
