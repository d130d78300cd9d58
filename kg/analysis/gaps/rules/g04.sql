with named as (
  select measure, count(distinct body) as n from acting where kind <> 'openBody' group by measure
),
vague as (
  -- What a part on support asks of everybody (各地区、各部门要提高认识) is meant so.
  select h.measure, any_value(h.unit) as unit, list(h.body order by h.position, h.body) as bodies,
         flatten(list(h.links)) as evidence, min(h.confidence) as confidence,
         coalesce(any_value(a.n), 0) as n,
         case when any_value(a.n) is not null
                or bool_and(h.body in (select body from areawide))
              then 'low' else 'high' end as severity
  from holders h left join framed f on f.id = h.measure
  left join named a on a.measure = h.measure
  where f.after is distinct from true
  group by h.measure
  having count(*) filter (h.kind <> 'openBody' or h.body in (select body from evident)) = 0
)
select list(measure order by measure) as subjects, bodies, severity, max(n) as n,
       flatten(list(evidence)) as evidence, min(confidence) as confidence
from vague group by unit, bodies, severity
