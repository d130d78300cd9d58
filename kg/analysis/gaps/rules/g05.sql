select [s.measure, s.body] as subjects, [s.body] as bodies, 'high' as severity,
       list_distinct(list(s.id) || list(d.id)) as evidence,
       least(min(s.confidence), min(d.confidence)) as confidence
from duties s join duties d on d.measure = s.measure and d.body = s.body
where s.role = 'supervisor' and d.role in ('lead', 'responsible') and s.kind <> 'openBody'
group by s.measure, s.body
