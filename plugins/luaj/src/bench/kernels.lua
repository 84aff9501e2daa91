-- Kernels for comparing interpreters: prints the best time of each in ms, and its result.
-- usage: LUA kernels.lua [ROUNDS]; compare.sh runs it on all that are installed.
local clock = os.clock
local function fib(n) if n < 2 then return n end return fib(n-1) + fib(n-2) end
local K = {}
K[#K+1] = {"fib", function() return fib(27) end}
K[#K+1] = {"method", function()
  local C = {} C.__index = C
  function C:inc(n) self.v = self.v + n return self end
  local o = setmetatable({v=0}, C)
  for i=1,1000000 do o:inc(1) end
  return o.v end}
K[#K+1] = {"tableloop", function() local t = {} for i=1,300000 do t[i]=i end local s=0 for j=1,5 do for i=1,#t do s=s+t[i] end end return s end}
K[#K+1] = {"sieve", function() local n=300000 local s={} for i=2,n do s[i]=true end for i=2,n do if s[i] then for j=i*i,n,i do s[j]=false end end end local c=0 for i=2,n do if s[i] then c=c+1 end end return c end}
K[#K+1] = {"nbody", function()
  local b = {} for i=1,5 do b[i]={x=i*1.5,y=i*0.7,z=i*0.3,vx=0.1*i,vy=0.2,vz=0.05*i,m=1/i} end
  local sqrt=math.sqrt
  for step=1,5000 do
    for i=1,5 do local bi=b[i] for j=i+1,5 do local bj=b[j]
      local dx,dy,dz=bi.x-bj.x,bi.y-bj.y,bi.z-bj.z
      local d2=dx*dx+dy*dy+dz*dz local mag=sqrt(d2) mag=0.01/(mag*d2)
      local bm=bj.m*mag bi.vx=bi.vx-dx*bm bi.vy=bi.vy-dy*bm bi.vz=bi.vz-dz*bm
      bm=bi.m*mag bj.vx=bj.vx+dx*bm bj.vy=bj.vy+dy*bm bj.vz=bj.vz+dz*bm
    end end
    for i=1,5 do local bi=b[i] bi.x=bi.x+0.01*bi.vx bi.y=bi.y+0.01*bi.vy bi.z=bi.z+0.01*bi.vz end
  end return b[1].x end}
K[#K+1] = {"strbuild", function() local t={} for i=1,100000 do t[#t+1]="item"..i..";" end return #table.concat(t) end}
K[#K+1] = {"gsub", function() local s=("hello world foo bar "):rep(500) local n=0 for i=1,10 do s:gsub("%w+", function(w) n=n+#w end) end for w in s:gmatch("%a+") do n=n+1 end return n end}
K[#K+1] = {"closure", function() local n=0 for i=1,500000 do local f=function() return i end n=n+f() end return n end}
K[#K+1] = {"pairs", function() local t={} for i=1,1000 do t["k"..i]=i end local n=0 for j=1,200 do for k,v in pairs(t) do n=n+v end end return n end}
K[#K+1] = {"json", function()
  local function enc(v) local t=type(v)
    if t=="table" then if #v>0 then local r={} for i=1,#v do r[i]=enc(v[i]) end return "["..table.concat(r,",").."]" end
      local r={} for k,x in pairs(v) do r[#r+1]=string.format("%q:%s",k,enc(x)) end table.sort(r) return "{"..table.concat(r,",").."}"
    elseif t=="string" then return '"'..v:gsub('[%c"\\]', function(c) return string.format("\\u%04x", c:byte()) end)..'"'
    else return tostring(v) end end
  local d={name="x",list={1,2,3,4.5},sub={a="hello",b=true,c={"x","y"}}}
  local n=0 for i=1,5000 do n=n+#enc(d) end return n end}
K[#K+1] = {"bytes", function() local s=("abcdefghij"):rep(1000) local n=0 for j=1,20 do for i=1,#s do n=n+s:byte(i) end end return n end}
K[#K+1] = {"sort", function() local t={} local x=42 for i=1,50000 do x=(x*1103515245+12345)%2147483648 t[i]=x end table.sort(t) return t[1] end}
local rounds = tonumber((...)) or 12
for _,k in ipairs(K) do
  local best=1e9 local r
  for i=1,rounds do local t0=clock() r=k[2]() local d=clock()-t0 if d<best then best=d end end
  print(string.format("%-10s %9.2f ms  %s", k[1], best*1000, tostring(r)))
end
