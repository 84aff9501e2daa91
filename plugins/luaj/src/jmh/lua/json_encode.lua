-- JSON written by Lua code.
local json = dofile(KERNELS .. "/json.lua")

return function()
  local n = 0
  for i = 1, 60 do n = n + #json.encode(json.sample) end
  return n
end
