-- Ends a job as canceled. ARGV[4..]: id, tenant.
-- Answers 'canceled', 'gone', 'unknown', or the state for which it is too late.
local id, tenant = ARGV[4], ARGV[5]
local job = read(id)
if not job then
  local gone = redis.call('GET', key('gone', id))
  local owner, ended = string.match(gone or '', '^(.*)\n(%d+)$')
  local is_gone = owner == tenant and tonumber(now) < tonumber(ended) + GONE_FOR_MS
  return is_gone and 'gone' or 'unknown'
end
if job.tenant ~= tenant then
  return 'unknown'
end
if tonumber(now) >= job.expires_at then
  return 'gone'
end
if is_final(job.status) then
  return job.status
end
close(job, 'canceled')
return 'canceled!'
