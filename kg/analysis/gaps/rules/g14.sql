with named as (select distinct measure, body from acting where kind <> 'openBody'),
common as (
  select distinct t.source, t.target from ties t
  join named i on i.measure = t.source
  join named j on j.measure = t.target and j.body = i.body
)
select [arg_min(t.source_duty, t.id), arg_min(t.target_duty, t.id)] as subjects,
       list(t.id) as evidence, 'medium' as severity, max(t.confidence) as confidence
from ties t anti join common using (source, target)
where t.source in (select measure from named) and t.target in (select measure from named)
group by least(t.source_duty, t.target_duty), greatest(t.source_duty, t.target_duty)
