-- Ends a job. ARGV[4..]: id, fence, final state, 'result' | 'error' | '', value.
-- Answers 'held', 'lost', or the state in which it had ended.
local id, fence, status = ARGV[4], tonumber(ARGV[5]), ARGV[6]
local job = key('job', id)
local known = redis.call('HMGET', job, 'status', 'fence')
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
close(id, status)
return 'held'
