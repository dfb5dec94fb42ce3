-- Notes progress. ARGV[4..]: id, fence, 'stage' | 'partial' | 'retrying' | 'handed_back', value.
-- Answers 'held', 'lost', or the final state.
local id, fence, what, value = ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local job = key('job', id)
local known = redis.call('HMGET', job, 'status', 'fence', 'stage', 'seq')
if not known[1] then
  return 'lost'
end
if is_final(known[1]) then
  return known[1]
end
if known[2] ~= fence then
  return 'lost'
end
local goes_back = what == 'retrying' or what == 'handed_back'
if known[1] ~= 'processing' then
  return goes_back and 'held' or 'lost'
end
if what == 'stage' then
  if known[3] == value then
    return 'held'
  end
  redis.call('HSET', job, 'stage', value)
  add_event(id, 'stage', '{"stage":"' .. value .. '"}')
elseif what == 'partial' then
  if tonumber(known[4]) >= PARTIALS_UNTIL_EVENT then
    return 'held'
  end
  add_event(id, 'partial', value)
else
  redis.call('HDEL', job, 'stage')
  redis.call('HSET', job, 'status', 'queued')
  if what == 'retrying' then
    redis.call('HINCRBY', job, 'failures', 1)
  end
end
changed(id)
return 'held'
