with led as (
  select a.element as id from above a join duties d on d.measure = a.ancestor where d.role = 'lead'
  union
  select a.ancestor from above a join duties d on d.measure = a.element where d.role = 'lead'
)
select [d.measure] as subjects, list(distinct d.body) as bodies, list(distinct d.id) as evidence,
       case when count(distinct d.body) filter (d.role = 'responsible') = 1 then 'low'
            else 'medium' end as severity,
       least(min(d.confidence), min(j.confidence)) as confidence
from duties d join judged j on j.id = d.measure
where j.names_bodies and d.measure not in (select id from led)
group by d.measure
having count(*) filter (d.kind <> 'openBody') > 0
