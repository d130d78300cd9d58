with near as (
  select a.element as id from above a join serving c on c.measure = a.ancestor
  union
  select a.ancestor from above a join serving c on c.measure = a.element
), bare as (
  select * from judged
  where not support and id not in (select id from near)
    and (document is null or document in (select document from goals))
), highest as (
  select * from bare where id not in
    (select p.child from parents p join bare b on b.id = p.parent)
), counted as (
  select a.ancestor as id, count(*) - 1 as below
  from above a join bare b on b.id = a.element group by a.ancestor
)
select list(h.id order by h.id) as subjects, 'low' as severity, min(h.confidence) as confidence,
       sum(c.below) as n
from highest h join counted c on c.id = h.id
group by h.unit
