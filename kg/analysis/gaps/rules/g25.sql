with elements as (
  select id, coalesce(confidence, 1.0) as confidence from measures
  union all select id, coalesce(confidence, 1.0) from goals
), shown as (
  select distinct node as id from evidence
)
select [e.id] as subjects, 'info' as severity, e.confidence
from elements e left join shown s on s.id = e.id
where e.confidence < $gap_low_confidence or s.id is null
