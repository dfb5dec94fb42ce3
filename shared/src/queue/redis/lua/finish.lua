-- Ends a job. ARGV[4..]: id, fence, final state, 'result' | 'error' | '', value, and of a success: the session's turn,
-- the line for the interaction log.
-- Answers 'held', 'lost', or the state in which it had ended.
local id, fence, status = ARGV[4], tonumber(ARGV[5]), ARGV[6]
local job = read(id)
if not job then
  return 'lost'
end
if is_final(job.status) then
  return job.status
end
if fence < job.fence then
  return 'lost'
end
-- A delivery that was never started, e.g. of an unreadable entry, is started here, so that states move as they may.
if status ~= 'expired' and (fence > job.fence or job.status == 'queued') then
  if not job.started_at then
    set(job, 'started_at', now)
  end
  add_event(job, 'started', '{}')
end
set(job, 'fence', ARGV[5])
if ARGV[7] ~= '' then
  set(job, ARGV[7], ARGV[8])
end
if status == 'succeeded' then
  local unwritten = prefix .. 'unwritten'
  set(job, 'interaction', ARGV[10])
  redis.call('ZADD', unwritten, now, id)
  if redis.call('ZCARD', unwritten) > MOST_UNWRITTEN then
    local oldest = redis.call('ZPOPMIN', unwritten)[1]
    redis.call('HDEL', key('job', oldest), 'interaction', 'input')
    redis.call('INCR', prefix .. 'given_up')
  end
  -- The last release's jobs know of no session.
  if job.past then
    local past, turns = key('past', job.past), {}
    for turn in string.gmatch(redis.call('GET', past) or '', '[^\n]+') do
      turns[#turns + 1] = turn
    end
    turns[#turns + 1] = ARGV[9]
    local kept = table.concat(turns, '\n', math.max(1, #turns - PAST_TURNS + 1))
    redis.call('SET', past, kept, 'PX', PAST_FOR_MS)
  end
end
close(job, status)
return 'held'
