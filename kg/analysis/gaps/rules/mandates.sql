-- Which body of the plan's own area answers for a matter that the measure, or one below it, names.
with named as (
  select a.ancestor as id, a.distance, m.label_zh, m.level, m.area
  from above a join measures m on m.id = a.element
  where a.ancestor in (select unnest($wanted::varchar[]))
), fitting as (
  select n.id, w.body, w.matter,
         least(0.9, 0.5 + 0.05 * length(w.matter)) - case when n.distance = 0 then 0 else 0.1 end
           as score
  from named n join answering w on contains(n.label_zh, w.matter)
  join bodies b on b.id = w.body
  where b.area = n.area or (b.area is null and b.level = 'central' and n.level = 'central')
)
select id, body, 'mandate' as ground, max_by(matter, (score, matter)) as matter, max(score) as score
from fitting group by id, body
