with several as (
  select measure, any_value(unit) as unit, list(body order by position, body) as bodies,
         flatten(list(links)) as evidence, count(*) as n, min(confidence) as confidence,
         case when count(*) >= 3 or count(distinct area) > 1 then 'high'
              else 'medium' end as severity
  from holders where leads and kind <> 'openBody'
  group by measure having count(*) > 1
)
select list(measure order by measure) as subjects, bodies, severity, n,
       flatten(list(evidence)) as evidence, min(confidence) as confidence
from several group by unit, bodies, severity, n
