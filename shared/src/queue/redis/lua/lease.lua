#!lua flags=allow-oom
-- Hands out entries: the earliest retries that are due, then the head of the list. Its cost does not grow with the lane.
-- It runs on a full server too, because only draining makes room.
-- KEYS: active, data, scheduled, workers, what this worker holds.
-- ARGV: now, worker, token, whether the token was used before, prefix of metas, most entries.
-- Answers {left, ms until the next retry or -1, id, envelope, fence, crashes, id, …}.
local now, worker, token, most = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[6])
local ids = {}

-- The answer to an earlier call may have been lost on its way: hand out the same entries again.
if ARGV[4] == '1' then
  for _, id in ipairs(redis.call('SMEMBERS', KEYS[5])) do
    if redis.call('HGET', ARGV[5] .. id, 'token') == token then
      ids[#ids + 1] = id
    end
  end
end

if #ids == 0 then
  ids = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', 0, most)
  if #ids > 0 then
    redis.call('ZREM', KEYS[3], unpack(ids))
  end
  if #ids < most then
    for _, id in ipairs(redis.call('LPOP', KEYS[1], most - #ids) or {}) do
      ids[#ids + 1] = id
    end
  end
  if #ids > 0 then
    -- A worker that holds something must be known, or nobody would take it back.
    redis.call('ZADD', KEYS[4], 'NX', now, worker)
    redis.call('SADD', KEYS[5], unpack(ids))
    for _, id in ipairs(ids) do
      redis.call('HINCRBY', ARGV[5] .. id, 'fence', 1)
      redis.call('HSET', ARGV[5] .. id, 'token', token)
    end
  end
end

if #ids == 0 then
  local next_due = redis.call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')[2]
  return {0, next_due and math.max(0, tonumber(next_due) - tonumber(now)) or -1}
end
local answer = {redis.call('LLEN', KEYS[1]) + redis.call('ZCOUNT', KEYS[3], '-inf', now), -1}
for _, id in ipairs(ids) do
  local counts = redis.call('HMGET', ARGV[5] .. id, 'fence', 'crashes')
  answer[#answer + 1] = id
  answer[#answer + 1] = redis.call('HGET', KEYS[2], id)
  answer[#answer + 1] = tonumber(counts[1])
  answer[#answer + 1] = tonumber(counts[2] or 0)
end
return answer
