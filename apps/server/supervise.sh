#!/bin/sh
# The supervisor: starts the server, and again after a death or a freeze, which the server's own watchdog turns into a death.
#
#   sh supervise.sh node [options] dist/main.js
#
# A shell, because it is there at once and takes 1.5 MB: a second Node would cost 35 ms of each start and 40 MB.
# Ends with the server's code when the server stops, and when it cannot start.

max_failed_starts=6 # in a row, after a death: a port or a disk may need a moment
max_short_lives=20  # in a row
long_life=60        # seconds
max_pause=30        # seconds

export WEFT_SUPERVISOR=$$
stopping=
server=

# Every signal goes on to the server, which takes those of one moment for one: the terminal may have told it, too.
tell() {
  stopping=1
  heard=1
  [ -z "$server" ] || kill -TERM "$server" 2>/dev/null
}
trap tell INT TERM HUP

# A signal interrupts the wait, not the server.
await() {
  while heard=; wait "$1"; code=$?; [ "$heard" ] && kill -0 "$1" 2>/dev/null; do :; done
}

say() {
  printf '\n  %s\n\n' "$1" >&2
}

failed_starts=0
short_lives=0
pause=0
died=
while :; do
  "$@" &
  server=$!
  [ -z "$stopping" ] || tell
  began=$(date +%s)
  await "$server"
  server=
  # 1 is a start that was refused: the server has said why.
  if [ "$stopping" ] || [ "$code" = 0 ]; then exit "$code"; fi
  if [ "$code" = 1 ]; then
    [ "$died" ] || exit 1
    failed_starts=$((failed_starts + 1))
    if [ "$failed_starts" -ge "$max_failed_starts" ]; then
      say "Weft could not start again, $failed_starts times in a row, so it is not tried any more. What it said last is above: mend that, then start Weft."
      exit 1
    fi
  else
    died=1
    failed_starts=0
  fi
  if [ $(($(date +%s) - began)) -ge "$long_life" ]; then
    short_lives=0
    pause=0
  fi
  short_lives=$((short_lives + 1))
  if [ "$short_lives" -ge "$max_short_lives" ]; then
    say "Weft ended $short_lives times in a row within a minute of its start, so it is not started again. Its log says why: mend that, then start Weft."
    exit "$code"
  fi
  [ "$code" = 1 ] || say "Weft ended unexpectedly ($code). It is started again."
  last=$code
  sleep "$pause" &
  server=$!
  await "$server"
  [ -z "$stopping" ] || exit "$last"
  pause=$((pause == 0 ? 1 : pause * 2))
  [ "$pause" -le "$max_pause" ] || pause=$max_pause
done
