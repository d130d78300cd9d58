-- What several rules ask for. Plain SQL: joins and anti-joins, no recursion (`above` is closed).

-- Documents that give nobody tasks, as their titles say: an assessment names who assesses, and what founds
-- a coordination body who sits in it.
create table unjudged as
select id from documents
where regexp_matches(title,
  '(考核|考评|评分|计分)(评价|评估|工作|实施|管理)*(办法|细则|方案|标准|指标体系|表)(（[^）]*）)?$|'
  '(联席会议|领导小组|委员会|协调小组|指挥部|专班)[^，。]*(制度|规则|批复)(（[^）]*）)?(的批复)?$');

-- Nor are rules of conduct (条例, 管理办法) a plan, but each of their sentences says whom it binds.
create table unplanned as
select id from unjudged
union
select id from documents where regexp_matches(title, '(条例|办法|规定|规则|章程|细则)(（[^）]*）)?$');

create table duties as
select r.measure, r.body, r.role, r.id, coalesce(r.confidence, 1.0) as confidence, r.position,
       coalesce(b.kind, 'body') as kind, b.area,
       -- clauses of one heading share what is said at its end: they are told of together
       case when m.kind = 'taskGroup' then m.id else coalesce(m.parent, m.id) end as unit
from responsibilities r join measures m on m.id = r.measure  -- not those for a whole document
left join bodies b on b.id = r.body
where coalesce(m.document, '') not in (select id from unjudged);

-- a body once for each measure, in the order of the text
create table holders as
select measure, body, min(position) as position, any_value(kind) as kind, any_value(area) as area,
       any_value(unit) as unit, bool_or(role = 'lead') as leads,
       bool_or(role = 'responsible') as undertakes, min(confidence) as confidence,
       list(id order by id) as links
from duties group by measure, body;

-- all of the areas (各区人民政府, 县级以上地方人民政府, 市、县（区）人民政府), and beside them all departments (各部门), which
-- answer each for its own; 有关地区, 有关部门 could be any
create table areawide as
select id as body from bodies
where regexp_matches(label, '^(全[国省市州县区])?(地方)?'
  '各[^部单企机]*(政府|地区|地方|地|省份|省|市|州|县|区|旗|乡|镇|街道|园区)(（[^）]+）)?$|'
  '^(县级以上)?(地方|各级)+(人民)?政府$|^(所在地|属地|当地)?[省市州盟]、[市州县区旗级（）、]+(人民)?政府$|'
  '^(上游|下游|所在地|属地|当地)?[省市县区乡镇]级(人民)?政府$|^[省市州县区旗乡镇级（）、]{2,}两级$|^(国务院)?各(级政府)?(部门|单位)$|^政府和部门$');

-- Open bodies that leave nobody in doubt: a department called by its field (教育行政部门), those who sit in a
-- group that is named, whoever runs or uses the thing (运营单位), and all schools, firms or associations, which
-- act each for itself and of which no plan could make a list.
create table evident as
select id as body from bodies
where kind = 'openBody' and (
  regexp_matches(label, '^[^有相]*(院校|学校|高校|企业|协会|商会|学会)$|(领导小组|工作组|专班|联席会议)成员单位$|'
    '^[^有相各]{0,4}(运营|使用|提供|生产|经营|建设|施工|供水|供电|产权|用人)(单位|方|者)$')
  -- 各级环保部门: of one field, each at its level
  or (regexp_matches(label, '^(地方)?(各级|县级以上)(地方)?(人民政府)?[一-龥]{2,8}部门$') and not regexp_matches(label,
    '有关|相关|各部门|行业|职能|政府部门|直属|所属|成员|责任|牵头|配合|(级|以上|地方|政府)(业务|综合|主管|监管|行政|管理|执法)+部门$'))
  or (regexp_matches(label, '部门$') and not regexp_matches(label,
    '有关|相关|各|行业|职能|政府|直属|所属|成员|责任|牵头|配合|其他|中央|地方|级|'
    '^(国务院|全国|省|市|县|区|镇|乡|业务|综合)*(主管|监管|行政|管理|执法)*部门$')));

-- who acts for an element, by a duty of its own or of one above it
create table acting as
select distinct a.element as measure, d.body, d.role, d.kind
from above a join duties d on d.measure = a.ancestor;

-- what stands under a heading that frames the plan: how things are and principles before it, support after it
create table framed as
select a.element as id,
       bool_or(regexp_matches(g.label_zh,
         '^(总体要求|行动要求|总体思路|指导思想|基本原则|工作原则|主要目标|总体目标|工作目标|发展目标|发展布局|空间布局|规划背景|发展基础|发展现状|发展形势|面临形势|存在问题)'))
         as before,
       bool_or(regexp_matches(g.label_zh,
         '组织领导|组织协调|组织实施|组织保障|齐抓共管|保障措施|实施保障|保障支撑|支撑保障|强化保障|政策支持|政策保障|政策机制|政策落实|有关要求|工作要求|各方责任|工作合力'))
         as after
from above a join measures g on g.id = a.ancestor where g.kind = 'taskGroup' group by a.element;

-- a programme, action or arrangement under no task is a mention in passing
create table judged as
select m.id, m.kind, m.document, coalesce(m.confidence, 1.0) as confidence,
       d.states_bodies is distinct from false and u.id is null as names_bodies,
       coalesce(f.after, false) as support,
       case when m.kind = 'taskGroup' then m.id else coalesce(m.parent, m.id) end as unit
from measures m left join documents d on d.id = m.document left join framed f on f.id = m.id
left join unplanned u on u.id = m.document
where (m.kind in ('taskGroup', 'task', 'measure') or m.id in (select child from parents))
  and not coalesce(f.before, false) and coalesce(m.document, '') not in (select id from unjudged);

-- Measures for which the text tells who acts, though no link says so.
create table tended as
with placed as (
  select e.node, e.document, e.sentence, e.start, e."end" as stop,
         regexp_replace(coalesce(e.provision, ''), '专栏[^专]*$', '') as item
  from evidence e join judged j on j.id = e.node
), cared as (
  -- Who acts in one sentence acts on in the next (市商务局要做甲。做乙。) where nothing, as a bracket
  -- with other bodies, stands between.
  select n.document, n.sentence
  from placed k join placed n
    on n.document = k.document and n.sentence = k.sentence + 1 and n.start between k.stop and k.stop + 1
  where k.node in (select measure from duties)
  union  -- a part on support that sets up who is in charge: what else the sentence asks is for him to do
  select p.document, p.sentence
  from placed p join measures m on m.id = p.node join framed f on f.id = p.node
  where f.after and regexp_matches(m.label_zh,
    '^(成立|建立|组建|设立|调整|充实).*(领导小组|联席会议|协调小组|工作组|专班|指挥部)$')
)
select p.node as id from placed p join cared c using (document, sentence)
union  -- a numbered item that says who acts, in whatever paragraph; its box too
select p.node from placed p where p.item <> ''
  and (p.document, p.item) in (select k.document, k.item from placed k join duties d on d.measure = k.node);

-- Tasks in the introduction of a group whose parts have bodies: these carry out what it says. They stand
-- before the first part, or in a numbered item before the numbers below it.
create table introducing as
with held as (
  select a.ancestor as id from above a join duties d on d.measure = a.element
), opened as (
  select p.parent, min(e.start) as first
  from parents p join measures g on g.id = p.child and g.kind = 'taskGroup'
  join evidence e on e.node = g.id
  where g.id in (select id from held)
  group by p.parent
), numbered as (
  select e.node, e.document, e.provision, e.start from evidence e where coalesce(e.provision, '') <> ''
)
select p.child as id
from opened o join parents p on p.parent = o.parent
join measures m on m.id = p.child and m.kind <> 'taskGroup'
join evidence e on e.node = m.id
where e.start < o.first
union
select n.node
from numbered n join measures m on m.id = n.node and m.kind <> 'taskGroup'
join numbered b on b.document = n.document and b.start > n.start
 and n.provision = substr(b.provision, 1, length(n.provision)) and length(b.provision) > length(n.provision)
where b.node in (select id from held);

-- the duty that a measure belongs to: the nearest element, itself or above, that has bodies
create table belongs as
select m.id as measure, coalesce(min_by(a.ancestor, (a.distance, a.ancestor)), m.id) as duty
from measures m
left join (select a.* from above a semi join duties d on d.measure = a.ancestor) a
  on a.element = m.id
group by m.id;

-- Plans whose part on how they are carried out brings in a coordination body, or sets one up, for
-- everybody: its members are not listed. Where they are, those count who are.
create table overarched as
with steering as (
  select m.document, d.body
  from duties d join measures m on m.id = d.measure join framed f on f.id = m.id
  where d.kind = 'coordinationBody' and f.after
), seated as (
  select document from steering where body in (select coordination_body from members)
)
select document as id from steering where body not in (select coordination_body from members)
union
select document from measures  -- a mechanism named after nothing in particular, for no bracket of others
where document not in (select document from seated)
  and id in (select measure from belongs where duty = measure)
  and regexp_matches(label_zh, '^(成立|建立|健全|完善|组建|设立)+(统一|跨部门|跨区域|部门间|部际|省级|市级|上下|左右|横向|纵向|'
    '联动|协同|贯通|衔接|统筹|综合|推进|工作|的|、|和)*(专班|联席会议|领导小组|工作组|协调机制|协同机制|推进机制|会商机制)')
union
select m.document from measures m join framed f on f.id = m.id
where f.after and m.document not in (select document from seated)
  and regexp_matches(m.label_zh, '联席会议|领导小组|协调小组|工作组|专班|指挥部|协调机制|协同机制|(协同|联动|统筹)[^，]{0,6}推进(工作)?机制|会商');

-- two bodies that can coordinate: a channel, seats in one coordination body, or one sits in the other
create table linked as
select body_a, body_b from channels
union select body_b, body_a from channels
union select m.body, n.body from members m join members n using (coordination_body)
      where m.body <> n.body
union select body, coordination_body from members
union select coordination_body, body from members;

-- clauses that depend on each other, and the duties they belong to
create table ties as
select d.id, d.kind, d.source, d.target, coalesce(i.duty, d.source) as source_duty,
       coalesce(j.duty, d.target) as target_duty, coalesce(d.confidence, 1.0) as confidence
from dependencies d left join belongs i on i.measure = d.source
left join belongs j on j.measure = d.target
where coalesce(i.duty, d.source) <> coalesce(j.duty, d.target);

-- Goals of one sentence are one ("质量明显提升，合格率达到96%" says what, then how much), and so are those
-- of sentences that follow each other at once, as under the motto of a bullet ("数字经济上台阶。比重达到10%"),
-- which alone makes a sentence, has no year, and may have a few words of time or means behind it ("数字经济上台阶。
-- 到2030年，比重达到10%"): more than the stop, line ends and dash between bullets, less than a sentence.
create table kin as
with named as (
  select e.node, e.document, e.sentence, e.start, e."end" as stop,
         count(*) over (partition by e.document, e.sentence) = 1 and g.due_year is null as motto
  from evidence e join goals g on g.id = e.node
), placed as (
  select *, sentence = lag(sentence) over text
            or start between lag(stop) over text and lag(stop) over text + 1
            or (lag(motto) over text and sentence = lag(sentence) over text + 1
                and start between lag(stop) over text + 7 and lag(stop) over text + 60) as goes_on
  from named window text as (partition by document order by start, stop, node)
), bullets as (
  select node, document, count(*) filter (where goes_on is distinct from true)
           over (partition by document order by start, stop, node) as bullet
  from placed
)
select id as goal, id as mate from goals
union
select a.node, b.node from named a join named b using (document, sentence)
union
select a.node, b.node from bullets a join bullets b using (document, bullet);

-- Goals that are judged: not what a measure of the same sentence is for (打通壁垒，实现综合利用), nor
-- what the words before the first numbered heading say of the time.
create table aims as
with said as (
  select g.id, e.document, e.sentence, e.start, coalesce(e.provision, '') as provision
  from goals g join evidence e on e.node = g.id
), ends as (
  select s.id from said s join evidence e on e.document = s.document and e.sentence = s.sentence
  where e.start < s.start and e.node in (select id from measures)
), prefaced as (
  select id from said
  where document in (select document from said where provision <> '')
  group by id having bool_and(provision = '')
)
select id, label_zh from goals
where id not in (select id from ends) and id not in (select id from prefaced)
  and coalesce(document, '') not in (select id from unjudged);

create table ranks as
select * from (values ('central', 0), ('province', 1), ('prefecture', 2), ('county', 3),
                      ('township', 4)) as known(level, rank);

-- a plan, one that it carries out, and how many levels that one stands above it
create table below as
select distinct i.lower, i.upper, l.rank - u.rank as steps
from implementing i join documents ld on ld.id = i.lower join documents ud on ud.id = i.upper
join ranks l on l.level = ld.level join ranks u on u.level = ud.level
where i.lower <> i.upper;

-- what serves a goal; below zero it hinders
create table serving as select * from contributions where coalesce(strength, 1) > 0;

-- elements in conflict: told with a strength, or by the direct property alone, which weighs what
-- kg.rdf gives a conflict that a text states (-2, "counteracting")
create table clashes as
select id, measure as one, goal as other, strength, coalesce(confidence, 1.0) as confidence
from contributions where strength <= -1
union all
select null, one, other, -2, 1.0 from conflicts c
where not exists (select 1 from contributions x where x.strength <= -1 and
  ((x.measure = c.one and x.goal = c.other) or (x.measure = c.other and x.goal = c.one)));

-- What goals, measures and targets name: four characters running that tell of a thing. A measure that
-- names what a goal names may serve it, a target may measure it, whether or not a link was read. Words of change tell
-- nothing (水平显著提升); what the title names, the plan as a whole is about (`topic`).
create view naming as
with named as (
  select id, document, label_zh as words, 'goal' as side from goals
  union all
  select j.id, j.document, m.label_zh, 'measure'
  from judged j join measures m on m.id = j.id where not j.support
  union all
  select id, document, label_zh, 'target' from targets
), runs as (
  select distinct id, document, side, substr(words, i, 4) as run
  from (select *, unnest(range(1, length(words) - 2)) as i from named)
)
select r.*, contains(coalesce(d.title, ''), r.run) as topic
from runs r left join documents d on d.id = r.document
where regexp_matches(r.run, '^[一-龥]{4}$')
  and not regexp_matches(r.run,
    '显著|明显|不断|提升|提高|增强|加强|推进|推动|促进|发展|建设|水平|能力|实现|形成|达到|完善|健全|基本|全面');

-- measures that have bodies, and those that serve a goal: themselves, above or below
create table bodied as
select a.element as id from above a join duties d on d.measure = a.ancestor
union select a.ancestor from above a join duties d on d.measure = a.element
union select a.element from above a join tended t on t.id = a.ancestor
union select a.ancestor from above a join tended t on t.id = a.element;

create table aimed as
select a.element as id from above a join serving s on s.measure = a.ancestor
union select a.ancestor from above a join serving s on s.measure = a.element;

-- Plans that do not say item by item who acts (two in three have a body), or what for (nine in ten serve a
-- goal): what one leaves out there is its way of writing and no gap. Of a few measures nobody can tell.
create table sparing as
select 'G01' as rule, j.document as id
from judged j left join bodied b on b.id = j.id
group by j.document having count(*) >= 20 and count(b.id) * 3 < count(*) * 2
union all
select 'G09', j.document
from judged j left join aimed b on b.id = j.id where not j.support
group by j.document having count(*) >= 20 and count(b.id) * 10 < count(*) * 9;

-- Goals that can be checked without a figure: that something definite stands, is done or joined, that
-- nothing is left out, or that a matter is handled in a certain way (“一网通办”), or up to a standard that is named.
create table checkable as
select id from goals where regexp_matches(coalesce(label_zh, ''),
  '建成.*(平台|中心|系统|节点|网络|中台|目录|数据库|试验区|基础设施)$|全面部署$|全覆盖|全面挂牌|应.尽.|清零|全部|'
  '^(基本|全面|如期)*完成|[^未]完成[^，]*(核发|改造|整合|整治|任务)$|^纳入|常态化$|翻[一两]?番|提前.{1,2}年|'
  '达到[^，]{0,8}(标准|[A-Z类级])(以上)?$|消除[^，]{0,6}[类级][^，]{0,6}$|“[^”]+(办|办理|办结)”$|“[^”]+”办[理结]$');

-- Goals that a target measures: a link says so, or it is linked to none and stands in their sentence or begins
-- the next.
create table measured as
select q.goal as id from quantifying q
union
select g.node
from evidence g join goals a on a.id = g.node
join evidence t on t.document = g.document
 and t.node in (select id from targets where id not in (select target from quantifying))
 and (t.sentence = g.sentence or (t.sentence = g.sentence + 1 and t.start between g."end" and g."end" + 30));

-- Elements near which there is nothing of what a rule asks for: a body or a goal on the element,
-- above or below it (G01, G09); a measure or a target for the goal, its sentence or a part (G08, G10).
create view bare as
with served as (
  select a.ancestor as id
  from serving s join kin k on k.goal = s.goal join above a on a.element = k.mate
), known as (
  select a.ancestor as id
  from (select id from measured union select id from checkable) m
  join kin k on k.goal = m.id join above a on a.element = k.mate
)
select 'G01' as rule, id from judged
where names_bodies and id not in (select id from bodied)
  and id not in (select id from introducing)
  and coalesce(document, '') not in (select id from sparing where rule = 'G01')
union all
select 'G09', id from judged
where not support and id not in (select id from aimed) and id not in (select id from introducing)
  and (document is null or document in (select document from goals))
  and coalesce(document, '') not in (select id from sparing where rule = 'G09')
union all
select 'G08', id from aims where id not in (select id from served)
union all
select 'G10', id from aims where id not in (select id from known);

-- the highest of them, and how many there are below each
create view highest as
select b.rule, b.id, count(*) - 1 as below
from bare b join above a on a.ancestor = b.id join bare k on k.rule = b.rule and k.id = a.element
where not exists (select 1 from parents p join bare q on q.id = p.parent
                  where p.child = b.id and q.rule = b.rule)
group by b.rule, b.id;

-- one row for each sentence of a rule's highest goals
create view sentences as
select h.rule, k.goal, min(k.mate) as sentence
from highest h join kin k on k.goal = h.id join highest m on m.rule = h.rule and m.id = k.mate
group by h.rule, k.goal;
