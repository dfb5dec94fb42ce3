-- Begins a delivery. ARGV[4..]: id, fence.
-- Answers {'run' | 'ended' | 'not_there' | 'stale' | 'expired', the record or {}, input or state, the session's turns}.
local id, fence = ARGV[4], tonumber(ARGV[5])
local job = key('job', id)
local known = redis.call('HMGET', job, 'status', 'fence', 'deadline_at', 'past')
local status, newest = known[1], tonumber(known[2] or 0)
if not status then
  if redis.call('EXISTS', key('gone', id)) == 0 then
    return {'not_there', {}, false, {}}
  end
  return {'ended', {}, 'expired', {}}
end
if is_final(status) then
  return {'ended', {}, status, {}}
end
if fence < newest or (fence == newest and status ~= 'processing') then
  return {'stale', {}, false, {}}
end
if tonumber(now) >= tonumber(known[3]) then
  close(id, 'expired')
  return {'expired', {}, false, {}}
end
-- The same fence again means that the answer to the first call was lost.
if fence > newest then
  redis.call('HDEL', job, 'stage')
  redis.call('HSET', job, 'status', 'processing', 'fence', ARGV[5])
  redis.call('HSETNX', job, 'started_at', now)
  add_event(id, 'started', '{}')
  changed(id)
end
local past = known[4] and redis.call('LRANGE', key('past', known[4]), 0, -1) or {}
return {'run', redis.call('HMGET', job, unpack(RECORD)), redis.call('GET', key('input', id)), past}
