-- Floating point on fields of five tables.
local sqrt = math.sqrt

return function()
  local b = {}
  for i = 1, 5 do
    b[i] = {x = i * 1.5, y = i * 0.7, z = i * 0.3, vx = 0.1 * i, vy = 0.2, vz = 0.05 * i, m = 1 / i}
  end
  for step = 1, 4000 do
    for i = 1, 5 do
      local bi = b[i]
      for j = i + 1, 5 do
        local bj = b[j]
        local dx, dy, dz = bi.x - bj.x, bi.y - bj.y, bi.z - bj.z
        local d2 = dx * dx + dy * dy + dz * dz
        local mag = sqrt(d2)
        mag = 0.01 / (mag * d2)
        local bm = bj.m * mag
        bi.vx = bi.vx - dx * bm
        bi.vy = bi.vy - dy * bm
        bi.vz = bi.vz - dz * bm
        bm = bi.m * mag
        bj.vx = bj.vx + dx * bm
        bj.vy = bj.vy + dy * bm
        bj.vz = bj.vz + dz * bm
      end
    end
    for i = 1, 5 do
      local bi = b[i]
      bi.x = bi.x + 0.01 * bi.vx
      bi.y = bi.y + 0.01 * bi.vy
      bi.z = bi.z + 0.01 * bi.vz
    end
  end
  return math.floor(b[1].x * 1e6)
end
