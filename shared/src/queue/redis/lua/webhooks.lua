-- What every script about deliveries begins with. KEYS[1]: endpoints by the ms of their first waiting event.
-- ARGV[1]: prefix, ARGV[2]: now, ARGV[3]: sendings at once of an endpoint that nothing else is said of.
-- By endpoint: `waiting:` and `lent:`, sorted sets of events by the ms when they are due or come back. By endpoint and
-- event: `event:`, a hash. `paces`: sendings at once by endpoint. `leases`: lent events of all endpoints.
local prefix, now = ARGV[1], tonumber(ARGV[2])

local function key(kind, endpoint)
  return prefix .. kind .. ':' .. endpoint
end

local function event_key(endpoint, event)
  return prefix .. 'event:' .. endpoint .. ':' .. event
end

local function pace(endpoint)
  return tonumber(redis.call('HGET', prefix .. 'paces', endpoint) or ARGV[3])
end

-- Notes when the endpoint can have its next event: never, while it has as many as it may.
local function refresh(endpoint)
  local first = redis.call('ZRANGE', key('waiting', endpoint), 0, 0, 'WITHSCORES')
  if first[1] and redis.call('ZCARD', key('lent', endpoint)) < pace(endpoint) then
    redis.call('ZADD', KEYS[1], first[2], endpoint)
  else
    redis.call('ZREM', KEYS[1], endpoint)
  end
end
