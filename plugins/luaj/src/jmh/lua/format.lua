-- string.format, tostring and tonumber.
local format = string.format

return function()
  local n = 0
  for i = 1, 20000 do
    n = n + #format("%d %s %5d %x", i, "abc", i, i)
    n = n + #format("%s=%q", "key", "va\"lue")
    n = n + #tostring(i) + tonumber("12") + tonumber(tostring(i))
  end
  return n
end
