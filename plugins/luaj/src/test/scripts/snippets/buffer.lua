local b=require"string.buffer" return type(b),type(b.new()),getmetatable(b.new())
local b=require"string.buffer".new() return tostring(b),#b
local b=require"string.buffer".new() return tostring(b:put("a",1,2.5,"x")),#b
local b=require"string.buffer".new() return b:put("a")==b
local b=require"string.buffer".new() return b:put({})
local b=require"string.buffer".new() return b:put(nil)
local b=require"string.buffer".new() return tostring(b:put(setmetatable({},{__tostring=function() return "T" end})))
local b=require"string.buffer".new() return tostring(b:putf("%d-%s",1,"x"))
local b=require"string.buffer".new() return b:putf("%y")
local b=require"string.buffer".new() return b:putf()
local b=require"string.buffer".new() b:put("hello") return b:get(2),b:get(1),b:get(),b:get(),#b
local b=require"string.buffer".new() b:put("hello") return b:get(1,2,10)
local b=require"string.buffer".new() b:put("hello") return b:get("x")
local b=require"string.buffer".new() b:put("hello") return b:get(-1)
local b=require"string.buffer".new() b:put("hello") return tostring(b:skip(2)),tostring(b:skip(100))
local b=require"string.buffer".new() b:put("hello") return tostring(b:set("x")),tostring(b:reset()),tostring(b:put("y")),b:free(),tostring(b)
local b=require"string.buffer".new() b:put("hello") return b.." world","x"..b,b..b
local b=require"string.buffer".new() b:put("hello") return b..1
local b=require"string.buffer".new() b:put("hello") return b..{}
local a,b=require"string.buffer".new(),require"string.buffer".new() a:put("x") b:put(a) return tostring(b)
local b=require"string.buffer".new() return b.x
local b=require"string.buffer".new() b.x=1
local b=require"string.buffer".new(100) return #b
local b=require"string.buffer".new("x") return #b
local b=require"string.buffer".new({}) return #b
local b=require"string.buffer".new(1,2) return #b
local b=require"string.buffer".new() return b.put(1)
local b=require"string.buffer".new() return b.put()
local b=require"string.buffer".new() return b:commit(1)
local b=require"string.buffer".new() return b:set(1)
local b=require"string.buffer".new() return tostring(b:set(12))
local b=require"string.buffer".new() return b:set({})
local b=require"string.buffer" local function e(v) return (b.encode(v):gsub(".",function(c) return ("%02x"):format(c:byte()) end)) end return e(nil),e(true),e(false),e(1),e(1.5),e("abc"),e({}),e({1,2,3}),e({a=1}),e(-1),e(2^31),e(2^53)
local b=require"string.buffer" local function e(v) return (b.encode(v):gsub(".",function(c) return ("%02x"):format(c:byte()) end)) end return e({[0]=1,2,3}),e({1,2,x=1}),e({1,nil,3}),e({[1.5]=2}),e(("x"):rep(200)):sub(1,8),e({{}}),e({[3]=1}),e({true,false})
local b=require"string.buffer" return b.encode(print)
local b=require"string.buffer" return b.encode({print})
local b=require"string.buffer" return b.encode({[{}]=1})
local b=require"string.buffer" return b.encode(io.stdout)
local b=require"string.buffer" local t={} t[1]=t return b.encode(t)
local b=require"string.buffer" return b.encode()
local b=require"string.buffer" return b.decode("")
local b=require"string.buffer" return b.decode()
local b=require"string.buffer" return b.decode(1)
local b=require"string.buffer" return b.decode({})
local b=require"string.buffer" return b.decode("\255")
local b=require"string.buffer" return b.decode("\6\1")
local b=require"string.buffer" return b.decode("\6\1\0\0\0x")
local b=require"string.buffer" return b.decode("\19")
local b=require"string.buffer" return b.decode("\9\1\0\0")
local b=require"string.buffer" local t=b.decode(b.encode({1,2,{x="y",z={true,false}},n=1.25})) return t[1],t[3].x,t[3].z[2],t.n
local b=require"string.buffer".new() b:encode({1}):encode("x") return b:decode()[1],b:decode(),#b
local b=require"string.buffer".new() b:encode(1) b:encode(2) return b:decode(),b:decode(),pcall(b.decode,b)
local b=require"string.buffer" local o={dict={"foo","bar"}} local x=b.new(o) x:encode({foo=1,"bar"}) local s=tostring(x) local y=b.new(o) y:set(s) local t=y:decode() return #s,t.foo,t[1]
local b=require"string.buffer" local mt={__index={v=7}} local o={metatable={mt}} local x=b.new(o) x:encode(setmetatable({a=1},mt)) local t=x:decode() return t.v,t.a,getmetatable(t)==mt
local b=require"string.buffer" local x=b.new({dict=1})
local b=require"string.buffer" return #b.encode(setmetatable({a=1},{}))
