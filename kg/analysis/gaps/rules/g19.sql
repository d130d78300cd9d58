with matched as (  -- a link of a chapter is one of its parts too
  select k.lower, k.upper, a.ancestor as id from taking k join above a on a.element = k.own
  union
  select k.lower, k.upper, a.element from taking k join above a on a.ancestor = k.own
), reached as (
  -- Where few measures of the lower plan were matched, it is written in words of its own, and that
  -- no match was found says less: of 57 pairs judged by hand only 18 were alike enough.
  select p.lower, p.upper, avg((m.id is not null)::int) as share
  from compared p join units u on u.document = p.lower
  left join matched m on m.lower = p.lower and m.upper = p.upper and m.id = u.id
  group by p.lower, p.upper
), rates as (
  select lower, upper, avg(found::int) as rate from asked group by lower, upper
), places as (
  select node as id, min(start) as start from evidence group by node
)
select [a.lower] || list(a.id order by s.start, a.id) as subjects, [a.lower] as searched,
       any_value(round(100 * r.rate)) as n,
       least(min(a.confidence), any_value(coalesce(e.share, 0))) as confidence,
       case when any_value(r.rate) < $gap_uptake_high then 'high'
            when any_value(r.rate) < $gap_uptake_medium then 'medium' else 'low' end as severity
from asked a join rates r on r.lower = a.lower and r.upper = a.upper
left join reached e on e.lower = a.lower and e.upper = a.upper left join places s on s.id = a.id
where not a.found
group by a.lower, a.upper, a.chapter
