-- Judged only where the area of the plan is observed at all: figures that nobody has supplied are
-- not figures that nobody collects. Nor where the target was due before the window.
with seen as (
  select area, year, regexp_replace(indicator,
    '^(全国|全省|全市|全州|全县|全区|本省|本市|本州|本县|本区)的?', '') as name
  from observations where indicator is not null and area is not null and year is not null
), now as (
  select coalesce($gap_as_of_year, max(year)) as year from seen
), due as (
  select q.target, max(g.due_year) as year
  from quantifying q join above a on a.element = q.goal join goals g on g.id = a.ancestor
  group by q.target
), named as (
  select t.id, t.document, t.area, coalesce(t.due_year, d.year) as due,
         coalesce(t.confidence, 1.0) as confidence, regexp_replace(t.indicator,
           '^(全国|全省|全市|全州|全县|全区|本省|本市|本州|本县|本区)的?', '') as name
  from targets t left join due d on d.target = t.id
  where t.indicator is not null and t.area in (select area from seen)
), last as (
  select area, name, max(s.year) as year from seen s cross join now w where s.year <= w.year
  group by area, name
)
select list(n.id order by n.id) as subjects, any_value(l.year) as n, min(n.confidence) as confidence,
       case when bool_or(abs(n.due - w.year) <= 1) then 'high' else 'low' end as severity
from named n cross join now w left join last l on l.area = n.area and l.name = n.name
where coalesce(l.year <= w.year - $gap_monitor_years, true)
  and coalesce(n.due > w.year - $gap_monitor_years, true)
group by n.document, n.area, n.name
