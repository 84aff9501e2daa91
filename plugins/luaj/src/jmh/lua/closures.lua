-- Functions made and called, with a captured variable.
return function()
  local n = 0
  for i = 1, 300000 do
    local f = function() return i end
    n = n + f()
  end
  return n
end
