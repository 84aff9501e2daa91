return debug.traceback()
return debug.traceback("m")
return debug.traceback("m",1)
return debug.traceback({})~=nil
return debug.traceback(nil)
return debug.traceback(nil,1)
return debug.traceback(1)
return debug.traceback(true)
return debug.traceback("m","x")
local function f() local s=debug.traceback("m") return s end local s=f() return s
local function f() return debug.traceback("m") end local s=f() return s
local t={f=function() local s=debug.traceback("m") return s end} local s=t.f() return s
local t={} function t:m() local s=debug.traceback("m") return s end local s=t:m() return s
function GF() local s=debug.traceback("m") return s end local s=GF() return s
local s=pcall(function() end) and select(2,pcall(function() local s=debug.traceback("m") return s end)) return s
local s=loadstring("local s=debug.traceback('m') return s","@file.lua")() return s
local s=loadstring("local s=debug.traceback('m') return s","return 1")() return s
local s=(setmetatable({},{__index=function(t,k) local s=debug.traceback("m") return s end})).x return s
local s=setmetatable({},{__add=function(t,k) local s=debug.traceback("m") return s end})+1 return s
local s for x in function(_,i) if not i then s=debug.traceback("m") return 1 end end do end return s
local s table.sort({1,2},function(a,b) s=debug.traceback("m") return a<b end) return s
local s string.gsub("a","a",function() s=debug.traceback("m") end) return s
local function r(n) if n==0 then local s=debug.traceback("m") return s end local s=r(n-1) return s end return coroutine.wrap(r)(30)
local function r(n) if n==0 then local s=debug.traceback("m") return s end local s=r(n-1) return s end return coroutine.wrap(r)(18)
local function r(n) if n==0 then local s=debug.traceback("m") return s end local s=r(n-1) return s end return coroutine.wrap(r)(19)
local function r(n) if n==0 then local s=debug.traceback("m") return s end local s=r(n-1) return s end return coroutine.wrap(r)(20)
local co=coroutine.create(function() local x=1 coroutine.yield() end) coroutine.resume(co) return debug.traceback(co)
local co=coroutine.create(function() local x=1 coroutine.yield() end) coroutine.resume(co) return debug.traceback(co,"m")
local co=coroutine.create(function() local x=1 coroutine.yield() end) coroutine.resume(co) return debug.traceback(co,"m",1)
local co=coroutine.create(function() local x=1 coroutine.yield() end) coroutine.resume(co) return debug.traceback(co,nil,0)
local co=coroutine.create(function() error("x") end) coroutine.resume(co) return debug.traceback(co)
return debug.traceback(coroutine.create(print))
local ok,e=xpcall(function() error("e") end,debug.traceback) return e
local ok,e=xpcall(function() local x=nil x.y=1 end,debug.traceback) return e
local ok,e=xpcall(function() string.rep() end,debug.traceback) return e
local ok,e=xpcall(function() error({}) end,debug.traceback) return type(e)
local ok,e=xpcall(string.rep,debug.traceback) return e
local co=coroutine.wrap(function() local s=debug.traceback("m") return s end) return co()
local i=debug.getinfo(1) return i.what,i.short_src,i.source,i.currentline,i.linedefined,i.lastlinedefined,i.nups,i.nparams,i.isvararg,i.name,i.namewhat,type(i.func)
local i=debug.getinfo(print) return i.what,i.short_src,i.source,i.currentline,i.linedefined,i.lastlinedefined,i.nups,i.nparams,i.isvararg,i.name,i.namewhat,type(i.func)
local i=debug.getinfo(function(a,b,...) return a end) return i.what,i.short_src,i.source,i.currentline,i.linedefined,i.lastlinedefined,i.nups,i.nparams,i.isvararg,i.name,i.namewhat,type(i.func)
local function f() return debug.getinfo(1,"n") end local i=f() return i.name,i.namewhat
local function f() local i=debug.getinfo(1,"n") return i end local i=f() return i.name,i.namewhat
local t={} function t.f() local i=debug.getinfo(1,"n") return i end local i=t.f() return i.name,i.namewhat
local t={} function t:f() local i=debug.getinfo(1,"n") return i end local i=t:f() return i.name,i.namewhat
function GF() local i=debug.getinfo(1,"n") return i end local i=GF() return i.name,i.namewhat
local function f() local i=debug.getinfo(1,"n") return i end local function g() local i=f() return i end local i=g() return i.name,i.namewhat
local s=(setmetatable({},{__index=function(t,k) local s=debug.getinfo(1,"n") return s end})).x return s.name,s.namewhat
return debug.getinfo(100)
return debug.getinfo(-1)
return debug.getinfo()
return debug.getinfo("x")
return debug.getinfo({})
return debug.getinfo(1,"x")
return debug.getinfo(1,">S")
return debug.getinfo(1,{})
local i=debug.getinfo(1,"") return next(i)
local i=debug.getinfo(0) return i.what,i.name,i.short_src
local i=debug.getinfo(1,"f") return i.func~=nil,i.what
local i=debug.getinfo(1,"L") local n=0 for k,v in pairs(i.activelines) do n=n+1 end return n
local i=debug.getinfo(print,"L") return i.activelines
local i=debug.getinfo(loadstring("local a=1\n\nlocal b=2\nreturn a"),"L") local r={} for k in pairs(i.activelines) do r[#r+1]=k end table.sort(r) return table.concat(r,",")
local i=debug.getinfo(loadstring("return 1","@a.lua"),"S") return i.short_src,i.source,i.what,i.linedefined,i.lastlinedefined
local i=debug.getinfo(loadstring("return 1","=(x)"),"S") return i.short_src,i.source
local i=debug.getinfo(loadstring("return 1"),"S") return i.short_src,i.source
local i=debug.getinfo(loadstring("return 1\n\n","@"..("x"):rep(100)),"S") return i.short_src,i.lastlinedefined
local i=debug.getinfo(loadstring(("x"):rep(100).."=1"),"S") return i.short_src
local co=coroutine.create(function() local x=1 coroutine.yield() end) coroutine.resume(co) local i=debug.getinfo(co,0) local j=debug.getinfo(co,1) return i.what,j.what,j.currentline,debug.getinfo(co,2)
local a,b=1,2 return debug.getlocal(1,1)
local a,b=1,2 local n,v=debug.getlocal(1,2) return n,v
local a,b=1,2 local n,v=debug.getlocal(1,3) return n,v
local a,b=1,2 local n,v=debug.getlocal(1,10) return n,v
local function f(x,...) local n,v=debug.getlocal(1,-1) local m,w=debug.getlocal(1,-2) local o=debug.getlocal(1,-3) return n,v,m,w,o end return f(1,"a","b")
return debug.getlocal()
return debug.getlocal(1)
return debug.getlocal(100,1)
return debug.getlocal("x",1)
return debug.getlocal(function(a,b) end,1),debug.getlocal(function(a,b) end,2),debug.getlocal(function(a,b) local c end,3)
return debug.getlocal(print,1)
local a=1 local n=debug.setlocal(1,1,5) return n,a
local a=1 return debug.setlocal(1,100,5)
return debug.setlocal(100,1,1)
return debug.setlocal(1,1)
local function f() local x=1 coroutine.yield() return x end local co=coroutine.create(f) coroutine.resume(co) local n,v=debug.getlocal(co,1,1) debug.setlocal(co,1,1,9) return n,v,coroutine.resume(co)
local u,w=3,4 local f=function() return u,w end return debug.getupvalue(f,1),debug.getupvalue(f,2),debug.getupvalue(f,3)
local u=3 local f=function() return u end return debug.getupvalue(f,1)
return debug.getupvalue()
return debug.getupvalue(1,1)
return debug.getupvalue(print)
local u=3 local f=function() return u end local n=debug.setupvalue(f,1,9) return n,f(),u
local f=function() end return debug.setupvalue(f,1,2)
return debug.setupvalue(function() end,1)
local a,b=1,2 local f=function() return a end local g=function() return a end local h=function() return b end return debug.upvalueid(f,1)==debug.upvalueid(g,1),debug.upvalueid(f,1)==debug.upvalueid(h,1),type(debug.upvalueid(f,1))
return debug.upvalueid(function() end,1)
return debug.upvalueid(1,1)
local a,b=1,2 local f=function() return a end local h=function() return b end debug.upvaluejoin(f,1,h,1) return f()
return debug.upvaluejoin(function() end,1,function() end,1)
return debug.upvaluejoin(print,1,print,1)
return debug.getmetatable("").__index==string
return debug.getmetatable(setmetatable({},{__metatable=1})).__metatable
return debug.getmetatable()
return debug.getmetatable(1)
return debug.setmetatable({},{})~=nil
return debug.setmetatable(1,{__index={x=5}}),(1).x
return debug.setmetatable(true,{__index={x=5}}),(true).x
return debug.setmetatable(print,{__index={x=5}})==print,print.x
return debug.setmetatable()
return debug.setmetatable(1)
return debug.setmetatable(1,1)
return debug.setmetatable({},nil)~=nil
return type(debug.getregistry())
return debug.getregistry()._LOADED==package.loaded
return debug.getfenv(print)==_G,debug.getfenv(function() end)==_G,debug.getfenv(1),debug.getfenv({})
return debug.getfenv()
return debug.setfenv(1,{})
local f=function() return x end debug.setfenv(f,{x=1}) return f()
return debug.setfenv(print)
return debug.gethook()
local h=function() end debug.sethook(h,"",5) local f,m,c=debug.gethook() debug.sethook() return f==h,m,c
local h=function() end debug.sethook(h,"crl") local f,m,c=debug.gethook() debug.sethook() return f==h,m,c
return debug.getuservalue(1),debug.getuservalue(io.stdout)
return debug.getuservalue()
return debug.setuservalue(1,{})
return require()
return require({})
return require("string")==string,require("_G")==_G
package.preload.xx=function(...) return {...} end local r=require("xx") return r[1],r[2],package.loaded.xx==r
package.preload.yy=function() end return require("yy"),package.loaded.yy
package.preload.zz=function() return false end return require("zz"),package.loaded.zz
package.preload.ee=function() error("boom") end return pcall(require,"ee")
package.preload.ee2=function() error("boom",0) end return pcall(require,"ee2")
package.preload.rec=function() return require("rec") end return pcall(require,"rec")
package.preload.ww=1 return pcall(require,"ww")
local f=io.open("@TMP@/mymod.lua","w") f:write("return {...}") f:close() local r=(function() package.path="@TMP@/?.lua;"..package.path return require("mymod") end)() return r[1],r[2]
local f=io.open("@TMP@/badmod.lua","w") f:write("x x") f:close() return pcall(require,"badmod")
local f=io.open("@TMP@/errmod.lua","w") f:write("error('oops')") f:close() return pcall(require,"errmod")
local f=io.open("@TMP@/nomod.lua","w") f:write("y=1") f:close() return require("nomod"),package.loaded.nomod
local p=package.path package.path="?.x;./?/init.x" local r={pcall(require,"a.b")} package.path=p return unpack(r)
local p=package.path package.path=nil local r={pcall(require,"ab")} package.path=p return unpack(r)
local p=package.cpath package.cpath=nil local r={pcall(require,"ab")} package.cpath=p return unpack(r)
local p=package.loaders package.loaders=nil local r={pcall(require,"ab")} package.loaders=p return unpack(r)
local p=package.preload package.preload=nil local r={pcall(require,"ab")} package.preload=p return unpack(r)
local p=package.loaders[2] package.loaders[2]=function(n) return "\n\tmy "..n end local r={pcall(require,"ab")} package.loaders[2]=p return unpack(r)
return package.loaders==package.searchers,#package.loaders
return package.searchpath("a.b","./?.lua;/x/?.y")
return package.searchpath("mymod","@TMP@/?.lua")
return package.searchpath("a.b","?",".","/")
return package.searchpath("a-b","?","-","_")
return package.searchpath("a.b","?","")
return package.searchpath()
return package.searchpath("x")
return package.searchpath("x",{})
return package.loadlib()
return package.loadlib("x")
return package.config
return package.seeall()
return package.seeall(1)
local t={} package.seeall(t) return getmetatable(t).__index==_G
module("m1") return 1
local f=loadstring("module('m2',package.seeall) x=1 return _M,_NAME,_PACKAGE") local a,b,c=f() return a==m2,b,c,m2.x,package.loaded.m2==m2
local f=loadstring("module('a1.b1.c1') return _M,_NAME,_PACKAGE") local a,b,c=f() return a==a1.b1.c1,b,c
sss=1 local f=loadstring("module('sss')") return pcall(f)
ttt={} local f=loadstring("module('ttt.u') return 1") return pcall(f),ttt.u._NAME
return module()
return module({})
return pcall(module,"m5")
local f=loadstring("module('m6',1)") return pcall(f)
return package.loaded._G==_G,package.loaded.package==package

local function r(n) if n==0 then local s=debug.traceback("m") return s end local s=r(n-1) return s end return coroutine.wrap(r)(10)
local function r(n) if n==0 then local s=debug.traceback("m") return s end local s=r(n-1) return s end return coroutine.wrap(r)(20)
local function r(n) if n==0 then local s=debug.traceback("m") return s end local s=r(n-1) return s end return coroutine.wrap(r)(21)
local function r(n) if n==0 then local s=debug.traceback("m") return s end local s=r(n-1) return s end return coroutine.wrap(r)(22)
local function r(n) if n==0 then local s=debug.traceback("m") return s end local s=r(n-1) return s end return coroutine.wrap(r)(23)
local function r(n) if n==0 then local s=debug.traceback("m") return s end local s=r(n-1) return s end return coroutine.wrap(r)(24)
local function r(n) if n==0 then local s=debug.traceback("m") return s end local s=r(n-1) return s end return coroutine.wrap(r)(25)
