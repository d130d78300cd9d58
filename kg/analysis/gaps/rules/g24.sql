with evaluated as (
  select subject as id from evaluations
  union select m.document from evaluations e join measures m on m.id in (e.arrangement, e.subject)
  union select g.document from evaluations e join goals g on g.id = e.subject
), watched as (
  select m.document, count(distinct m.id) as n
  from measures m join acting a on a.measure = m.id
  where a.role = 'supervisor' group by m.document
), size as (
  select document, count(*) as n from judged group by document
)
-- a supervisor of a few measures does not make a loop for the whole
select [s.document] as subjects, 'low' as severity, 1.0 as confidence, coalesce(w.n, 0) as n
from size s join documents d on d.id = s.document left join watched w on w.document = s.document
where coalesce(w.n, 0) * 2 < s.n
  and s.document not in (select id from evaluated where id is not null)
