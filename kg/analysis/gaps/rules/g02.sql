with heads as (  -- a leading group that acts is above those who do
  select measure from holders where leads or kind = 'coordinationBody'
  union  -- 发挥部际联席会议统筹作用 is a lead too
  select id from measures where regexp_matches(label_zh,
    '(联席会议|领导小组|协调小组|专班|指挥部)[^，。]{0,4}(统筹|牵头)')
), led as (
  select a.element as id from above a join heads l on l.measure = a.ancestor
  union
  select a.ancestor from above a join heads l on l.measure = a.element
), unled as (
  select h.measure, any_value(h.unit) as unit, flatten(list(h.links)) as evidence,
         list(h.body order by h.position, h.body) as bodies,
         least(min(h.confidence), min(j.confidence)) as confidence,
         -- areas that answer each for its own leave the one body beside them in charge
         case when count(*) filter (h.undertakes and w.body is null) = 1
              then 'low' else 'medium' end as severity
  from holders h join judged j on j.id = h.measure left join areawide w on w.body = h.body
  where j.names_bodies and h.measure not in (select id from led)
    and coalesce(j.document, '') not in (select id from sparing where rule = 'G01')
  group by h.measure having count(*) filter (h.kind <> 'openBody') > 0
)
select list(measure order by measure) as subjects, bodies, severity,
       flatten(list(evidence)) as evidence, min(confidence) as confidence
from unled group by unit, bodies, severity
