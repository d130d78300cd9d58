-- The text that was searched for each element: from its first word to where the next element
-- outside of it begins. A whole document: from its first to its last mention.
with spans as (
  select node, document, min(start) as start, max("end") as stop, min(raw_start) as raw_start,
         max(raw_end) as raw_stop, min(text_sha256) as text_sha256
  from evidence group by node, document
), tree as (
  select a.ancestor as id, s.document, min(s.start) as start, max(s.stop) as stop,
         min(s.raw_start) as raw_start, max(s.raw_stop) as raw_stop,
         min(s.text_sha256) as text_sha256
  from above a join spans s on s.node = a.element
  where a.ancestor in (select unnest($wanted::varchar[]))
  group by a.ancestor, s.document
), heads as (
  select s.document, s.start, min(s.raw_start) as raw_start
  from spans s where s.node in (select element from above) group by s.document, s.start
)
select t.id, t.document, t.start, coalesce(h.start, t.stop) as "end", t.raw_start,
       coalesce(h.raw_start, t.raw_stop) as raw_end, t.text_sha256, '' as exact, '' as provision
from tree t asof left join heads h on h.document = t.document and t.stop <= h.start
union all
select s.document, s.document, min(s.start), max(s.stop), min(s.raw_start), max(s.raw_stop),
       min(s.text_sha256), '', ''
from spans s where s.document in (select unnest($wanted::varchar[])) group by s.document
