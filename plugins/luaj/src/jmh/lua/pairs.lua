-- Traversal of a table with string keys, and of a list.
local t, list = {}, {}
for i = 1, 1000 do
  t["k" .. i] = i
  list[i] = i
end

return function()
  local n = 0
  for j = 1, 100 do
    for _, v in pairs(t) do n = n + v end
    for _, v in ipairs(list) do n = n + v end
  end
  return n
end
