select [measure] as subjects, list(distinct body) as bodies, list(distinct id) as evidence,
       count(distinct body) as n, min(confidence) as confidence,
       case when count(distinct body) >= 3 or count(distinct area) > 1 then 'high'
            else 'medium' end as severity
from duties where role = 'lead' and kind <> 'openBody'
group by measure having count(distinct body) > 1
