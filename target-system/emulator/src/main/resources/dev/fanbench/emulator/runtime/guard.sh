# Runs the program of the arguments and ends it, with all that it has started, when standard input ends.
# The program writes its process id as the first line. It has a session of its own where the system has setsid.
exec 3<&0
$(command -v setsid) /bin/sh -c 'echo $$; exec "$@"' sh "$@" </dev/null 3<&- &
program=$!
trap '' INT TERM HUP
exec >/dev/null 2>&1
(
  read -r end <&3
  kill -9 -$program || kill -9 $program
) &
watch=$!
wait $program
status=$?
kill -9 $watch
kill -9 -$program
exit $status
