-- Reads a job, ending it first when its deadline has passed. ARGV[4..]: id, tenant.
-- Answers {'found' | 'gone' | 'unknown', the record or {}}.
local id, tenant = ARGV[4], ARGV[5]
local job = read(id)
if not job then
  local gone = redis.call('GET', key('gone', id))
  local owner, ended = string.match(gone or '', '^(.*)\n(%d+)$')
  if owner == tenant and tonumber(now) < tonumber(ended) + GONE_FOR_MS then
    return {'gone', {}}
  end
  return {'unknown', {}}
end
if job.tenant ~= tenant then
  return {'unknown', {}}
end
if tonumber(now) >= job.expires_at then
  return {tonumber(now) < job.expires_at + GONE_FOR_MS and 'gone' or 'unknown', {}}
end
if not is_final(job.status) and tonumber(now) >= job.deadline_at then
  close(job, 'expired')
end
return {'found', redis.call('HMGET', key('job', id), unpack(RECORD))}
