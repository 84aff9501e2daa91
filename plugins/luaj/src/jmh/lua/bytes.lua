-- A string read byte by byte and piece by piece.
local s = ("abcdefghij"):rep(1000)

return function()
  local n = 0
  for j = 1, 10 do
    for i = 1, #s do n = n + s:byte(i) end
  end
  for i = 1, #s do
    if s:sub(i, i) == "c" then n = n + 1 end
  end
  for i = 1, #s - 4, 5 do
    local a, b, c = s:byte(i, i + 2)
    n = n + a + b + c + #string.char(a, b, c)
  end
  return n
end
