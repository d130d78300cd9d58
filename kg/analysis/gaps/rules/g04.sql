with named as (select distinct measure from acting where kind <> 'openBody')
select [d.measure] as subjects, list(distinct d.body) as bodies, list(distinct d.id) as evidence,
       min(d.confidence) as confidence,
       case when d.measure in (select measure from named) then 'low' else 'high' end as severity
from duties d join measures m on m.id = d.measure
group by d.measure having count(*) filter (d.kind <> 'openBody') = 0
