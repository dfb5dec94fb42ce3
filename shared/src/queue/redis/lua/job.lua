-- What every script about jobs begins with. Jobs of one shard share a hash slot, so a script spells the keys of a
-- job from the shard's prefix. A script reads a job once, and writes all that it changes at once: calls are what a
-- script costs.
-- Before it stand the limits and RECORD, see scripts.rs.
-- KEYS[1]: the shard's deadlines. ARGV[1]: prefix, ARGV[2]: channel of changes, ARGV[3]: now.
local prefix, channel, now = ARGV[1], ARGV[2], ARGV[3]
-- The mark of a wake-up that tells an end.
local ENDED = '!'

local function key(kind, id)
  return prefix .. kind .. ':' .. id
end

local function is_final(status)
  return status ~= 'queued' and status ~= 'processing'
end

-- The job as it stands, nil when there is none.
local function read(id)
  local known = redis.call('HMGET', key('job', id), 'status', 'fence', 'tenant', 'seq', 'revision',
    'past', 'deadline_at', 'expires_at', 'stage', 'started_at')
  if not known[1] then
    return nil
  end
  return {id = id, status = known[1], fence = tonumber(known[2]), tenant = known[3],
    seq = tonumber(known[4]), revision = tonumber(known[5]), past = known[6],
    deadline_at = tonumber(known[7]), expires_at = tonumber(known[8]), stage = known[9],
    started_at = known[10], changes = {}}
end

local function set(job, field, value)
  local changes = job.changes
  changes[#changes + 1] = field
  changes[#changes + 1] = value
end

local function leave_stage(job)
  if job.stage then
    redis.call('HDEL', key('job', job.id), 'stage')
    job.stage = false
  end
end

local function add_event(job, kind, data)
  local events = key('events', job.id)
  job.seq = job.seq + 1
  local kept = redis.call('RPUSH', events,
    string.format('%.0f', job.seq) .. '\n' .. kind .. '\n' .. now .. '\n' .. data)
  -- A list keeps its end of life, so only its first event has to set it.
  if kept == 1 then
    redis.call('PEXPIRE', events, math.max(1, redis.call('PTTL', key('job', job.id))))
  elseif kept > MOST_EVENTS then
    redis.call('LTRIM', events, -MOST_EVENTS, -1)
  end
end

-- Wakes who watches; the mark says that the job has ended, which is all that many wait for.
local function wake(id, mark)
  redis.call('PUBLISH', channel, id .. (mark or ''))
end

-- Writes what was set.
local function save(job, mark)
  set(job, 'seq', string.format('%.0f', job.seq))
  set(job, 'revision', string.format('%.0f', job.revision + 1))
  redis.call('HSET', key('job', job.id), unpack(job.changes))
  wake(job.id, mark)
end

local function announce(id, tenant, kind)
  redis.call('ZADD', prefix .. 'announced', now, kind .. '\n' .. tenant .. '\n' .. id)
end

-- Ends a job that has not ended: state, final event and outbox entry; input and deadline go. A success keeps its input
-- until its documents are written.
local function close(job, status)
  if status ~= 'succeeded' then
    redis.call('HDEL', key('job', job.id), 'input')
  end
  redis.call('ZREM', KEYS[1], job.id)
  leave_stage(job)
  set(job, 'status', status)
  set(job, 'finished_at', now)
  add_event(job, status, '{}')
  announce(job.id, job.tenant, status)
  save(job, ENDED)
end

