-- Ends an attempt. ARGV[4..]: endpoint, event, attempt, ms of the next or '', sendings at once from now on, ms that the
-- event is remembered.
local endpoint, event = ARGV[4], ARGV[5]
local own = event_key(endpoint, event)
local known = redis.call('HMGET', own, 'state', 'attempts')
if known[1] ~= 'lent' or known[2] ~= ARGV[6] then
  return 0
end
redis.call('ZREM', key('lent', endpoint), event)
redis.call('ZREM', prefix .. 'leases', endpoint .. '\n' .. event)
if ARGV[7] == '' then
  redis.call('HSET', own, 'state', 'over')
  redis.call('HDEL', own, 'body')
  redis.call('PEXPIRE', own, ARGV[9])
else
  redis.call('HSET', own, 'state', 'waiting')
  redis.call('ZADD', key('waiting', endpoint), ARGV[7], event)
end
if ARGV[8] == ARGV[3] then
  redis.call('HDEL', prefix .. 'paces', endpoint)
else
  redis.call('HSET', prefix .. 'paces', endpoint, ARGV[8])
end
refresh(endpoint)
return 1
