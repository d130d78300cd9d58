with same as (  -- a goal names the same thing
  select id from naming
  where side = 'measure' and not topic
    and (document, run) in (select document, run from naming where side = 'goal')
), alike as (  -- itself, a heading over it or a part of it
  select a.ancestor as id from above a join same s on s.id = a.element
  union
  select a.element from above a join same s on s.id = a.ancestor
)
select list(h.id order by h.id) as subjects, 'low' as severity, min(j.confidence) as confidence,
       sum(h.below) as n
from highest h join judged j on j.id = h.id
where h.rule = 'G09' and h.id not in (select id from alike)
group by j.unit
