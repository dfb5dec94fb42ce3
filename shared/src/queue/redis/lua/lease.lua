#!lua flags=allow-oom
-- Hands out one entry: the earliest retry that is due, else the head of the list. Its cost does not grow with the lane.
-- It runs on a full server too, because only draining makes room.
-- KEYS: active, data, scheduled, workers, what this worker holds.
-- ARGV: now, worker, token, whether the token was used before, prefix of metas.
-- Answers {id, envelope, fence, crashes, left, ms until the next retry or -1}; the id is nil when there is nothing.
local now, worker, token = ARGV[1], ARGV[2], ARGV[3]

local function delivery(id, due)
  local meta = ARGV[5] .. id
  local counts = redis.call('HMGET', meta, 'fence', 'crashes')
  local left = redis.call('LLEN', KEYS[1])
  if due then
    left = left + redis.call('ZCOUNT', KEYS[3], '-inf', now)
  end
  local envelope = redis.call('HGET', KEYS[2], id)
  return {id, envelope, tonumber(counts[1]), tonumber(counts[2] or 0), left, -1}
end

-- The answer to an earlier call may have been lost on its way: hand out the same entry again.
if ARGV[4] == '1' then
  for _, id in ipairs(redis.call('SMEMBERS', KEYS[5])) do
    if redis.call('HGET', ARGV[5] .. id, 'token') == token then
      return delivery(id, true)
    end
  end
end

local id = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', 0, 1)[1]
local due = id ~= nil
if due then
  redis.call('ZREM', KEYS[3], id)
else
  id = redis.call('LPOP', KEYS[1])
end
if not id then
  local next_due = redis.call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')[2]
  local wait = next_due and math.max(0, tonumber(next_due) - tonumber(now)) or -1
  return {false, false, 0, 0, 0, wait}
end
-- A worker that holds something must be known, or nobody would take it back.
redis.call('ZADD', KEYS[4], 'NX', now, worker)
redis.call('SADD', KEYS[5], id)
redis.call('HINCRBY', ARGV[5] .. id, 'fence', 1)
redis.call('HSET', ARGV[5] .. id, 'token', token)
return delivery(id, due)
