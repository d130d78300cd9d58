with named as (select distinct measure from acting where kind <> 'openBody'),
vague as (
  select h.measure, any_value(h.unit) as unit, list(h.body order by h.position, h.body) as bodies,
         flatten(list(h.links)) as evidence, min(h.confidence) as confidence,
         case when h.measure in (select measure from named) then 'low' else 'high' end as severity
  from holders h group by h.measure having count(*) filter (h.kind <> 'openBody') = 0
)
select list(measure order by measure) as subjects, bodies, severity,
       flatten(list(evidence)) as evidence, min(confidence) as confidence
from vague group by unit, bodies, severity
