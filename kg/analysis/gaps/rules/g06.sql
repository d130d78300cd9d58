with clauses as (
  select node as id, min(document || ' ' || start) as clause from evidence group by node
), load as (
  -- a clause counts once, however many tasks it stands for
  select d.body, coalesce(b.level, '') as level, coalesce(b.area, '') as area,
         count(distinct coalesce(c.clause, d.unit)) as leads,
         min(d.confidence) as confidence, list(distinct d.id) as evidence
  from duties d left join bodies b on b.id = d.body left join clauses c on c.id = d.id
  where d.role = 'lead' and d.kind <> 'openBody' group by all
), fence as (
  select level, area, quantile_cont(leads, 0.75) as q3, quantile_cont(leads, 0.25) as q1
  from load group by level, area
)
select [body] as subjects, [body] as bodies, leads as n, 'medium' as severity,
       confidence, evidence
from load join fence using (level, area)
where leads > q3 + 1.5 * (q3 - q1) and leads >= $gap_overload_min
