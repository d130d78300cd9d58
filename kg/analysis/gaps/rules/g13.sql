with leads as (
  select distinct measure, body from acting where role = 'lead' and kind <> 'openBody'
), sides as (
  select p.source, p.target, i.body as one, j.body as other
  from ties p join leads i on i.measure = p.source join leads j on j.measure = p.target
), together as (
  select distinct x.body as one, y.body as other
  from duties x join duties y on y.measure = x.measure
), met as (
  select s.source, s.target from sides s where s.one = s.other
  union select s.source, s.target from sides s join linked l on l.body_a = s.one and l.body_b = s.other
  union select s.source, s.target from sides s join together t on t.one = s.one and t.other = s.other
  union select t.source, t.target from ties t join measures i on i.id = t.source
  join measures j on j.id = t.target and j.document = i.document join overarched o on o.id = i.document
), apart as (
  select s.source, s.target, list(s.one) || list(s.other) as bodies,
         max(coalesce(n.weight, 1)) as weight
  from sides s anti join met using (source, target)
  left join needs n on n.body_a = least(s.one, s.other) and n.body_b = greatest(s.one, s.other)
  group by s.source, s.target
), missing as (  -- told of the duties, whichever of their clauses depend on each other
  select arg_min(t.source_duty, t.id) as source, arg_min(t.target_duty, t.id) as target,
         list(t.id) as links, max(t.confidence) as confidence, max(a.weight) as weight,
         list_sort(list_distinct(flatten(list(a.bodies)))) as bodies
  from apart a join ties t on t.source = a.source and t.target = a.target
  group by least(t.source_duty, t.target_duty), greatest(t.source_duty, t.target_duty)
)
select [m.source, m.target] || m.bodies as subjects, m.bodies, m.links as evidence,
       list_sort(list_distinct([i.document, j.document])) as searched,
       cast(round(m.weight) as bigint) as n, m.confidence,
       case cast(least(round(m.weight), 3) + case when i.level <> j.level then 1 else 0 end as bigint)
         when 1 then 'low' when 2 then 'medium' else 'high' end as severity
from missing m
left join measures i on i.id = m.source left join measures j on j.id = m.target
