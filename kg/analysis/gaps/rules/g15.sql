with crowd as (
  select measure, any_value(unit) as unit, list(body order by position, body) as bodies,
         flatten(list(links)) as evidence, count(*) as n, min(confidence) as confidence
  from holders where kind not in ('openBody', 'coordinationBody')
  group by measure having count(*) >= $gap_crowd
), steered as (  -- a coordination body acts on it, above or below it
  select measure as id from acting where kind = 'coordinationBody'
  union
  select a.ancestor from above a join duties d on d.measure = a.element
  where d.kind = 'coordinationBody'
), arranged as (  -- a channel made for it, or an arrangement under it that brings bodies together
  select subject as id from covering
  union
  select a.element from covering c join above a on a.ancestor = c.subject
  union
  select a.ancestor from above a where a.element in
    (select coordinator from coordinating union select via from channels where via is not null
     union select id from measures
     where regexp_matches(label_zh, '联席会议|领导小组|专班|指挥部|协调机制|协同机制|会商'))
), seats as (  -- who is brought together by one and the same coordinator
  select coordination_body as hub, body from members
  union select coordinator, body from coordinating
  union select via, body_a from channels where via is not null
  union select via, body_b from channels where via is not null
), gathered as (
  select c.measure as id, s.hub
  from crowd c join duties d on d.measure = c.measure join seats s on s.body = d.body
  where d.kind not in ('openBody', 'coordinationBody')
  group by c.measure, s.hub, c.n having count(distinct d.body) = c.n
)
select list(measure order by measure) as subjects, bodies, n, min(confidence) as confidence,
       flatten(list(evidence)) as evidence,
       case when n >= $gap_crowd_high then 'high' else 'medium' end as severity
from crowd
where measure not in (
  select id from steered union select id from arranged union select id from gathered)
  and measure not in (select m.id from measures m join overarched o on o.id = m.document)
  -- a mechanism between departments that is named after what the title names is there for all
  and measure not in (
    select m.id from measures m join measures k on k.document = m.document join naming n on n.id = k.id
    where n.topic and regexp_matches(k.label_zh, '(跨部门|部门间|部际)[^，]*(协调|协同|会商|联动)[^，]*机制$'))
group by unit, bodies, n
