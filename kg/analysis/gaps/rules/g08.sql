select list(h.id order by h.id) as subjects, sum(h.below) as n,
       min(coalesce(g.confidence, 1.0)) as confidence,
       case when max(g.due_year) is null then 'medium' else 'high' end as severity
from highest h join goals g on g.id = h.id join sentences s on s.rule = h.rule and s.goal = h.id
where h.rule = 'G08'
group by s.sentence
