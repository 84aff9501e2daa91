local db = require "geo.db"

local _M = { _VERSION = "1.0.0" }

-- the country of an address; nil where nobody knows it
function _M.country(address)
    return db[address:match("^%d+%.%d+")]
end

return _M
