-- Mixed work from a seed, to one string: what a VM answers may depend on the seed alone.
-- Each machine changes what VMs must not share: methods of strings, metatables of types, the random
-- numbers' state.
local who = {}
debug.setmetatable(0, {__index = function(n, k) return k .. n end, __call = function(n, m) return n * m end})
debug.setmetatable(nil, {__index = function() return who.seed end})
function string.stamp(s) return s .. "@" .. who.seed end

local function words(seed)
  local out = {}
  for i = 1, 40 do out[i] = ("w%d_%d"):format(seed, (i * 7919 + seed) % 97) end
  return table.concat(out, " ")
end

local function patterns(seed)
  local text = words(seed)
  local n = 0
  for a, b in text:gmatch("w(%d+)_(%d+)") do n = n + a * 3 + b end
  local swapped = text:gsub("w(%d+)_(%d+)", "%2-%1"):gsub("%d+", function(d) return d + 1 end)
  return n .. swapped:sub(1, 20) .. (swapped:find("9-", 1, true) or 0) .. text:stamp():sub(-6)
end

local function sorting(seed)
  math.randomseed(seed)
  local t = {}
  for i = 1, 200 do t[i] = math.random(1, 1000) end
  table.sort(t, function(a, b) return a > b end)
  local s = {}
  for i = 1, 50 do s[i] = tostring(t[i]) end
  table.sort(s)
  return table.concat(s, ",", 1, 10) .. t[1] .. t[200]
end

local function coroutines(seed)
  local function generate(n)
    return coroutine.wrap(function()
      for i = 1, n do
        if pcall(function() coroutine.yield(i * seed) error("x") end) then return end
      end
    end)
  end
  local sum = 0
  for v in generate(20) do
    for u in generate(3) do sum = sum + u end
    sum = sum + v
  end
  return sum
end

local Object = {}
Object.__index = Object
Object.__add = function(a, b) return setmetatable({v = a.v + b.v}, Object) end
Object.__lt = function(a, b) return a.v < b.v end
Object.__tostring = function(o) return "object " .. o.v end

local function objects(seed)
  local sum = setmetatable({v = 0}, Object)
  for i = 1, 30 do sum = sum + setmetatable({v = i * seed}, Object) end
  local ok, e = pcall(function() return sum + 1 .. sum end)
  return tostring(sum) .. tostring(sum < sum + sum) .. tostring(ok) .. type(e)
end

local function tables(seed)
  local t = {}
  for i = 1, 300 do t[(i * 31 + seed) % 500] = i end
  for i = 1, 300 do t["k" .. i % (seed + 10)] = i end
  for k in pairs(t) do
    if type(k) == "number" and k % 3 == 0 then t[k] = nil end
  end
  local n, s = 0, 0
  for k, v in pairs(t) do
    n = n + 1
    s = s + v
  end
  return n .. ":" .. s
end

local function chunks(seed)
  local f = assert(loadstring("local a = ... return a * 2 + " .. seed .. ", (" .. seed .. ").x"))
  local env = setmetatable({}, {__index = _G})
  setfenv(f, env)
  local a, b = f(seed)
  local ok, e = pcall(load, "x = = 1")
  return a .. b .. tostring(select(2, load("x = = " .. seed))) .. (7)(seed)
end

local function numbers(seed)
  local x = 0
  for i = 1, 200 do x = x + math.sin(i * seed) / (i + 0.5) end
  local b = require("bit")
  return ("%.10g|%x|%5.2f"):format(x, b.bxor(seed * 65537, 0x5a5a5a), x) .. tostring(1 / 3 * seed)
end

return function(seed)
  who.seed = seed
  local buffer = require("string.buffer").new()
  for _, f in ipairs {patterns, sorting, coroutines, objects, tables, chunks, numbers} do
    buffer:put(f(seed), "\n")
  end
  local absent
  return buffer:tostring() .. absent.anything
end
