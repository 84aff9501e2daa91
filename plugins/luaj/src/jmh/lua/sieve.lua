-- Primes: booleans in a list, comparisons, jumps.
return function()
  local n = 200000
  local s = {}
  for i = 2, n do s[i] = true end
  for i = 2, n do
    if s[i] then
      for j = i * i, n, i do s[j] = false end
    end
  end
  local c = 0
  for i = 2, n do
    if s[i] then c = c + 1 end
  end
  return c
end
