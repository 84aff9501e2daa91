#!/bin/sh
# Runs the official Lua 5.1 suite and LuaJIT-test-cleanup on this module and prints a line a file.
#
# usage: conformance.sh CLASSPATH SUITE51 LUAJIT-TESTS
#
# CLASSPATH holds target/classes and target/test-classes; the other two are clones:
# github.com/ThomasHornschuh/lua-tests at a056d83 and github.com/LuaJIT/LuaJIT-test-cleanup.
# LUA=luajit runs the same on another interpreter instead.
classpath=$1 suite=$2 tests=$3
scripts=$(cd "$(dirname "$0")" && pwd)
lua() {
  if [ -n "$LUA" ]; then
    timeout 120 "$LUA" "$@" 2>&1
  else
    timeout 180 java --add-exports java.base/jdk.internal.vm=ALL-UNNAMED -Xmx1g \
      -cp "$classpath" moonphase.luaj.lib.ScriptMain 100 "$@" 2>&1
  fi
}
cd "$suite" || exit 1
for f in ${FILES:-literals strings pm math nextvar events vararg closure calls constructs locals sort \
  errors db attrib gc big verybig code api checktable files main}; do
  lua "$scripts/suite.lua" $f.lua < /dev/null | grep -a '^@' || echo "@ $f.lua no answer"
done
[ -n "$FILES" ] && exit
cd "$tests/test" || exit 1
lua "$scripts/luajit-tests.lua" < /dev/null | tail -${TAIL:-60}
