select [m.body, m.coordination_body] as subjects, [m.body] as bodies, 'low' as severity,
       1.0 as confidence,
       (select list(distinct e.document order by e.document) from evidence e
        where e.node = m.coordination_body) as searched
from members m
where m.body not in (select body from responsibilities) and m.body <> m.coordination_body
