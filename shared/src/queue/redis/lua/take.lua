-- Takes one use out of every budget, or out of none. KEYS: the budgets. ARGV: now, then quota and window in ms of each.
-- Answers 1 or 0, then uses and ms of the reset of each.
local now, admitted, windows = tonumber(ARGV[1]), 1, {}
for i = 1, #KEYS do
  local known = redis.call('HMGET', KEYS[i], 'used', 'resets_at')
  local used, resets_at = tonumber(known[1] or 0), tonumber(known[2] or 0)
  if resets_at <= now then
    used, resets_at = 0, now + tonumber(ARGV[2 * i + 1])
  end
  if used >= tonumber(ARGV[2 * i]) then
    admitted = 0
  end
  windows[i] = {used, resets_at}
end
local answer = {admitted}
for i = 1, #KEYS do
  local used, resets_at = windows[i][1] + admitted, windows[i][2]
  if admitted == 1 then
    redis.call('HSET', KEYS[i], 'used', used, 'resets_at', string.format('%.0f', resets_at))
    redis.call('PEXPIRE', KEYS[i], ARGV[2 * i + 1])
  end
  answer[#answer + 1] = used
  answer[#answer + 1] = resets_at
end
return answer
