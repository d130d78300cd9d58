with children as (
  select p.parent as id, bool_or(m.kind = 'task') as tasks
  from parents p join measures m on m.id = p.child group by p.parent
), headed as (
  select child as id, bool_or(parent in (select id from frames)) as framed from parents group by child
), units as (  -- what is compared: a heading over clauses, a clause under no heading of its own
  select j.id, j.document, j.confidence, coalesce(m.parent, m.document) as chapter
  from judged j join measures m on m.id = j.id
  left join children c on c.id = j.id left join headed h on h.id = j.id
  where case when j.kind = 'task' then coalesce(h.framed, true)
             else (coalesce(c.tasks, false) or (j.kind = 'taskGroup' and c.id is null))
                  and j.id not in (select id from frames) end
), linked as (
  select l.document as lower, t.document as upper, u.lower as own, u.upper as other
  from uptake u join measures l on l.id = u.lower join measures t on t.id = u.upper
), pairs as (  -- compared at all, and of the level directly below: the plan is addressed to it
  select b.lower, b.upper from below b semi join linked k on k.lower = b.lower and k.upper = b.upper
  where b.steps = 1
), taken as (  -- an element is taken up where anything below it is
  select distinct k.lower, a.ancestor as id from linked k join above a on a.element = k.other
), matched as (  -- a link of a chapter is one of its parts too
  select k.lower, k.upper, a.ancestor as id from linked k join above a on a.element = k.own
  union
  select k.lower, k.upper, a.element from linked k join above a on a.ancestor = k.own
), reached as (
  -- Where few measures of the lower plan were matched, it is written in words of its own, and that
  -- no match was found says less: of 57 pairs judged by hand only 18 were alike enough.
  select p.lower, p.upper, avg((m.id is not null)::int) as share
  from pairs p join units u on u.document = p.lower
  left join matched m on m.lower = p.lower and m.upper = p.upper and m.id = u.id
  group by p.lower, p.upper
), asked as (
  select p.lower, p.upper, u.id, u.chapter, u.confidence, t.id is not null as found
  from pairs p join units u on u.document = p.upper
  left join taken t on t.lower = p.lower and t.id = u.id
), rates as (
  select lower, upper, avg(found::int) as rate from asked group by lower, upper
), places as (
  select node as id, min(start) as start from evidence group by node
)
select [a.lower] || list(a.id order by s.start, a.id) as subjects, [a.lower] as searched,
       any_value(round(100 * r.rate)) as n,
       least(min(a.confidence), any_value(coalesce(e.share, 0))) as confidence,
       case when any_value(r.rate) < $gap_uptake_high then 'high'
            when any_value(r.rate) < $gap_uptake_medium then 'medium' else 'low' end as severity
from asked a join rates r on r.lower = a.lower and r.upper = a.upper
left join reached e on e.lower = a.lower and e.upper = a.upper left join places s on s.id = a.id
where not a.found
group by a.lower, a.upper, a.chapter
