with due as (
  select a.element as id, min(m.due_year) as year
  from above a join measures m on m.id = a.ancestor group by a.element
)
select [t.source_duty, t.target_duty] as subjects, list(t.id) as evidence,
       max(j.year - i.year) as n, 'high' as severity, ['later-need'] as what, max(t.confidence) as confidence
from ties t join due i on i.id = t.source join due j on j.id = t.target
where t.kind = 'requires' and j.year > i.year
group by t.source_duty, t.target_duty
