select list(h.id order by h.id) as subjects, 'high' as severity, min(j.confidence) as confidence,
       sum(h.below) as n
from highest h join judged j on j.id = h.id
where h.rule = 'G01'
group by j.unit
