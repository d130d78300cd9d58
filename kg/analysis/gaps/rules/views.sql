-- What several rules ask for. Plain SQL: joins and anti-joins, no recursion (`above` is closed).
create table duties as
select r.measure, r.body, r.role, r.id, coalesce(r.confidence, 1.0) as confidence, r.position,
       coalesce(b.kind, 'body') as kind, b.area
from responsibilities r left join bodies b on b.id = r.body;

-- who acts for an element, by a duty of its own or of one above it
create table acting as
select distinct a.element as measure, d.body, d.role, d.kind
from above a join duties d on d.measure = a.ancestor;

-- a programme, action or arrangement under no task is a mention in passing
create table judged as
select m.id, m.kind, m.document, m.parent, coalesce(m.confidence, 1.0) as confidence,
       d.states_bodies is distinct from false as names_bodies
from measures m left join documents d on d.id = m.document
where m.kind in ('taskGroup', 'task', 'measure') or m.id in (select child from parents);

-- two bodies that can coordinate: a channel, seats in one coordination body, or one sits in the other
create table linked as
select body_a, body_b from channels
union select body_b, body_a from channels
union select m.body, n.body from members m join members n using (coordination_body)
      where m.body <> n.body
union select body, coordination_body from members
union select coordination_body, body from members;

-- a pair of measures once, whatever kinds of dependency there are between them
create table pairs as
select arg_min(source, id) as source, arg_min(target, id) as target, list(id order by id) as links,
       max(coalesce(confidence, 1.0)) as confidence
from dependencies where source <> target
group by least(source, target), greatest(source, target);
