with heads as (  -- a leading group that acts is above those who do
  select measure from holders where leads or kind = 'coordinationBody'
), led as (
  select a.element as id from above a join heads l on l.measure = a.ancestor
  union
  select a.ancestor from above a join heads l on l.measure = a.element
), unled as (
  select h.measure, any_value(h.unit) as unit, flatten(list(h.links)) as evidence,
         list(h.body order by h.position, h.body) as bodies,
         least(min(h.confidence), min(j.confidence)) as confidence,
         case when count(*) filter (h.undertakes) = 1 then 'low' else 'medium' end as severity
  from holders h join judged j on j.id = h.measure
  where j.names_bodies and h.measure not in (select id from led)
  group by h.measure having count(*) filter (h.kind <> 'openBody') > 0
)
select list(measure order by measure) as subjects, bodies, severity,
       flatten(list(evidence)) as evidence, min(confidence) as confidence
from unled group by unit, bodies, severity
