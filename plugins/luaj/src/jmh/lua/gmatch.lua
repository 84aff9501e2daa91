-- Words, pairs of captures, and lines.
local words = ("hello world foo bar "):rep(500)
local query = ("name=value&key=1234&"):rep(300)

return function()
  local n = 0
  for i = 1, 3 do
    for w in words:gmatch("%a+") do n = n + #w end
    for k, v in query:gmatch("([^=&]+)=([^&]*)") do n = n + #k * #v end
  end
  return n
end
