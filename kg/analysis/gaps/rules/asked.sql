-- What of a plan the plans below it were asked to take up, and whether they did (G19, uptake rates).
create view units as  -- what is compared: a heading over clauses, a clause under no heading of its own
with children as (
  select p.parent as id, bool_or(m.kind = 'task') as tasks
  from parents p join measures m on m.id = p.child group by p.parent
), headed as (
  select child as id, bool_or(parent in (select id from frames)) as framed from parents group by child
)
select j.id, j.document, j.confidence, coalesce(m.parent, m.document) as chapter
from judged j join measures m on m.id = j.id
left join children c on c.id = j.id left join headed h on h.id = j.id
left join frames f on f.id = j.id
where case when j.kind = 'task' then coalesce(h.framed, true)
           else (coalesce(c.tasks, false) or (j.kind = 'taskGroup' and c.id is null))
                and f.id is null end;

create view taking as
select l.document as lower, t.document as upper, u.lower as own, u.upper as other
from uptake u join measures l on l.id = u.lower join measures t on t.id = u.upper;

create view compared as  -- at all, and of the level directly below: the plan is addressed to it
select b.lower, b.upper from below b semi join taking k on k.lower = b.lower and k.upper = b.upper
where b.steps = 1;

create view asked as
with taken as (  -- an element is taken up where anything below it is
  select distinct k.lower, a.ancestor as id from taking k join above a on a.element = k.other
)
select p.lower, p.upper, u.id, u.chapter, u.confidence, t.id is not null as found
from compared p join units u on u.document = p.upper
left join taken t on t.lower = p.lower and t.id = u.id;
