-- A JSON encoder and decoder in Lua; json_encode and json_decode measure one each.
local json = {}

local escapes = {['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t"}
local function escape(c) return escapes[c] or string.format("\\u%04x", c:byte()) end

local function encode(v)
  local kind = type(v)
  if kind == "table" then
    local out = {}
    if v[1] ~= nil or next(v) == nil then
      for i, x in ipairs(v) do out[i] = encode(x) end
      return "[" .. table.concat(out, ",") .. "]"
    end
    for k, x in pairs(v) do out[#out + 1] = encode(k) .. ":" .. encode(x) end
    table.sort(out)
    return "{" .. table.concat(out, ",") .. "}"
  elseif kind == "string" then
    return '"' .. v:gsub('[%z\1-\31"\\]', escape) .. '"'
  elseif kind == "number" then
    return tostring(v)
  end
  return tostring(v)
end
json.encode = encode

local unescapes = {b = "\b", f = "\f", n = "\n", r = "\r", t = "\t"}
local literals = {["true"] = true, ["false"] = false}
local value

local function skip(s, i) return s:find("%S", i) or #s + 1 end

local function str(s, i)
  local from = i + 1
  local parts
  while true do
    local j = s:find('["\\]', from)
    if s:byte(j) == 34 then
      local last = s:sub(parts and from or i + 1, j - 1)
      if parts then
        parts[#parts + 1] = last
        return table.concat(parts), j + 1
      end
      return last, j + 1
    end
    parts = parts or {}
    parts[#parts + 1] = s:sub(from, j - 1)
    local c = s:sub(j + 1, j + 1)
    if c == "u" then
      parts[#parts + 1] = string.char(tonumber(s:sub(j + 2, j + 5), 16) % 256)
      from = j + 6
    else
      parts[#parts + 1] = unescapes[c] or c
      from = j + 2
    end
  end
end

local function array(s, i)
  local out, n = {}, 0
  i = skip(s, i + 1)
  if s:byte(i) == 93 then return out, i + 1 end
  while true do
    n = n + 1
    out[n], i = value(s, i)
    i = skip(s, i)
    if s:byte(i) == 93 then return out, i + 1 end
    i = skip(s, i + 1)
  end
end

local function object(s, i)
  local out = {}
  i = skip(s, i + 1)
  if s:byte(i) == 125 then return out, i + 1 end
  while true do
    local k
    k, i = str(s, i)
    i = skip(s, skip(s, i) + 1)
    out[k], i = value(s, i)
    i = skip(s, i)
    if s:byte(i) == 125 then return out, i + 1 end
    i = skip(s, i + 1)
  end
end

function value(s, i)
  local c = s:byte(i)
  if c == 123 then return object(s, i) end
  if c == 91 then return array(s, i) end
  if c == 34 then return str(s, i) end
  local word = s:match("^%a+", i)
  if word then return literals[word], i + #word end
  local number = s:match("^[-+%d.eE]+", i)
  return tonumber(number), i + #number
end

function json.decode(s) return (value(s, skip(s, 1))) end

json.sample = {
  id = 17, name = "A \"quoted\" name\n", tags = {"alpha", "beta", "gamma", "delta"},
  address = {street = "Main Street 1", city = "Springfield", zip = "12345", lat = 47.25, lon = -8.5},
  items = {}, active = true, none = false,
}
for i = 1, 20 do
  json.sample.items[i] = {sku = "sku-" .. i, quantity = i, price = i * 1.25, note = "a longer text, item " .. i}
end

return json
