-- Runs one file of the official Lua 5.1 suite with an assert that counts and goes on.
--
-- usage: LUA suite.lua FILE      (in the suite's directory)
--
-- Prints "FILE passed/sites": assertions that held, and places where one did not; "!" and the message
-- where an error ended the file.
local file = arg[1]
local passed, sites, order = 0, {}, {}
local format, getinfo, tostring, select = string.format, debug.getinfo, tostring, select
local write, traceback, xpcall, exit = io.write, debug.traceback, xpcall, os.exit
local loadfile, stderr, raise = loadfile, io.stderr, error

function assert(...)
  if select("#", ...) == 0 then raise("bad argument #1 to 'assert' (value expected)", 2) end
  if (...) then
    passed = passed + 1
    return ...
  end
  local info = getinfo(2, "Sl")
  local site = info and format("%s:%d", info.short_src, info.currentline) or "?"
  if not sites[site] then
    sites[site] = true
    order[#order + 1] = site .. " " .. tostring((select(2, ...)))
  end
  return ...
end

Message = function() end
local chunk, message = loadfile(file)
local ok = chunk ~= nil
if ok then ok, message = xpcall(chunk, function(e) return tostring(e) end) end
io.output(io.stdout)
write(format("\n@ %s %d/%d%s\n", file, passed, #order, ok and "" or "! " .. tostring(message)))
for _, site in ipairs(order) do write("@   ", site, "\n") end
exit(0)
