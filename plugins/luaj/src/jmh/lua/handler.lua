-- What a web handler does: reads a query and cookies, looks things up, renders a page with headers.
local users = {}
for i = 1, 100 do users["user" .. i] = {name = "User <" .. i .. ">", mail = "user" .. i .. "@example.com", age = i} end
local entities = {["<"] = "&lt;", [">"] = "&gt;", ["&"] = "&amp;", ['"'] = "&quot;"}

local function unescape(s)
  return (s:gsub("+", " "):gsub("%%(%x%x)", function(h) return string.char(tonumber(h, 16)) end))
end

local function arguments(query)
  local args = {}
  for k, v in query:gmatch("([^=&]+)=([^&]*)") do args[unescape(k)] = unescape(v) end
  return args
end

local function cookies(header)
  local all = {}
  for k, v in header:gmatch("([%w_]+)=([^;]+)") do all[k:lower()] = v end
  return all
end

local function html(s) return (s:gsub('[<>&"]', entities)) end

local page = "<html><head><title>$title</title></head><body><h1>Hello, $name</h1>"
  .. "<p>You are $age and write as $mail.</p>$rows</body></html>"

local function handle(uri, headers)
  local path, query = uri:match("^([^?]*)%??(.*)$")
  local args = arguments(query)
  local jar = cookies(headers.cookie or "")
  local user = users[args.user]
  if not user or not path:find("^/hello/") then return 404, {}, "not found" end
  local rows = {}
  for i = 1, tonumber(args.rows) do
    rows[#rows + 1] = "<li class=\"" .. (i % 2 == 0 and "even" or "odd") .. "\">" .. i .. ": " .. html(args.text) .. "</li>"
  end
  local values = {title = path, name = html(user.name), age = tostring(user.age), mail = html(user.mail), rows = table.concat(rows)}
  local body = page:gsub("%$(%w+)", values)
  local out = {["Content-Type"] = "text/html", ["Content-Length"] = tostring(#body), ["X-Session"] = jar.session}
  local lines = {}
  for k, v in pairs(out) do lines[#lines + 1] = k .. ": " .. v end
  table.sort(lines)
  return 200, lines, body
end

return function()
  local n = 0
  local headers = {cookie = "Session=abc123def456; theme=dark; lang=en", host = "www.example.com"}
  for i = 1, 400 do
    local uri = "/hello/world?user=user" .. (i % 100 + 1) .. "&rows=10&text=one+%26+two+%3Cthree%3E"
    local status, lines, body = handle(uri, headers)
    n = n + status + #body + #table.concat(lines, "\r\n")
  end
  return n
end
