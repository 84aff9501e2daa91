-- A list filled and read by index.
return function()
  local t = {}
  for i = 1, 200000 do t[i] = i end
  local s = 0
  for j = 1, 5 do
    for i = 1, #t do s = s + t[i] end
  end
  return s
end
