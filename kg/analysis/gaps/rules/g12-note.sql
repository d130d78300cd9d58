-- Stalled: by a ledger it is not done, and its light is red, or it is told of no more since long ago.
with now as (
  select max(reported_on) as day from statuses
)
select [m.id] as subjects, 'medium' as severity, 1.0 as confidence
from statuses s cross join now n join measures m on m.id = s.measure
where coalesce(s.done, 0) < 100 and (s.light = 'red' or
  date_diff('month', cast(s.reported_on as date), cast(n.day as date)) > $gap_stalled_months)
