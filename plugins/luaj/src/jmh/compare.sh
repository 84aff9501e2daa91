#!/bin/sh
# Runs the kernels of src/jmh/lua on this module and on what else there is: LuaJ 3.0.1's interpreter,
# luajit, luajit -joff and lua5.1. They run in turn, so that a machine whose speed drifts is fair to
# all, each kernel in a process of its own, by the CPU time of the thread. Printed are ours in microseconds and, for each other, the
# median of ours / theirs over the rounds with the smallest and largest. Below 1 we are faster.
#
# usage: compare.sh CLASSPATH [-j LUAJ_JAR] [-r ROUNDS] [-s SECONDS_A_KERNEL] [-o "OTHERS"] [KERNEL...]
#   CLASSPATH  target/classes or the bundle; JAVA_HOME is a JDK 25 if the java on the path is older
#   LUAJ_JAR   default: the one that mvn -Pbench test-compile fetches
#   OTHERS     of luaj luajit joff lua5.1; default: all of them that are installed
set -e
here=$(cd "$(dirname "$0")" && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
flags="-Xbatch -XX:+UseSerialGC" # compiles before it goes on: warm after the same work on a busy machine
jar=$here/../../target/bench/luaj/luaj-jse-3.0.1.jar
rounds=3 seconds=3 others="luaj luajit joff lua5.1"
classpath=$1
shift
while getopts j:r:s:o: option; do
  case $option in
    j) jar=$OPTARG ;; r) rounds=$OPTARG ;; s) seconds=$OPTARG ;; o) others=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- $(cd "$here/lua" && ls *.lua | sed 's/\.lua$//' | grep -vx -e measure -e json)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

run() {
  case $1 in
    ours) set -- "$java" $flags --add-exports java.base/jdk.internal.vm=ALL-UNNAMED -cp "$classpath" moonphase.luaj.Main ;;
    luaj) set -- "$java" $flags -cp "$folder/luaj:$jar" Luaj ;;
    joff) set -- luajit -joff ;;
  esac
  "$@" "$here/lua/measure.lua" "$here/lua" "$seconds" "$kernel"
}

installed() {
  case $1 in luaj) [ -f "$jar" ] ;; joff) command -v luajit > /dev/null ;; *) command -v "$1" > /dev/null ;; esac
}

[ ! -f "$jar" ] || "${java}c" -cp "$jar" -d "$folder/luaj" "$here/Luaj.java"
chosen=
for other in $others; do
  if installed "$other"; then chosen="$chosen $other"; else echo "not installed: $other" >&2; fi
done
for kernel; do
  for round in $(seq "$rounds"); do
    for lua in ours $chosen; do
      run "$lua" | sed "s/^/$round	$lua	/" >> "$folder/all"
    done
  done
done
awk -F '\t' -v others="$chosen" '
  { time[$3, $2, $1] = $4; result[$3, $2] = $5; if (!($3 in seen)) { seen[$3] = 1; name[++n] = $3 } rounds = $1 }
  function sorted(values, count,   i, j, x) {
    for (i = 2; i <= count; i++) { x = values[i]; for (j = i - 1; j > 0 && values[j] > x; j--) values[j + 1] = values[j]; values[j + 1] = x }
  }
  END {
    m = split(others, other, " ")
    printf "%-12s %9s", "kernel", "ours us"
    for (o = 1; o <= m; o++) printf " %22s", "/ " other[o]
    print ""
    for (k = 1; k <= n; k++) {
      for (r = 1; r <= rounds; r++) v[r] = time[name[k], "ours", r]
      sorted(v, rounds)
      printf "%-12s %9d", name[k], v[int((rounds + 1) / 2)]
      for (o = 1; o <= m; o++) {
        for (r = 1; r <= rounds; r++) v[r] = time[name[k], "ours", r] / (time[name[k], other[o], r] + 1e-9)
        sorted(v, rounds)
        mark = result[name[k], "ours"] + 0 == result[name[k], other[o]] + 0 ? " " : "!"
        printf " %6.2f%s (%5.2f - %5.2f)", v[int((rounds + 1) / 2)], mark, v[1], v[rounds]
      }
      print ""
    }
    print "! where the results differ"
  }' "$folder/all"
