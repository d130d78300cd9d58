with linked as (
  select l.document as lower, t.document as upper
  from uptake u join measures l on l.id = u.lower join measures t on t.id = u.upper
)
select [b.lower, b.upper] as subjects, 'info' as severity, 1.0 as confidence
from below b anti join linked k on k.lower = b.lower and k.upper = b.upper
where b.steps = 1 and b.upper in (select document from measures)
  and b.lower in (select document from measures)
