-- Adds an entry at the tail.
-- KEYS: active, data. ARGV: id, envelope, most that may wait, wake channel.
-- Answers {1, waiting}, or {0, waiting} when the lane is full.
local id = ARGV[1]
local waiting = redis.call('LLEN', KEYS[1])
if redis.call('HEXISTS', KEYS[2], id) == 1 then
  return {1, waiting}
end
if waiting >= tonumber(ARGV[3]) then
  return {0, waiting}
end
redis.call('HSET', KEYS[2], id, ARGV[2])
redis.call('RPUSH', KEYS[1], id)
redis.call('PUBLISH', ARGV[4], '')
return {1, waiting + 1}
