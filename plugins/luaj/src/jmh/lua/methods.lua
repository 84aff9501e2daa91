-- Methods found through a metatable's __index, once and twice removed.
local Base = {}
Base.__index = Base
function Base:get() return self.v end
local Counter = setmetatable({}, Base)
Counter.__index = Counter
function Counter:inc(n) self.v = self.v + n return self end

return function()
  local o = setmetatable({v = 0}, Counter)
  for i = 1, 300000 do o:inc(1) end
  local n = 0
  for i = 1, 100000 do n = n + o:get() end
  return n
end
