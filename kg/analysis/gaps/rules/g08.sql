with served as (
  select a.ancestor as id
  from serving x join kin k on k.goal = x.goal join above a on a.element = k.mate
), bare as (
  select * from goals where id not in (select id from served)
), highest as (
  select * from bare where id not in
    (select p.child from parents p join bare b on b.id = p.parent)
), counted as (
  select a.ancestor as id, count(*) - 1 as below
  from above a join bare b on b.id = a.element group by a.ancestor
)
select list(h.id order by h.id) as subjects, sum(c.below) as n,
       min(coalesce(h.confidence, 1.0)) as confidence,
       case when max(h.due_year) is null then 'medium' else 'high' end as severity
from highest h join counted c on c.id = h.id
join (select goal, min(mate) as sentence from kin where mate in (select id from highest)
      group by goal) k on k.goal = h.id
group by k.sentence
