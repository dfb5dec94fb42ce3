-- Writes a job. ARGV[4..]: id, ms to live, tenant, input, deadline, end of life, learner's index or '', session's
-- turns, then fields.
local id, ttl = ARGV[4], tonumber(ARGV[5])
local job = key('job', id)
if redis.call('EXISTS', job) == 1 then
  return 0
end
-- The first event and the first revision are written here: nobody can be watching yet.
redis.call('HSET', job, 'status', 'queued', 'tenant', ARGV[6], 'deadline_at', ARGV[8],
  'expires_at', ARGV[9], 'learner', ARGV[10], 'past', ARGV[11], 'input', ARGV[7], 'seq', 1, 'revision', 1, unpack(ARGV, 12))
redis.call('PEXPIRE', job, ttl)
redis.call('SET', key('gone', id), ARGV[6] .. '\n' .. ARGV[9], 'PX', ttl + GONE_FOR_MS)
redis.call('ZADD', KEYS[1], ARGV[8], id)
if ARGV[10] ~= '' then
  local index = key('learner', ARGV[10])
  redis.call('ZREMRANGEBYSCORE', index, '-inf', now)
  redis.call('ZADD', index, ARGV[9], id)
  if redis.call('PTTL', index) < ttl then
    redis.call('PEXPIRE', index, ttl)
  end
end
redis.call('RPUSH', key('events', id), '1\nqueued\n' .. now .. '\n{}')
redis.call('PEXPIRE', key('events', id), ttl)
return 1
