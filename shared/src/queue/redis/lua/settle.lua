#!lua flags=allow-oom
-- Ends a delivery, if the worker still holds the entry under this fence.
-- KEYS: active, data, scheduled, dead, what this worker holds.
-- ARGV: id, fence, kind, value, now, prefix of metas, wake channel.
local id, kind = ARGV[1], ARGV[3]
local meta = ARGV[6] .. id
if redis.call('SISMEMBER', KEYS[5], id) == 0 or redis.call('HGET', meta, 'fence') ~= ARGV[2] then
  return 0
end
redis.call('SREM', KEYS[5], id)
if kind == 'done' then
  redis.call('HDEL', KEYS[2], id)
  redis.call('DEL', meta)
  return 1
end
redis.call('HDEL', meta, 'token')
if kind == 'retry' then
  redis.call('ZADD', KEYS[3], ARGV[4], id)
  redis.call('PUBLISH', ARGV[7], '')
elseif kind == 'hand_back' then
  redis.call('LPUSH', KEYS[1], id)
  redis.call('PUBLISH', ARGV[7], '')
else
  redis.call('HSET', meta, 'reason', ARGV[4], 'dead_at', ARGV[5])
  redis.call('ZADD', KEYS[4], ARGV[5], id)
end
return 1
