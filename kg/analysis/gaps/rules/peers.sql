-- Who leads what stands beside each element, or above it at the next level up.
with leads as (
  select distinct measure, body from duties where role = 'lead' and kind <> 'openBody'
), wanted as (
  select unnest($wanted::varchar[]) as id
), beside as (
  select w.id, p.child as peer from wanted w
  join parents o on o.child = w.id join parents p on p.parent = o.parent
  where p.child <> w.id
)
select b.id, l.body, 'sibling' as ground, min(b.peer) as peer,
       0.5 + 0.3 * count(distinct b.peer) / sum(count(distinct b.peer)) over (partition by b.id)
         as score
from beside b join leads l on l.measure = b.peer group by b.id, l.body
union all
select u.lower, a.body, 'upper', min(u.upper), 0.6
from uptake u join acting a on a.measure = u.upper
where a.role = 'lead' and a.kind <> 'openBody' and u.lower in (select id from wanted)
group by u.lower, a.body
