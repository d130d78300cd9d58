with alike as (  -- a target names the same thing, and is not due before the goal is
  select distinct a.ancestor as id
  from above a join naming n on n.id = a.element and n.side = 'goal' join goals g on g.id = n.id
  join naming m on m.document = n.document and m.run = n.run and m.side = 'target'
  join targets t on t.id = m.id
  where coalesce(t.due_year >= g.due_year, true)
)
select list(h.id order by h.id) as subjects, sum(h.below) as n,
       min(coalesce(g.confidence, 1.0)) as confidence,
       'medium' as severity
from highest h join goals g on g.id = h.id join sentences s on s.rule = h.rule and s.goal = h.id
left join alike k on k.id = h.id
where h.rule = 'G10'
group by s.sentence
having bool_and(k.id is null)
