# A private PostgreSQL cluster for tests. Source this file, then:
#
#   postgres_start     installs what is missing, makes a cluster in a new temporary folder, starts it on a free port, and
#                      exports ARBITER_POSTGRES (how to connect) and ARBITER_POSTGRES_DATA (its folder, for the tests that
#                      kill, freeze and restart the server)
#   postgres_stop      stops it and removes the folder; harmless when nothing runs
#
# The caller keeps the trap:  trap postgres_stop EXIT
#
# The server listens on 127.0.0.1 only and syncs as a real one does. As root everything runs as the account “postgres”,
# because PostgreSQL refuses root. Nothing outside the temporary folder is touched.

postgres_version=15
postgres_folder=""

# Runs a command as the account that owns the cluster.
postgres_as() {
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && runuser -u postgres -- "$@")
  else
    "$@"
  fi
}

# Where initdb and pg_ctl lie; empty when there are none.
postgres_programs() {
  local folder
  for folder in "/usr/lib/postgresql/$postgres_version/bin" /usr/lib/postgresql/*/bin; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then
      echo "$folder"
      return
    fi
  done
  if command -v initdb >/dev/null && command -v pg_ctl >/dev/null; then
    dirname "$(command -v initdb)"
  fi
}

postgres_install() {
  [ -n "$(postgres_programs)" ] && return
  local package="postgresql-$postgres_version" as_root=()
  if ! command -v apt-get >/dev/null; then
    echo "PostgreSQL is missing, and apt-get too. Install PostgreSQL $postgres_version or later." >&2
    return 1
  fi
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  echo "+ apt-get install -y --no-install-recommends $package" >&2
  if ! "${as_root[@]}" apt-get install -y --no-install-recommends "$package" >/dev/null; then
    "${as_root[@]}" apt-get update >/dev/null
    "${as_root[@]}" apt-get install -y --no-install-recommends "$package" >/dev/null
  fi
}

# A TCP port of 127.0.0.1 that nobody listens on, from 20000 to 29999. Another program may take it before the server does;
# postgres_start then tries another.
postgres_free_port() {
  local port attempt
  for attempt in $(seq 1 50); do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 10000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  echo "no free port was found in $attempt attempts" >&2
  return 1
}

postgres_start() {
  local programs port attempt
  postgres_install || return
  programs="$(postgres_programs)"
  postgres_folder="$(mktemp -d "${TMPDIR:-/tmp}/arbiter-postgres.XXXXXX")" || return
  if [ "$(id -u)" -eq 0 ]; then chown postgres "$postgres_folder"; fi
  postgres_as "$programs/initdb" --pgdata "$postgres_folder/data" --username arbiter --auth trust --encoding UTF8 \
    --locale C.UTF-8 >"$postgres_folder/initdb.log" 2>&1 || {
    cat "$postgres_folder/initdb.log" >&2
    return 1
  }
  for attempt in 1 2 3; do
    port="$(postgres_free_port)" || return
    cat >"$postgres_folder/data/postgresql.auto.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
max_connections = 100
shared_buffers = '32MB'
fsync = on
synchronous_commit = on
log_min_messages = fatal
CONF
    # Output into a file: else a pipe of the caller's stays open as long as the server runs.
    if postgres_as "$programs/pg_ctl" --pgdata "$postgres_folder/data" --log "$postgres_folder/data/server.log" \
      --wait --timeout 30 start >"$postgres_folder/start.log" 2>&1; then
      export ARBITER_POSTGRES="host=127.0.0.1 port=$port user=arbiter dbname=postgres"
      export ARBITER_POSTGRES_DATA="$postgres_folder/data"
      export ARBITER_POSTGRES_PROGRAMS="$programs"
      return
    fi
    echo "PostgreSQL did not start on port $port (attempt $attempt)" >&2
  done
  cat "$postgres_folder/start.log" "$postgres_folder/data/server.log" >&2
  return 1
}

postgres_stop() {
  local first
  [ -n "$postgres_folder" ] || return 0
  # A frozen server does not stop.
  if [ -r "$postgres_folder/data/postmaster.pid" ]; then
    read -r first <"$postgres_folder/data/postmaster.pid"
    kill -CONT "$first" 2>/dev/null || true
    pkill -CONT -P "$first" 2>/dev/null || true
    postgres_as "$(postgres_programs)/pg_ctl" --pgdata "$postgres_folder/data" --mode immediate --wait stop \
      >/dev/null 2>&1 || true
  fi
  rm -rf "$postgres_folder"
  postgres_folder=""
  unset ARBITER_POSTGRES ARBITER_POSTGRES_DATA ARBITER_POSTGRES_PROGRAMS
}
