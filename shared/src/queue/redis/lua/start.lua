-- Begins a delivery. ARGV[4..]: id, fence.
-- Answers {'run' | 'ended' | 'stale' | 'expired', fields or {}, input or state}.
local id, fence = ARGV[4], tonumber(ARGV[5])
local job = key('job', id)
local known = redis.call('HMGET', job, 'status', 'fence', 'deadline_at')
local status, newest = known[1], tonumber(known[2] or 0)
if not status then
  return {'ended', {}, 'expired'}
end
if is_final(status) then
  return {'ended', {}, status}
end
if fence < newest or (fence == newest and status ~= 'processing') then
  return {'stale', {}, false}
end
if tonumber(now) >= tonumber(known[3]) then
  close(id, 'expired')
  return {'expired', {}, false}
end
-- The same fence again means that the answer to the first call was lost.
if fence > newest then
  redis.call('HDEL', job, 'stage', 'sealed')
  redis.call('HSET', job, 'status', 'processing', 'fence', ARGV[5])
  redis.call('HSETNX', job, 'started_at', now)
  add_event(id, 'started', '{}')
  changed(id)
end
return {'run', redis.call('HGETALL', job), redis.call('GET', key('input', id))}
