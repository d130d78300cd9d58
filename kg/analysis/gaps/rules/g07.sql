with founded as (  -- by a document that gives nobody any tasks: theirs stand in the plans
  select e.node as id from evidence e left join unjudged u on u.id = e.document
  where e.node in (select coordination_body from members)
  group by e.node having count(u.id) = count(*)
)
select [m.body, m.coordination_body] as subjects, [m.body] as bodies, 'low' as severity,
       1.0 as confidence,
       (select list(distinct e.document order by e.document) from evidence e
        where e.node = m.coordination_body) as searched
from members m
where m.body not in (select body from responsibilities) and m.body <> m.coordination_body
  and m.coordination_body not in (select id from founded)
