-- Claims an idempotency key. KEYS[1]: the claim. ARGV: fingerprint, job, now, ms that a claim holds.
-- Answers 'fresh', 'replay', 'mismatch' or 'in_progress', and the job of the claim.
local known = redis.call('HMGET', KEYS[1], 'fingerprint', 'job', 'accepted', 'until')
if known[1] and tonumber(ARGV[3]) < tonumber(known[4]) then
  if known[1] ~= ARGV[1] then
    return {'mismatch', known[2]}
  elseif known[3] == '1' then
    return {'replay', known[2]}
  elseif known[2] ~= ARGV[2] then
    return {'in_progress', known[2]}
  end
  -- The same claim again: the answer to the first call was lost.
  return {'fresh', known[2]}
end
redis.call('HSET', KEYS[1], 'fingerprint', ARGV[1], 'job', ARGV[2], 'accepted', 0,
  'until', tonumber(ARGV[3]) + tonumber(ARGV[4]))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {'fresh', ARGV[2]}
