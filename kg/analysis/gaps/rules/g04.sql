with named as (select distinct measure from acting where kind <> 'openBody'),
vague as (
  -- What a part on how the plan is carried out asks of everybody (各地区、各部门要提高认识) is meant so.
  -- All of the areas (各区人民政府) answer each for its own; 有关地区 could be any.
  select h.measure, any_value(h.unit) as unit, list(h.body order by h.position, h.body) as bodies,
         flatten(list(h.links)) as evidence, min(h.confidence) as confidence,
         case when h.measure in (select measure from named)
                or bool_and(regexp_matches(b.label,
                     '^(地方)?各[^部单企机]*(政府|地区|地方|地|省|市|州|县|区|旗|乡|镇|街道)$'))
              then 'low' else 'high' end as severity
  from holders h join bodies b on b.id = h.body left join framed f on f.id = h.measure
  where f.after is distinct from true
  group by h.measure having count(*) filter (h.kind <> 'openBody') = 0
)
select list(measure order by measure) as subjects, bodies, severity,
       flatten(list(evidence)) as evidence, min(confidence) as confidence
from vague group by unit, bodies, severity
