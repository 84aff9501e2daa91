-- What /hello says, kept apart from nginx.conf as a real site would.
local _M = {}

local words = { en = "Hello", de = "Hallo", fr = "Bonjour" }

function _M.say(language, name)
    return (words[language] or words.en) .. ", " .. name .. "!"
end

return _M
