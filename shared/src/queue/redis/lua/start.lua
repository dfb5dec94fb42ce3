-- Begins a delivery. ARGV[4..]: id, fence.
-- Answers {'run' | 'ended' | 'not_there' | 'stale' | 'expired', the record or {}, input or state, the session's turns}.
local id, fence = ARGV[4], tonumber(ARGV[5])
local job = read(id)
if not job then
  if redis.call('EXISTS', key('gone', id)) == 0 then
    return {'not_there', {}, false, {}}
  end
  return {'ended', {}, 'expired', {}}
end
if is_final(job.status) then
  return {'ended', {}, job.status, {}}
end
if fence < job.fence or (fence == job.fence and job.status ~= 'processing') then
  return {'stale', {}, false, {}}
end
if tonumber(now) >= job.deadline_at then
  close(job, 'expired')
  return {'expired', {}, false, {}}
end
-- The same fence again means that the answer to the first call was lost.
if fence > job.fence then
  leave_stage(job)
  set(job, 'status', 'processing')
  set(job, 'fence', ARGV[5])
  if not job.started_at then
    set(job, 'started_at', now)
  end
  add_event(job, 'started', '{}')
  save(job)
end
local past = {}
for turn in string.gmatch(job.past and redis.call('GET', key('past', job.past)) or '', '[^\n]+') do
  past[#past + 1] = turn
end
local record = redis.call('HMGET', key('job', id), 'input', unpack(RECORD))
return {'run', record, table.remove(record, 1), past}
