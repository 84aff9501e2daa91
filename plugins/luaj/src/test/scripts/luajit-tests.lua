-- Runs LuaJIT-test-cleanup's test.lua, in its directory: its runner looks at bytecode to learn the byte
-- order, which a Lua without string.dump has to be told.
local dump = string.dump
if not pcall(dump, function() end) then
  string.dump = function() return "\27LJ" end
end
arg = {[0] = "test.lua", "--quiet"}
dofile("test.lua")
