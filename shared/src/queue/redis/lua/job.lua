-- What every script about jobs begins with. Jobs of one shard share a hash slot, so a script spells the keys of a
-- job from the shard's prefix.
-- Before it stand the limits and RECORD, see scripts.rs.
-- KEYS[1]: the shard's deadlines. ARGV[1]: prefix, ARGV[2]: channel of changes, ARGV[3]: now.
local prefix, channel, now = ARGV[1], ARGV[2], ARGV[3]
-- Entries of a shard's outbox, about; and the mark of a wake-up that tells an end.
local MOST_OUTBOX, ENDED = 10000, '!'

local function key(kind, id)
  return prefix .. kind .. ':' .. id
end

local function is_final(status)
  return status ~= 'queued' and status ~= 'processing'
end

local function add_event(id, kind, data)
  local events = key('events', id)
  local seq = redis.call('HINCRBY', key('job', id), 'seq', 1)
  local kept = redis.call('RPUSH', events, seq .. '\n' .. kind .. '\n' .. now .. '\n' .. data)
  -- A list keeps its end of life, so only its first event has to set it.
  if kept == 1 then
    redis.call('PEXPIRE', events, math.max(1, redis.call('PTTL', key('job', id))))
  elseif kept > MOST_EVENTS then
    redis.call('LTRIM', events, -MOST_EVENTS, -1)
  end
end

-- Wakes who watches; the mark says that the job has ended, which is all that many wait for.
local function wake(id, mark)
  redis.call('PUBLISH', channel, id .. (mark or ''))
end

local function changed(id, mark)
  redis.call('HINCRBY', key('job', id), 'revision', 1)
  wake(id, mark)
end

local function announce(id, tenant, kind)
  redis.call('XADD', prefix .. 'outbox', 'MAXLEN', '~', MOST_OUTBOX, '*',
    'job', id, 'tenant', tenant, 'kind', kind, 'at', now)
end

-- Ends a job that has not ended: state, final event and outbox entry; input and deadline go. A success keeps its input
-- until its documents are written.
local function close(id, status)
  local job = key('job', id)
  if status ~= 'succeeded' then
    redis.call('DEL', key('input', id))
  end
  redis.call('ZREM', KEYS[1], id)
  redis.call('HDEL', job, 'stage')
  redis.call('HSET', job, 'status', status, 'finished_at', now)
  add_event(id, status, '{}')
  announce(id, redis.call('HGET', job, 'tenant'), status)
  changed(id, ENDED)
end

