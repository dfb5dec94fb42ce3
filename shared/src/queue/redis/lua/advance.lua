-- Notes progress. ARGV[4..]: id, fence, 'stage' | 'partial' | 'retrying' | 'handed_back', value.
-- Answers 'held', 'lost', or the final state.
local what, value = ARGV[6], ARGV[7]
local job = read(ARGV[4])
if not job then
  return 'lost'
end
if is_final(job.status) then
  return job.status
end
if job.fence ~= tonumber(ARGV[5]) then
  return 'lost'
end
local goes_back = what == 'retrying' or what == 'handed_back'
if job.status ~= 'processing' then
  return goes_back and 'held' or 'lost'
end
if what == 'stage' then
  if job.stage == value then
    return 'held'
  end
  set(job, 'stage', value)
  add_event(job, 'stage', '{"stage":"' .. value .. '"}')
elseif what == 'partial' then
  if job.seq >= PARTIALS_UNTIL_EVENT then
    return 'held'
  end
  add_event(job, 'partial', value)
else
  leave_stage(job)
  set(job, 'status', 'queued')
  if what == 'retrying' then
    redis.call('HINCRBY', key('job', job.id), 'failures', 1)
  end
end
save(job)
return 'held'
