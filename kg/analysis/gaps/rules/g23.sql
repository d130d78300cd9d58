with pairs as (  -- told of the duties, whichever of their clauses are in conflict
  select c.*, coalesce(i.duty, c.one) as one_duty, coalesce(j.duty, c.other) as other_duty
  from clashes c left join belongs i on i.measure = c.one left join belongs j on j.measure = c.other
  where c.one <> c.other
), sides as (  -- who acts for an element, or for what serves it: a goal has no bodies of its own
  select measure as id, body from acting where kind <> 'openBody'
  union
  select s.goal, a.body from serving s join acting a on a.measure = s.measure
  where a.kind <> 'openBody'
), common as (
  select distinct p.one, p.other
  from pairs p join sides i on i.id = p.one join sides j on j.id = p.other and j.body = i.body
), missing as (
  select arg_min(one_duty, (one_duty, other_duty)) as one,
         arg_min(other_duty, (one_duty, other_duty)) as other,
         min(strength) as strength, max(confidence) as confidence,
         list(id) filter (where id is not null) as evidence
  from pairs anti join common using (one, other) where one_duty <> other_duty
  group by least(one_duty, other_duty), greatest(one_duty, other_duty)
)
select [one, other] as subjects, evidence, confidence,
       (select list(distinct a.body order by a.body) from acting a
        where a.measure in (one, other) and a.role = 'lead' and a.kind <> 'openBody') as bodies,
       case when strength <= -3 then 'high' when strength <= -2 then 'medium' else 'low' end
         as severity
from missing
