-- Settles a claim of an idempotency key. KEYS[1]: the claim. ARGV: fingerprint, job, now, ms to keep it, whether it was accepted.
local job = redis.call('HGET', KEYS[1], 'job')
if job and job ~= ARGV[2] then
  return 0
end
if ARGV[5] == '1' then
  redis.call('HSET', KEYS[1], 'fingerprint', ARGV[1], 'job', ARGV[2], 'accepted', 1,
    'until', tonumber(ARGV[3]) + tonumber(ARGV[4]))
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
else
  redis.call('DEL', KEYS[1])
end
return 1
