#!/usr/bin/env bash
# Khaldun against a real Nominatim, by hand: see nominatim.md beside this file.
#
# Everything happens in one temporary folder and on the loopback, and is gone when the script ends: the database listens on a
# socket in that folder alone, the import is told to stay offline, the server is bound to 127.0.0.1.
#
#   NOMINATIM   the program `nominatim`, in an environment of its own
#   KHALDUN     the program to test; `khaldun` if not given
#   PGBIN       folder of initdb and pg_ctl; that of Debian's postgresql if not given
#   PORT        port of the server; 8788 if not given
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
nominatim=${NOMINATIM:?say where the program nominatim lies}
khaldun=${KHALDUN:-khaldun}
pgbin=${PGBIN:-$(ls -d /usr/lib/postgresql/*/bin | tail -1)}
port=${PORT:-8788}
work=$(mktemp -d /tmp/khaldun-nominatim.XXXXXX)
owner=$(id -un)
server=

as_owner() { "$@"; }
if [ "$owner" = root ]; then # PostgreSQL refuses to run as root
    owner=postgres
    as_owner() { runuser -u postgres -- "$@"; }
fi

finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    [ ! -f "$work/pg/postmaster.pid" ] || as_owner "$pgbin/pg_ctl" -D "$work/pg" -m immediate -w stop >/dev/null
    rm -rf "$work"
}
trap finish EXIT

step() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }

step "versions"
"$nominatim" --version
"$pgbin/postgres" --version
osm2pgsql --version 2>&1 | sed -n 's/.*\(osm2pgsql version .*\)/\1/p'

step "a database of its own"
chmod 755 "$work"
mkdir "$work/project" "$work/socket"
chown "$owner" "$work" "$work/socket"
as_owner "$pgbin/initdb" --pgdata "$work/pg" --auth trust --no-sync >/dev/null
as_owner "$pgbin/pg_ctl" -D "$work/pg" -l "$work/pg.log" -w -t 30 start \
    -o "-c listen_addresses='' -c unix_socket_directories=$work/socket -c fsync=off" >/dev/null
as_owner "$pgbin/createuser" --host "$work/socket" www-data

step "import of nominatim.osm"
export NOMINATIM_DATABASE_DSN="pgsql:dbname=nominatim;host=$work/socket;user=$owner"
cd "$work/project"
timeout 300 "$nominatim" import --offline --no-updates --threads 2 --osm-file "$here/nominatim.osm" >"$work/import.log" 2>&1 ||
    { tail -40 "$work/import.log"; exit 1; }
grep -o 'Import completed.*' "$work/import.log"

step "server"
"$nominatim" serve --server "127.0.0.1:$port" --engine falcon >"$work/serve.log" 2>&1 &
server=$!
for _ in $(seq 60); do
    curl --silent --fail --noproxy '*' "http://127.0.0.1:$port/status" >/dev/null && break
    kill -0 "$server" || { cat "$work/serve.log"; exit 1; }
    sleep 0.5
done
curl --silent --fail --noproxy '*' "http://127.0.0.1:$port/status"

step "a dataset with names that no gazetteer knows"
export XDG_CACHE_HOME="$work/cache" no_proxy=127.0.0.1
set="$work/set"
$khaldun init "$set" --countries IQ
printf '\n[geocoding]\nservice = "nominatim"\nurl = "http://127.0.0.1:%s"\nrate = 20\n' "$port" >>"$set/dataset.toml"
$khaldun ingest "$here/nominatim.jsonl" --root "$set" --quiet >/dev/null
$khaldun build --root "$set" --quiet | tail -1

step "khaldun places geocode"
$khaldun places geocode --root "$set" --quiet
asked=$(grep -c 'GET /search' "$work/serve.log")
$khaldun places geocode --root "$set" --quiet
[ "$(grep -c 'GET /search' "$work/serve.log")" = "$asked" ] || { echo "asked again what was answered"; exit 1; }

step "accept one answer for each name but the namesake in Salah al-Din"
ids=$(grep -v 'osm:node/104' "$set/data/raw/geocodes/nominatim.csv" | tail -n +2 | cut -d, -f1)
$khaldun places accept $ids --reviewer amber --root "$set" | tail -1
kill "$server"; wait "$server" 2>/dev/null || true; server=
$khaldun build --release 2026.11.0 --date 2026-11-30 --root "$set" --quiet | tail -1

step "the events"
release="$set/data/processed/releases/2026.11.0"
$khaldun verify "$release"
grep -h 'OpenStreetMap' "$release/LICENSE"
grep -o '^KHD-IRQ-[0-9]*' "$release/events.csv"
for name in "Bir Nasuh" "Tell Wardan" "Sunbula Camp"; do
    grep -q "$name" "$release/events.csv" && echo "located: $name" || { echo "not located: $name"; exit 1; }
done
printf '\nall done in %s s\n' "$SECONDS"
