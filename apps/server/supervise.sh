#!/bin/sh
# The supervisor: starts the server, and again after a death or a freeze, which the server's own watchdog turns into a death.
#
#   sh supervise.sh node [options] dist/main.js
#
# A shell, because it is there at once and takes 1.5 MB: a second Node would cost 35 ms of each start and 40 MB.
# Ends with the server's code when the server stops, and when the first start is refused. After a death it never gives up: whatever keeps
# the server from starting then, a port or a disk, may be over the next time.

long_life=60 # seconds
max_pause=30 # seconds

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

# A signal interrupts the wait, not the server; waiting again for one that has been waited for says 127.
await() {
  code=
  while
    heard=
    wait "$1"
    said=$?
    [ "$said" = 127 ] && [ "$code" ] || code=$said
    [ "$heard" ]
  do :; done
}

say() {
  printf '\n  %s\n\n' "$1" >&2
}

pause=0
died=
while :; do
  "$@" &
  server=$!
  [ -z "$stopping" ] || tell
  began=$(date +%s)
  await "$server"
  server=
  if [ "$stopping" ] || [ "$code" = 0 ]; then exit "$code"; fi
  # 1 is a start that was refused: the server has said why. 126 and 127 are the shell's: there is no such program.
  refused=
  case $code in 1 | 126 | 127) refused=1 ;; esac
  if [ "$refused" ] && [ -z "$died" ]; then exit "$code"; fi
  died=1
  [ $(($(date +%s) - began)) -lt "$long_life" ] || pause=0
  if [ "$refused" ]; then
    say "Weft could not start again. The next try is in $pause seconds."
  else
    say "Weft ended unexpectedly ($code). It is started again."
  fi
  last=$code
  sleep "$pause" &
  server=$!
  await "$server"
  [ -z "$stopping" ] || exit "$last"
  pause=$((pause == 0 ? 1 : pause * 2))
  [ "$pause" -le "$max_pause" ] || pause=$max_pause
done
