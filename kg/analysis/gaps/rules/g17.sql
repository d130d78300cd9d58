with due as (
  select a.element as id, min(m.due_year) as year
  from above a join measures m on m.id = a.ancestor group by a.element
)
select [d.source, d.target] as subjects, list(distinct d.id) as evidence, j.year - i.year as n,
       'high' as severity, min(coalesce(d.confidence, 1.0)) as confidence
from dependencies d join due i on i.id = d.source join due j on j.id = d.target
where d.kind = 'requires' and j.year > i.year
group by d.source, d.target, i.year, j.year
