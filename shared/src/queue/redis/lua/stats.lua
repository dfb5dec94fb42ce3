-- Counts one lane. KEYS: active, scheduled, workers, dead. ARGV: now, prefix of what workers hold.
-- Answers {waiting, scheduled, running, dead, id at the head or nil}.
local due = redis.call('ZCOUNT', KEYS[2], '-inf', ARGV[1])
local running = 0
for _, worker in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
  running = running + redis.call('SCARD', ARGV[2] .. worker)
end
local head
if due > 0 then
  head = redis.call('ZRANGE', KEYS[2], 0, 0)[1]
else
  head = redis.call('LINDEX', KEYS[1], 0)
end
return {
  redis.call('LLEN', KEYS[1]) + due,
  redis.call('ZCARD', KEYS[2]) - due,
  running,
  redis.call('ZCARD', KEYS[4]),
  head,
}
