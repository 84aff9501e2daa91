#!/bin/sh
# Runs kernels.lua on this module and on luajit, luajit -joff and lua5.1 where they are installed, and
# prints the ratio of our time to each.
#
# usage: compare.sh CLASSPATH [ROUNDS]      (CLASSPATH: target/classes or the bundle)
classpath=$1 rounds=${2:-12}
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${JAVA_HOME:+$JAVA_HOME/bin/}java" --add-exports java.base/jdk.internal.vm=ALL-UNNAMED -cp "$classpath" moonphase.luaj.Main \
  "$here/kernels.lua" "$rounds" > "$folder/ours" || exit 1
for lua in "luajit" "luajit -joff" "lua5.1"; do
  command -v "${lua%% *}" > /dev/null || continue
  $lua "$here/kernels.lua" "$rounds" > "$folder/theirs" || continue
  echo "ours / $lua"
  paste "$folder/ours" "$folder/theirs" |
    awk '{ printf "%-10s %9.2f / %9.2f ms = %.2f\n", $1, $2, $6, ($6 > 0 ? $2 / $6 : 0) }'
done
cat "$folder/ours"
