with alike as (  -- a measure names the same thing, or the whole plan is about it
  select distinct a.ancestor as id
  from above a join naming g on g.id = a.element and g.side = 'goal'
  where g.topic
     or (g.document, g.run) in (select document, run from naming where side = 'measure')
)
select list(h.id order by h.id) as subjects, sum(h.below) as n,
       min(coalesce(g.confidence, 1.0)) as confidence,
       case when max(g.due_year) is null then 'medium' else 'high' end as severity
from highest h join goals g on g.id = h.id join sentences s on s.rule = h.rule and s.goal = h.id
left join alike k on k.id = h.id
where h.rule = 'G08'
group by s.sentence
having bool_and(k.id is null)
