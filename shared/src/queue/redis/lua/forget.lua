-- Takes a job back without a trace. ARGV[4..]: id, tenant.
local id = ARGV[4]
local known = redis.call('HMGET', key('job', id), 'tenant', 'learner')
if known[1] ~= ARGV[5] then
  return 0
end
redis.call('DEL', key('job', id), key('events', id), key('gone', id))
redis.call('ZREM', KEYS[1], id)
if known[2] ~= '' then
  redis.call('ZREM', key('learner', known[2]), id)
end
wake(id)
return 1
