with elements as (
  select id, coalesce(confidence, 1.0) as confidence from measures
  union all select id, coalesce(confidence, 1.0) from goals
)
select [id] as subjects, 'info' as severity, confidence
from elements
where confidence < $gap_low_confidence or id not in (select node from evidence)
