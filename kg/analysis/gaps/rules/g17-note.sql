-- Overdue: by a ledger it is not done, and the newest day that ledgers tell of lies behind its year.
with now as (
  select max(reported_on) as day from statuses
), due as (
  select a.element as id, min(m.due_year) as year
  from above a join measures m on m.id = a.ancestor group by a.element
)
select [s.measure] as subjects, 'high' as severity, 1.0 as confidence
from statuses s cross join now n join due d on d.id = s.measure
where coalesce(s.done, 0) < 100 and cast(substring(n.day, 1, 4) as integer) > d.year
