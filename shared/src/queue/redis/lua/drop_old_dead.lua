#!lua flags=allow-oom
-- Forgets up to 100 dead entries that are too old or too many.
-- KEYS: dead, data. ARGV: prefix of metas, die-before ms, most dead entries.
-- Answers how many went.
local old = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[2], 'LIMIT', 0, 100)
if #old == 0 then
  local surplus = math.min(100, redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[3]))
  if surplus > 0 then
    old = redis.call('ZRANGE', KEYS[1], 0, surplus - 1)
  end
end
for _, id in ipairs(old) do
  redis.call('ZREM', KEYS[1], id)
  redis.call('HDEL', KEYS[2], id)
  redis.call('DEL', ARGV[1] .. id)
end
return #old
