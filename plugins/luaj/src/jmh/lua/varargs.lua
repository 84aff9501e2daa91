-- Functions of any number of arguments and several results.
local function count(...) return select("#", ...) end
local function pass(...) return ... end
local function swap(a, b) return b, a end

return function()
  local n = 0
  for i = 1, 100000 do
    n = n + count(i, i, i) + count(pass(i, i))
    local a, b = swap(pass(i, 1))
    n = n + a + b
  end
  return n
end
