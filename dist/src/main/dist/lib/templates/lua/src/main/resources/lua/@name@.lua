-- local @package@ = require "@name@"
local _M = { _VERSION = "1.0.0" }

function _M.greet(name)
    return "hello " .. name .. " from @name@"
end

return _M
