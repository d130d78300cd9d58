with timed as (  -- 五年内 of a document without a date, 每年: a time all the same
  select id from goals where due_year is not null or deadline is not null
  union all
  select id from measures where due_year is not null or deadline is not null
), due as (
  select distinct q.target
  from quantifying q join above a on a.element = q.goal join timed g on g.id = a.ancestor
), told as (  -- in full elsewhere, as in the table of indicators
  select distinct t.id from targets t join targets k
    on k.document = t.document and k.value = t.value and k.unit = t.unit and k.due_year is not null
   and (contains(k.indicator, t.indicator) or contains(t.indicator, k.indicator))
), dated as (  -- a year holds for what follows it in its sentence
  select distinct t.id from targets t join evidence e on e.node = t.id
  join evidence k on k.document = e.document and k.sentence = e.sentence and k.start < e.start
  where k.node in (select id from targets where due_year is not null
                   union select id from timed)
), checked as (
  -- what is written, if not read (1至2家, 500家…企业), is not lacking
  select t.id, coalesce(t.confidence, 1.0) as confidence, concat_ws(' ',
    case when t.indicator is null and not regexp_matches(coalesce(t.label_zh, ''), '[一-龥]{6}')
      then 'indicator' end,
    case when t.value is null and not regexp_matches(coalesce(t.label_zh, ''), '[0-9]')
      then 'value' end,
    case when t.unit is null
      and not regexp_matches(coalesce(t.indicator, ''), '(指数|系数|比值|效用值)$|[PW]UE')
      and not regexp_matches(coalesce(t.label_zh, ''), '[0-9] ?[A-Za-z级]') then 'unit' end,
    case when t.due_year is null and d.target is null and k.id is null and y.id is null
      and not regexp_matches(coalesce(t.label_zh, ''), '每[半两三]?年|逐年|年均|同比|常年|全年|当年|本年')
      -- a plan of one year (2026年行动计划) or of five (“十五五”规划) says in its title which
      and not regexp_matches(coalesce(p.title, ''),
        '(^|[^—－~至0-9-])20[0-9]{2} ?年|十[一二三四五六七八九]五|第十[一二三四五六七八九]个五年') then 'year' end) as lacking
  from targets t left join due d on d.target = t.id left join documents p on p.id = t.document
  left join told k on k.id = t.id left join dated y on y.id = t.id
  where coalesce(t.document, '') not in (select id from unjudged)
)
select [id] as subjects, string_split(lacking, ' ') as what, confidence,
       case when lacking like '% %' then 'high' else 'medium' end as severity
from checked where lacking <> ''
