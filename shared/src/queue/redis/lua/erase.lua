-- Removes up to 100 jobs of a learner. ARGV[4]: the learner's index. Answers {ids of those removed, looked at}.
local index = key('learner', ARGV[4])
local ids = redis.call('ZRANGE', index, 0, 99)
local removed = {}
for _, id in ipairs(ids) do
  local known = redis.call('HMGET', key('job', id), 'status', 'tenant', 'past')
  if known[1] then
    if not is_final(known[1]) then
      announce(id, known[2], 'canceled')
    end
    redis.call('DEL', key('job', id), key('events', id), key('past', known[3] or ''))
    redis.call('ZREM', prefix .. 'unwritten', id)
    wake(id)
    removed[#removed + 1] = id
  end
  redis.call('ZREM', KEYS[1], id)
  redis.call('ZREM', index, id)
end
return {removed, #ids}
