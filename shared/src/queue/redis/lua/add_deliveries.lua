-- Adds events. ARGV[4]: 1 to send anew what was sent, ARGV[5]: most that may wait for an endpoint, then endpoint, event,
-- tenant, type and body of each. Answers how many were added, known and refused.
local again, added, known, refused = ARGV[4] == '1', 0, 0, 0
for i = 6, #ARGV, 5 do
  local endpoint, event = ARGV[i], ARGV[i + 1]
  local own, waiting = event_key(endpoint, event), key('waiting', endpoint)
  local state = redis.call('HGET', own, 'state')
  if state and not (again and state == 'over') then
    known = known + 1
    if again and state == 'waiting' then
      redis.call('ZADD', waiting, now, event)
    end
  elseif redis.call('ZCARD', waiting) >= tonumber(ARGV[5]) then
    refused = refused + 1
  else
    added = added + 1
    redis.call('HSET', own, 'state', 'waiting', 'tenant', ARGV[i + 2], 'kind', ARGV[i + 3], 'body', ARGV[i + 4],
      'attempts', 0)
    redis.call('PERSIST', own)
    redis.call('ZADD', waiting, now, event)
  end
  refresh(endpoint)
end
return {added, known, refused}
