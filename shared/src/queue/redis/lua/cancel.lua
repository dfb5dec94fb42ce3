-- Ends a job as canceled. ARGV[4..]: id, tenant.
-- Answers 'canceled', 'gone', 'unknown', or the state for which it is too late.
local id, tenant = ARGV[4], ARGV[5]
local known = redis.call('HMGET', key('job', id), 'tenant', 'status', 'expires_at')
if not known[1] then
  local gone = redis.call('GET', key('gone', id))
  local owner, ended = string.match(gone or '', '^(.*)\n(%d+)$')
  local is_gone = owner == tenant and tonumber(now) < tonumber(ended) + GONE_FOR_MS
  return is_gone and 'gone' or 'unknown'
end
if known[1] ~= tenant then
  return 'unknown'
end
if tonumber(now) >= tonumber(known[3]) then
  return 'gone'
end
if is_final(known[2]) then
  return known[2]
end
close(id, 'canceled')
return 'canceled!'
