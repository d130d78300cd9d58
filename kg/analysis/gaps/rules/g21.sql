with named as (
  select t.id, t.document, t.value, coalesce(t.unit, '') as unit, t.due_year as year,
         coalesce(t.confidence, 1.0) as confidence,
         regexp_replace(t.indicator, '^(全国|全省|全市|全州|全县|全区|本省|本市|本州|本县|本区)的?', '')
           as name,
         coalesce(t.comparator, '') in ('<=', '<') as at_most
  from targets t where t.indicator is not null and t.value is not null
), pairs as (
  select l.id as lower, u.id as upper, l.year as lower_year, u.year as upper_year,
         least(l.confidence, u.confidence) as confidence,
         -- how far the lower one is beyond (above 0) or short of (below 0) the upper one
         (l.value - u.value) * (case when l.at_most then -1 else 1 end) as beyond,
         abs(u.value) * $gap_drift as much,
         -- A rate can be compared between levels; a number of things cannot: a city need not set up
         -- the fifteen laboratories of its province.
         l.unit in ('%', '％', '‰', '分') or l.unit like '%/%' or
           regexp_matches(l.name, '率|度|指数|系数|比重|占比|强度|人均|每万|平均') as rate
  from below b join named l on l.document = b.lower join named u on u.document = b.upper
  where b.steps = 1 and l.name = u.name and l.unit = u.unit and l.at_most = u.at_most
), drifts as (
  select *, concat_ws(' ',
    case when rate and beyond < -much and coalesce(lower_year >= upper_year, true)
      then 'weaker' end,
    case when lower_year > upper_year and beyond <= 0 then 'later' end,
    case when rate and beyond > much and coalesce(lower_year <= upper_year, true)
      then 'stronger' end) as how
  from pairs
)
select [lower, upper] as subjects, string_split(how, ' ') as what, confidence,
       case when how = 'stronger' then 'info' else 'high' end as severity
from drifts where how <> ''
