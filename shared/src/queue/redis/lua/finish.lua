-- Ends a job. ARGV[4..]: id, fence, final state, 'result' | 'error' | '', value, and of a success: the session's turn,
-- the line for the interaction log.
-- Answers 'held', 'lost', or the state in which it had ended.
local id, fence, status = ARGV[4], tonumber(ARGV[5]), ARGV[6]
local job = key('job', id)
local known = redis.call('HMGET', job, 'status', 'fence', 'past')
local newest = tonumber(known[2] or 0)
if not known[1] then
  return 'lost'
end
if is_final(known[1]) then
  return known[1]
end
if fence < newest then
  return 'lost'
end
-- A delivery that was never started, e.g. of an unreadable entry, is started here, so that states move as they may.
if status ~= 'expired' and (fence > newest or known[1] == 'queued') then
  redis.call('HSETNX', job, 'started_at', now)
  add_event(id, 'started', '{}')
end
if ARGV[7] ~= '' then
  redis.call('HSET', job, 'fence', ARGV[5], ARGV[7], ARGV[8])
else
  redis.call('HSET', job, 'fence', ARGV[5])
end
if status == 'succeeded' then
  redis.call('HSET', job, 'interaction', ARGV[10])
  redis.call('ZADD', prefix .. 'unwritten', now, id)
  if redis.call('ZCARD', prefix .. 'unwritten') > MOST_UNWRITTEN then
    local oldest = redis.call('ZPOPMIN', prefix .. 'unwritten')[1]
    redis.call('DEL', key('input', oldest))
    redis.call('HDEL', key('job', oldest), 'interaction')
    redis.call('INCR', prefix .. 'given_up')
  end
  if known[3] then
    local past = key('past', known[3])
    redis.call('RPUSH', past, ARGV[9])
    redis.call('LTRIM', past, -PAST_TURNS, -1)
    redis.call('PEXPIRE', past, PAST_FOR_MS)
  end
end
close(id, status)
return 'held'
