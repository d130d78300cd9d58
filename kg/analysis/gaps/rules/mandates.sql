-- Which body of the plan's own area answers for a matter that the measure, or one below it, names.
with named as (
  select a.ancestor as id, a.distance, m.label_zh, m.level, m.area
  from above a join measures m on m.id = a.element
  where a.ancestor in (select unnest($wanted::varchar[]))
), offices as (  -- those of an area, and those of the centre, each by where they act
  select w.body, w.matter, b.area as place from answering w join bodies b on b.id = w.body
  where b.area is not null
  union all
  select w.body, w.matter, 'central' from answering w join bodies b on b.id = w.body
  where b.area is null and b.level = 'central'
), placed as (
  select id, distance, label_zh, area as place from named where area is not null
  union all
  select id, distance, label_zh, level from named where level = 'central'
), fitting as (
  select n.id, o.body, o.matter,
         least(0.9, 0.5 + 0.05 * length(o.matter)) - case when n.distance = 0 then 0 else 0.1 end
           as score
  from placed n join offices o on o.place = n.place and contains(n.label_zh, o.matter)
)
select id, body, 'mandate' as ground, max_by(matter, (score, matter)) as matter, max(score) as score
from fitting group by id, body
