-- Writes what LuaJIT (built with LUAJIT_ENABLE_LUA52COMPAT) answers to snippets.
--
-- usage: luajit answer.lua SNIPPETS DIRECTORY > CASES
--
-- SNIPPETS holds a chunk a line; lines that are empty or begin with -- are left out. Each becomes a
-- case: "> chunk", "< answer". The chunk is named c and run by pcall; the answer is tostring of all
-- that pcall returned. @TMP@ stands for DIRECTORY, ADDR for an address. A chunk that returns the error
-- of a wrong argument is also run as a statement, so that the function's name is known.
io.stdout:setvbuf("no")
local directory = arg[2]

local function escape(s)
  return (s:gsub("[%z\1-\31\127-\255\\]", function(c)
    if c == "\n" then return "\\n" elseif c == "\\" then return "\\\\" end
    return ("\\%03d"):format(c:byte())
  end))
end

local function pack(...) return {n = select("#", ...), ...} end

local function answer(source)
  local f, e = loadstring((source:gsub("@TMP@", directory)), "=c")
  local r = f and pack(pcall(f)) or pack(false, "COMPILE: " .. tostring(e))
  for i = 1, r.n do r[i] = tostring(r[i]) end
  local text = table.concat(r, " ; ", 1, r.n)
  debug.setmetatable(nil, nil) debug.setmetatable(1, nil)
  debug.setmetatable(true, nil) debug.setmetatable(print, nil)
  text = text:gsub("0x%x+", "ADDR"):gsub("builtin#%d+", "ADDR")
  text = text:gsub("\n\t%[C%]: in function 'pcall'\n\t[^\n]*answer.lua.*", "")
  return (text:gsub(directory:gsub("%p", "%%%0"), "@TMP@"))
end

local function case(source)
  local a = answer(source)
  io.stdout:write("> ", escape(source), "\n< ", escape(a), "\n")
  return a
end

for line in io.lines(arg[1]) do
  if line ~= "" and not line:find("^%-%-") then
    local a = case(line)
    if a:find("^false ; bad argument") and line:find("^return ") then
      case("local r=" .. line:sub(8))
    end
  end
end
