-- Strings made by .. of strings and numbers.
return function()
  local n = 0
  local s = ""
  for i = 1, 60000 do
    local piece = "item" .. i .. ";"
    n = n + #piece
    s = s .. "x"
    if #s > 200 then s = "" end
  end
  return n
end
