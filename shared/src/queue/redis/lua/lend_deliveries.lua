-- Lends what is due. ARGV[4]: at most so many, ARGV[5]: ms until a lent one comes back. Answers endpoint, event, tenant,
-- type, body and attempt of each.
local leases = prefix .. 'leases'
for _, lease in ipairs(redis.call('ZRANGEBYSCORE', leases, '-inf', now, 'LIMIT', 0, 1000)) do
  local endpoint, event = lease:match('^(.-)\n(.*)$')
  redis.call('ZREM', leases, lease)
  redis.call('ZREM', key('lent', endpoint), event)
  redis.call('HSET', event_key(endpoint, event), 'state', 'waiting')
  redis.call('ZADD', key('waiting', endpoint), now, event)
  refresh(endpoint)
end
local left, lent = tonumber(ARGV[4]), {}
for _, endpoint in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, left)) do
  local waiting, busy = key('waiting', endpoint), key('lent', endpoint)
  local room = math.min(left, pace(endpoint) - redis.call('ZCARD', busy))
  if room > 0 then
    for _, event in ipairs(redis.call('ZRANGEBYSCORE', waiting, '-inf', now, 'LIMIT', 0, room)) do
      local own, back = event_key(endpoint, event), now + tonumber(ARGV[5])
      redis.call('ZREM', waiting, event)
      redis.call('ZADD', busy, back, event)
      redis.call('ZADD', leases, back, endpoint .. '\n' .. event)
      redis.call('HSET', own, 'state', 'lent')
      local attempt = redis.call('HINCRBY', own, 'attempts', 1)
      local known = redis.call('HMGET', own, 'tenant', 'kind', 'body')
      lent[#lent + 1] = {endpoint, event, known[1], known[2], known[3], tostring(attempt)}
      left = left - 1
    end
  end
  refresh(endpoint)
end
return lent
