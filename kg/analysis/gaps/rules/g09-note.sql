select [id] as subjects, 'info' as severity, 1.0 as confidence
from documents
where id in (select document from judged)
  and (id not in (select document from goals where document is not null)
       or id in (select id from sparing where rule = 'G09'))
