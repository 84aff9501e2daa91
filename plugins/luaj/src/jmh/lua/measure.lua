-- Measures kernels on the interpreter that runs it.
-- usage: LUA measure.lua FOLDER SECONDS KERNEL...
-- prints a line a kernel: name, median of a run in microseconds, result
local folder, seconds = ...
KERNELS = folder
local clock = os.clock

local function measure(run)
  local times, result = {}, nil
  local start = clock()
  local runs = 1
  repeat
    local from = clock()
    for i = 1, runs do result = run() end
    local took = clock() - from
    if took < 0.04 then
      runs = runs * 2
    else
      times[#times + 1] = took / runs
    end
  until clock() - start > tonumber(seconds) and #times >= 3
  -- the first half is warming up
  local late = {}
  for i = math.floor(#times / 2) + 1, #times do late[#late + 1] = times[i] end
  table.sort(late)
  return late[math.floor(#late / 2) + 1], result
end

for i = 3, select("#", ...) do
  local name = select(i, ...)
  local time, result = measure(dofile(folder .. "/" .. name .. ".lua"))
  print(name, math.floor(time * 1e6), result)
end
