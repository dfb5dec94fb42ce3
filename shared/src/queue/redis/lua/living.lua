-- Forgets reports that were not renewed and reads the others. KEYS: reports, beats. ARGV: lost-before ms.
local lost = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', '(' .. ARGV[1], 'LIMIT', 0, 1000)
for _, worker in ipairs(lost) do
  redis.call('ZREM', KEYS[2], worker)
  redis.call('HDEL', KEYS[1], worker)
end
return redis.call('HVALS', KEYS[1])
