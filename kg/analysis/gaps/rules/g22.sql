-- What can overlap: each duty and each heading with a lead, and the words of all that stands below
-- it. Clauses of one sentence are one (培养人才，增强企业发展能力: the second only says what for, and
-- is said of many). Not a clause inside of a duty, and not what frames or supports the plan: every
-- plan has its 加强组织领导.
with words as (
  select a.ancestor as id, string_agg(m.label_zh, chr(10) order by a.distance, m.label_zh) as words
  from above a join measures m on m.id = a.element group by a.ancestor
), leads as (
  select measure as id, list(distinct body order by body) as leads
  from acting where role = 'lead' and kind <> 'openBody' group by measure
), higher as (
  select element as id, list(ancestor order by ancestor) as above from above group by element
), said as (
  select node as id, min(sentence) as sentence, min(start) as start from evidence group by node
), units as (
  select m.id, m.document, m.parent, coalesce(m.area, m.document, m.id) as place, w.words, l.leads,
         h.above, j.confidence, coalesce(s.start, 0) as start,
         case when m.id in (select parent from parents) then null else s.sentence end as sentence
  from judged j join measures m on m.id = j.id join words w on w.id = m.id
  join leads l on l.id = m.id join higher h on h.id = m.id left join said s on s.id = m.id
  where not j.support and m.id not in (select id from frames)
    and (m.id in (select measure from duties) or m.id in (select parent from parents))
)
select arg_min(id, (start, id)) as id, arg_min(above, (start, id)) as above, document, place, leads,
       string_agg(words, chr(10) order by start, id) as words, min(confidence) as confidence
from units
group by document, place, parent, leads, sentence, case when sentence is null then id end
order by 1
