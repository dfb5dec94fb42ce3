#!lua flags=allow-oom
-- Puts up to 100 entries that a worker holds back to the head of the lane, oldest first. The worker is forgotten with
-- the last of them. Named is either one worker that leaves, or (empty) the first that has not beaten for too long.
-- KEYS: active, workers.
-- ARGV: worker or '', lost-before ms, prefix of what workers hold, prefix of metas, wake channel, crashes to add.
-- Answers {whether there may be more, id, crashes, id, crashes, …}.
local worker = ARGV[1]
if worker == '' then
  worker = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', '(' .. ARGV[2], 'LIMIT', 0, 1)[1]
  if not worker then
    return {0}
  end
end
local held = ARGV[3] .. worker
local ids = redis.call('SPOP', held, 100)
table.sort(ids, function(a, b) return a > b end)
local answer = {1}
for _, id in ipairs(ids) do
  local meta = ARGV[4] .. id
  redis.call('HDEL', meta, 'token')
  redis.call('LPUSH', KEYS[1], id)
  answer[#answer + 1] = id
  answer[#answer + 1] = redis.call('HINCRBY', meta, 'crashes', ARGV[6])
  redis.call('PUBLISH', ARGV[5], '')
end
if #ids < 100 then
  redis.call('ZREM', KEYS[2], worker)
  if ARGV[1] ~= '' then
    answer[1] = 0
  end
end
return answer
