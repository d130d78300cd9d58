select list(h.id order by h.id) as subjects, 'low' as severity, min(j.confidence) as confidence,
       sum(h.below) as n
from highest h join judged j on j.id = h.id
where h.rule = 'G09'
group by j.unit
