-- Substitution by a function, a table, a string, and of nothing.
local s = ("hello world foo bar "):rep(500)
local names = {hello = "goodbye", foo = "baz"}

return function()
  local n = 0
  for i = 1, 3 do
    s:gsub("%w+", function(w) n = n + #w end)
    n = n + #s:gsub("%a+", names)
    n = n + #s:gsub("(%w+) (%w+)", "%2 %1")
    n = n + #s:gsub("[%c\"\\]", "?")
  end
  return n
end
