#!/bin/sh
# bound.sh PROGRAM…: runs a program that ends when standard input closes, as it does when its parent ends, however that ends.
exec 3<&0
"$@" </dev/null &
program=$!
(cat <&3 >/dev/null; kill $program) 2>/dev/null &
guard=$!
wait $program
code=$?
kill $guard 2>/dev/null
exit $code
