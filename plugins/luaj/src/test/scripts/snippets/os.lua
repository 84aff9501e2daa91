return os.date("!%c",0)
return os.date("!%x %X %p %A %B %j %U %w %y %Z %%",0)
return os.date("!%D %e %F %R %T %r %h %n %t %C %g %G %u %V %W %I %M %S %H %d %m %Y %b %a",1700000000)
return os.date("!%s",1700000000)
return os.date("!%z",0)
return os.date("!%E",0)
return os.date("!%Ey %Od",0)
return os.date("!%Q",0)
return os.date("!%",0)
return os.date("!",0)
return os.date("",0)
return os.date("!abc",0)
return os.date("!*t",0).year
local t=os.date("!*t",1700000000) return t.year,t.month,t.day,t.hour,t.min,t.sec,t.wday,t.yday,t.isdst
return os.date("!*tx",0).year
return os.date("!%Y",1e10)
return os.date("!%Y",-1)
return os.date("!%Y",1e20)
return pcall(os.date,{})
return pcall(os.date,"%Y","x")
return pcall(os.date,"*t",{})
return type(os.date())
return #os.date("%c")
return os.date("!%H:%M",3600.9)
return os.date("!%k|%l|%P|%v|%+",0)
return os.time{year=2020,month=1,day=1}
return os.time{year=2020,month=1,day=1,hour=0}
return os.time{year=2020,month=14,day=35,hour=12,min=70,sec=-5}
return os.time{}
return os.time{year=2020}
return os.time{year=2020,month=1}
return os.time{year="2020",month="1",day="2"}
return os.time{year="x",month=1,day=1}
return os.time{year=2020.5,month=1,day=1}
return os.time{year=2020,month=1,day={}}
return os.time{year=1,month=1,day=1}
return os.time{year=1970,month=1,day=1,hour=0,isdst=true}
return pcall(os.time,1)
return pcall(os.time,"x")
return type(os.time()),type(os.time(nil))
return os.difftime(5,3),os.difftime(5)
return os.difftime()
return os.difftime("x")
return os.clock()>=0
return os.getenv("NO_SUCH")
return os.getenv()
return os.getenv({})
return type(os.getenv("PATH"))
return os.remove("/nonexist1")
return os.remove()
return os.remove("/")
return os.rename("/nonexist1","/nonexist2")
return os.rename()
return os.rename("a")
local n=os.tmpname() local ok=io.open(n) ok:close() os.remove(n) return n:find("^/tmp/lua_")
return os.setlocale()
return os.setlocale("C")
return os.setlocale("xx")
return os.setlocale("C","x")
return pcall(os.setlocale,{})
return os.execute("exit 3")
return os.execute("true")
return os.execute("false")
return os.execute("kill -9 $$")
return os.execute()
return pcall(os.execute,{})
