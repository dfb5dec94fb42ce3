-- Ends jobs whose deadline has passed. ARGV[4]: limit. Answers {ended, looked at}.
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[4])
local ended = 0
for _, id in ipairs(ids) do
  local job = read(id)
  if job and not is_final(job.status) then
    close(job, 'expired')
    ended = ended + 1
  else
    redis.call('ZREM', KEYS[1], id)
  end
end
return {ended, #ids}
