-- Notes that the documents of successes are written. ARGV[4..]: their ids. Answers those whose record has gone.
local gone = {}
for i = 4, #ARGV do
  local id = ARGV[i]
  redis.call('ZREM', prefix .. 'unwritten', id)
  if redis.call('EXISTS', key('job', id)) == 1 then
    redis.call('HDEL', key('job', id), 'interaction', 'input')
  else
    gone[#gone + 1] = id
  end
end
return gone
