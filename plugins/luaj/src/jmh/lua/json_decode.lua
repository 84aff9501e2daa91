-- JSON read by Lua code.
local json = dofile(KERNELS .. "/json.lua")
local text = json.encode(json.sample)

return function()
  local n = 0
  for i = 1, 60 do n = n + #json.decode(text).items end
  return n
end
