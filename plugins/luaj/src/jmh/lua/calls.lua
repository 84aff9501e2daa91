-- Functions of Lua called with none to three arguments, and one of Java.
local abs = math.abs
local function none() return 1 end
local function one(a) return a end
local function three(a, b, c) return a + b + c end
local function two(a, b) return b, a end

return function()
  local n = 0
  for i = 1, 200000 do
    local a, b = two(i, 1)
    n = n + none() + one(a) + three(a, b, i) - abs(-i)
  end
  return n
end
