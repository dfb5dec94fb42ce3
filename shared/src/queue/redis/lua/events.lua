-- Reads events. ARGV[4..]: id, tenant, seq after which. Answers nil when there is no such job.
local id = ARGV[4]
local known = redis.call('HMGET', key('job', id), 'tenant', 'seq')
if known[1] ~= ARGV[5] then
  return false
end
local news = tonumber(known[2]) - tonumber(ARGV[6])
if news <= 0 then
  return {}
end
return redis.call('LRANGE', key('events', id), string.format('%.0f', -news), -1)
