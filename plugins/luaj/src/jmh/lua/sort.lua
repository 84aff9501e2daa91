-- Numbers sorted by <, and by a function.
return function()
  local t, u = {}, {}
  local x = 42
  for i = 1, 20000 do
    x = (x * 16807) % 2147483647
    t[i] = x
    u[i] = x
  end
  table.sort(t)
  table.sort(u, function(a, b) return a > b end)
  return t[1] + u[1]
end
