-- Ends jobs whose deadline has passed. ARGV[4]: limit. Answers {ended, looked at}.
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[4])
local ended = 0
for _, id in ipairs(ids) do
  local status = redis.call('HGET', key('job', id), 'status')
  if status and not is_final(status) then
    close(id, 'expired')
    ended = ended + 1
  else
    redis.call('ZREM', KEYS[1], id)
  end
end
return {ended, #ids}
