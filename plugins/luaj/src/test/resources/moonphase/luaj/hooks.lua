-- What hooks are told, line by line; hooks.txt is what the target prints: luajit -joff hooks.lua
--
-- Left out is what follows from the target's own instructions: the line of a loop's head, of
-- fields of constant tables, and how many instructions a chunk has.
local function trace(name, mask, count, src, ...)
  local out = {}
  local f = assert(loadstring(src, "=s"))
  local args = {...}
  local n = 0
  debug.sethook(function(e, l)
    n = n + 1
    if n > 200 then return end
    local i = debug.getinfo(2, "nSl")
    out[#out+1] = e:sub(1,3) .. (l and (":"..l) or "") .. (i.short_src == "s" and "" or "@"..i.what) .. ((e=="call" or e=="return") and ("<"..tostring(i.name)..">"..i.currentline) or "")
  end, mask, count)
  local ok, err = pcall(f, unpack(args))
  debug.sethook()
  print(name, mask, count, ok, ok or err)
  print(table.concat(out, " "))
end
local srcs = {
 if1 = "if\nmath.sin(1)\nthen\n  a=1\nelse\n  a=2\nend\n",
 if2 = "--\nif nil then\n  a=1\nelse\n  a=2\nend\n",
 ret = " do\n  return\nend\n",
 whl = "local a\na=1\nwhile a<=3 do\n  a=a+1\nend\n",
 whb = "while math.sin(1) do\n  if math.sin(1)\n  then\n    break\n  end\nend\na=1",
 for1 = "for i=1,3 do\n  a=i\nend\n",
 forp = "for i,v in pairs{'a','b'} do\n  a=i..v\nend\n",
 fori = "for i,v in ipairs{'a','b'} do\n  a=i..v\nend\n",
 foro = "for i=1,4 do a=1 end",
 fore = "for i=1,3 do end",
 whe = "local i=0 while i<3 do i=i+1 end",
 repe = "local i=0 repeat i=i+1 until i>2",
 call = "local function f(x)\n  return x+1\nend\nlocal y = f(1) + f(2)\ny = y + 1\nreturn y",
 callt = "local function f(x)\n  return x+1\nend\nlocal function g(x)\n  return f(x)\nend\nlocal y = g(1)\nreturn y",
 cap = "local function f(a,b)\n  return function()\n    return a+b\n  end\nend\nlocal g = f(1,2)\nreturn g()",
 capfor = "local t={}\nfor i=1,2 do\n  t[i]=function() return i end\nend\nreturn t[1]()",
 meta = "local t = setmetatable({}, {__index=function(t,k)\n return k\nend})\nlocal x = t.a\nlocal y = t.b .. t.c\nreturn x",
 pc = "local function f()\n  error('x')\nend\npcall(f) local z = 1\nz=2\npcall(error,'y') z=3\nreturn z",
 sort = "local t={3,1,2}\ntable.sort(t, function(a,b)\n return a<b end) local x = 1\nreturn x",
 gsub = "local s=('abc'):gsub('.', function(c)\n return c..c end) local x = 1\nreturn s",
 multi = "local a, b =\n 1,\n 2\na, b =\n b,\n a\nreturn a,\n b",
 andor = "local a = nil\nlocal b = a or\n 5\nlocal c = a and\n b\nreturn c",
 cond = "local a,b=1,2\nif a < b and\n b > a or\n a == b then\n  a = 3\nend\nreturn a",
 rec = "local function f(n) if n == 0 then return 0 end return 1 + f(n-1) end\nlocal x = f(2)\nreturn x",
 rec2 = "local function f(n)\n if n == 0 then\n return 0\n end\n local r = f(n-1)\n return r\nend\nlocal x = f(2)\nreturn x",
 va = "local function f(...)\n local a, b = ...\n return select('#', ...), ...\nend\nlocal x = f(1,2,3)\nreturn x",
 nest = "for i=1,2 do\n  for j=1,2 do\n    a = i*j\n  end\nend\nreturn a",
 cobj = "local c = setmetatable({}, {__call=function(self, x)\n return x end})\nlocal y = c(1)\nlocal d = setmetatable({}, {__call=print and tostring})\nlocal z = d()\nreturn y",
 tailc = "local function f(x)\n return tostring(x)\nend\nlocal y = f(1)\nreturn y",
 cb = "local function f(g)\n return g()\nend\nlocal x = f(function()\n return 1\nend)\nreturn x",
 meth = "local o = {v=1}\nfunction o:get()\n return self.v\nend\nlocal x = o:get()\nx = o\n :get()\nreturn x",
 brk = "for i=1,3 do\n if i==2 then break end\nend\nlocal x=1",
 locf = "local function f() end f() f()\nf()",
 loadd = "local f = loadstring('return\\n 1', '=t')\nlocal x = f()\nreturn x",
 xpc = "xpcall(function()\n error('e')\nend, function(m)\n return m\nend) local q = 1\nreturn q",
 eqm = "local mt={__eq=function()\n return true end, __lt=function()\n return true end, __le=function() return true end, __len=function() return 1 end}\nlocal a,b=setmetatable({},mt),setmetatable({},mt)\nlocal x = a==b\nx = a<b\nx = #a\nreturn x",
 cat = "local mt={__concat=function(a,b)\n return 'z' end,__add=function() return 1 end}\nlocal a=setmetatable({},mt)\nlocal x = a..'b'\nx=a+1\nx='c'..a\nreturn x",
}
local names = {} for k in pairs(srcs) do names[#names+1]=k end table.sort(names)
for _, m in ipairs{"l","c","r","cr","crl"} do
  for _, n in ipairs(names) do trace(n, m, 0, srcs[n]) end
end

-- Errors, yields, gethook, locals, coroutines.
local co=coroutine.wrap(function() debug.sethook(function() debug.sethook() coroutine.yield(1) end,"l") 
local x=1 end)
local ok, e = pcall(co) debug.sethook() print(ok, e)
local ok,e = pcall(function() debug.sethook(function() debug.sethook() error("e") end,"l") 
local x=1 end) debug.sethook() print(ok,e)
local ok,e = pcall(function() debug.sethook(function() debug.sethook() error("t") end,"",100000) 
while true do end end) debug.sethook() print(ok,e)
local ok,e = pcall(function() debug.sethook(function() debug.sethook() error("t") end,"",100) 
while true do end end) debug.sethook() print(ok,e)
print(pcall(debug.sethook, print)) print(pcall(debug.sethook, 1, "l")) print(pcall(debug.sethook, print, {})) 
debug.sethook(print, "") print(select(2, debug.gethook()))
debug.sethook(print, "xyz", 0) print(debug.gethook() == print)
debug.sethook(print, "cl", -5) print(select(2, debug.gethook()))
debug.sethook() print(debug.gethook())
local n=0 local t = {} debug.sethook(function(e, l) t[#t+1]=debug.getinfo(1,"n").name or "?"  t[#t+1] = debug.getinfo(2,"l").currentline n=n+1 end, "l")
local a = 1
math.sin(1)
debug.sethook() print(table.concat(t, " "))
t = {} debug.sethook(function(e, l) local k,v = debug.getlocal(2,1) t[#t+1] = tostring(k).."="..tostring(v) debug.setlocal(2,1,7) end, "c")
local function f(x) return x end
local function g(x) return function() return x end end
local r1, r2 = f(1), g(2)()
debug.sethook() print(r1, r2, table.concat(t, " "))
print(debug.getlocal(0,1)) print(debug.getlocal(0,2)) print(debug.getlocal(0,3))
for k,v in pairs{1,2} do debug.sethook(function(e) t[#t+1]=e end, "r") end
f() debug.sethook()
print(#t)
local co = coroutine.create(function() local x = 1
 coroutine.yield() 
 x = 2
 return x end)
coroutine.resume(co)
t={} debug.sethook(co, function(e,l) t[#t+1]=l end, "l") coroutine.resume(co) debug.sethook()
print(table.concat(t," "))
