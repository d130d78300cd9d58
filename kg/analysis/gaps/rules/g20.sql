with ranked as (
  select m.id, m.document, r.rank from measures m join ranks r on r.level = m.level
), held as (  -- the levels that an element reaches, by itself or by what stands below it
  select distinct a.ancestor as id, t.rank
  from uptake u join above a on a.element = u.lower join ranked t on t.id = u.upper
), passed as (  -- a plan of a level between, which the lower one carries out too
  select u.id, b.upper, r.rank
  from uptake u join ranked l on l.id = u.lower join ranked t on t.id = u.upper
  join below b on b.lower = l.document join documents d on d.id = b.upper
  join ranks r on r.level = d.level
  where r.rank > t.rank and r.rank < l.rank
)
select [u.lower, u.upper] as subjects, 'medium' as severity, any_value(u.confidence) as confidence,
       [u.id] as evidence, list(distinct b.upper order by b.upper) as searched
from uptake u join passed b on b.id = u.id
join ranked l on l.id = u.lower join ranked t on t.id = u.upper
where u.lower not in (
  select h.id from held h where h.rank > t.rank and h.rank < l.rank)
group by u.id, u.lower, u.upper
