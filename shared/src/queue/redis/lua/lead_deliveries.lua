-- Whether the reader ARGV[4] leads for the next ARGV[5] ms.
local leader = prefix .. 'leader'
local owner = redis.call('GET', leader)
if owner and owner ~= ARGV[4] then
  return 0
end
redis.call('SET', leader, ARGV[4], 'PX', ARGV[5])
return 1
