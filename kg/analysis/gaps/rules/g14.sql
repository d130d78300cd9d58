with named as (select distinct measure, body from acting where kind <> 'openBody'),
common as (
  select p.source, p.target from pairs p
  join named i on i.measure = p.source
  join named j on j.measure = p.target and j.body = i.body
)
select [p.source, p.target] as subjects, p.links as evidence, 'medium' as severity, p.confidence
from pairs p anti join common using (source, target)
where p.source in (select measure from named) and p.target in (select measure from named)
