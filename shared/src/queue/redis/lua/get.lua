-- Reads a job, ending it first when its deadline has passed. ARGV[4..]: id, tenant.
-- Answers {'found' | 'gone' | 'unknown', the record or {}}.
local id, tenant = ARGV[4], ARGV[5]
local job = key('job', id)
local known = redis.call('HMGET', job, 'tenant', 'expires_at', 'deadline_at', 'status')
if not known[1] then
  local gone = redis.call('GET', key('gone', id))
  local owner, ended = string.match(gone or '', '^(.*)\n(%d+)$')
  if owner == tenant and tonumber(now) < tonumber(ended) + GONE_FOR_MS then
    return {'gone', {}}
  end
  return {'unknown', {}}
end
if known[1] ~= tenant then
  return {'unknown', {}}
end
if tonumber(now) >= tonumber(known[2]) then
  return {tonumber(now) < tonumber(known[2]) + GONE_FOR_MS and 'gone' or 'unknown', {}}
end
if not is_final(known[4]) and tonumber(now) >= tonumber(known[3]) then
  close(id, 'expired')
end
return {'found', redis.call('HMGET', job, unpack(RECORD))}
