with evaluated as (
  select subject as id from evaluations
  union select m.document from evaluations e join measures m on m.id in (e.arrangement, e.subject)
  union select g.document from evaluations e join goals g on g.id = e.subject
  union  -- 对实施情况开展评估 is of the plan; 督促企业落实主体责任, 执行服务质量评价办法 are of others
  select document from measures where regexp_matches(label_zh,
    '督促(检查|指导|推动)?((任务|工作|方案|各项)+的?)?落实|跟踪进展|(工作|任务|方案|规划)的?(督促|督查|督察|督导|督办|考核|评估)|'
    '(实施|落实|执行|推进|完成|开展)情况[^，]{0,10}(督促|督查|督察|督导|督办|跟踪|检查|考核|评估|评价)|'
    '(督查|督察|督导|督办|跟踪|检查|考核|评估|评价)[^，]{0,12}(实施|落实|执行|推进|进展)情况|'
    '(列入|纳入)[^，]{0,40}(考核|督查|督察|评价)(内容|体系|范围|指标|事项)?$')
), watched as (
  select m.document, count(distinct m.id) as n
  from measures m join acting a on a.measure = m.id
  where a.role = 'supervisor' group by m.document
), size as (
  select document, count(*) as n from judged group by document
)
-- a supervisor of a few measures does not make a loop for the whole
select [s.document] as subjects, 'low' as severity, 1.0 as confidence, coalesce(w.n, 0) as n
from size s join documents d on d.id = s.document left join watched w on w.document = s.document
where coalesce(w.n, 0) * 2 < s.n
  and s.document not in (select id from evaluated where id is not null)
