-- Forgets all of an endpoint. ARGV[4]: endpoint. Answers how many waited.
local endpoint, dropped = ARGV[4], 0
for _, event in ipairs(redis.call('ZRANGE', key('waiting', endpoint), 0, -1)) do
  redis.call('DEL', event_key(endpoint, event))
  dropped = dropped + 1
end
for _, event in ipairs(redis.call('ZRANGE', key('lent', endpoint), 0, -1)) do
  redis.call('DEL', event_key(endpoint, event))
  redis.call('ZREM', prefix .. 'leases', endpoint .. '\n' .. event)
end
redis.call('DEL', key('waiting', endpoint), key('lent', endpoint))
redis.call('HDEL', prefix .. 'paces', endpoint)
redis.call('ZREM', KEYS[1], endpoint)
return dropped
