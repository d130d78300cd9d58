select [id] as subjects, 'info' as severity, 1.0 as confidence
from documents
where (states_bodies = false or id in (select id from unplanned)
       or id in (select id from sparing where rule = 'G01'))
  and id in (select document from measures)
