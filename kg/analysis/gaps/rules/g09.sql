with alike as (  -- a goal names the same thing
  select a.ancestor as id
  from above a join naming m on m.id = a.element and m.side = 'measure' and not m.topic
  where (m.document, m.run) in (select document, run from naming where side = 'goal')
)
select list(h.id order by h.id) as subjects, 'low' as severity, min(j.confidence) as confidence,
       sum(h.below) as n
from highest h join judged j on j.id = h.id
where h.rule = 'G09' and h.id not in (select id from alike)
group by j.unit
