with named as (
  select measure, count(distinct body) as n from acting where kind <> 'openBody' group by measure
),
exhorted as (  -- 要提高认识、密切配合、抓好落实: what is asked of everybody, wherever it stands
  select e.node as id from evidence e join evidence k using (document, sentence)
  join measures m on m.id = k.node
  where regexp_matches(m.label_zh,
    '^(解放思想|转变观念|统一思想|提高(思想)?认识|高度重视|充分认识|密切(协作|配合)|各司其职|狠抓落实|抓好(贯彻)?落实)|'
    '落实(好)?本(意见|方案|规划|通知|计划)')
), vague as (
  -- What a part on support asks of everybody (各地区、各部门要提高认识) is meant so.
  select h.measure, any_value(h.unit) as unit, list(h.body order by h.position, h.body) as bodies,
         flatten(list(h.links)) as evidence, min(h.confidence) as confidence,
         coalesce(any_value(a.n), 0) as n,
         case when any_value(a.n) is not null then 'low' else 'high' end as severity
  from holders h left join framed f on f.id = h.measure
  left join named a on a.measure = h.measure
  where f.after is distinct from true and h.measure not in (select id from exhorted)
  group by h.measure
  having count(*) filter (h.kind <> 'openBody' or h.body in (select body from evident)) = 0
     and count(*) filter (h.body not in (select body from areawide)) > 0
)
select list(measure order by measure) as subjects, bodies, severity, max(n) as n,
       flatten(list(evidence)) as evidence, min(confidence) as confidence
from vague group by unit, bodies, severity
