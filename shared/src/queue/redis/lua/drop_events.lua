-- Forgets events of an endpoint. ARGV[4]: endpoint, then the events. Answers how many were known.
local endpoint, dropped = ARGV[4], 0
for i = 5, #ARGV do
  local event = ARGV[i]
  dropped = dropped + redis.call('DEL', event_key(endpoint, event))
  redis.call('ZREM', key('waiting', endpoint), event)
  if redis.call('ZREM', key('lent', endpoint), event) == 1 then
    redis.call('ZREM', prefix .. 'leases', endpoint .. '\n' .. event)
  end
end
refresh(endpoint)
return dropped
