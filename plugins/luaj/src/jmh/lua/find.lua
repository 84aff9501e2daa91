-- Searches: plain, with a pattern, anchored, with captures.
local text = ("the quick brown fox jumps over the lazy dog; "):rep(40) .. "needle=42 end"

return function()
  local n = 0
  for i = 1, 400 do
    n = n + text:find("needle", 1, true)
    n = n + text:find("needle=%d+")
    if text:find("^the quick") then n = n + 1 end
    local k, v = text:match("(%w+)=(%d+)")
    n = n + #k + #v
    n = n + #("  a field of a form  "):match("^%s*(.-)%s*$")
  end
  return n
end
