// Words and facts of the query page, each once: zh first, then en.
export const facts = JSON.parse(document.getElementById("facts").textContent);

const WORDS = {
  running: ["运行中… {s} 秒", "Running… {s} s"],
  cancelled: ["已取消（运行了 {s} 秒）", "Cancelled after {s} s"],
  rows: ["{n} 行，{s} 秒", "{n} rows, {s} s"],
  triples: ["{n} 条三元组，{s} 秒", "{n} triples, {s} s"],
  answer: ["{s} 秒", "{s} s"],
  yes: ["是", "Yes"],
  no: ["否", "No"],
  none: ["没有结果。", "No rows."],
  table: ["表格", "Table"],
  graph: ["图", "Graph"],
  raw: ["原文", "Text"],
  download: ["下载", "Download"],
  downloading: ["正在下载 {name}…", "Downloading {name}…"],
  downloaded: ["已下载 {name}", "{name} downloaded"],
  page: ["第 {from}–{to} 行，共 {n} 行", "Rows {from}–{to} of {n}"],
  earlier: ["上一页", "Previous"],
  later: ["下一页", "Next"],
  perPage: ["每页", "per page"],
  subject: ["主语", "subject"],
  property: ["谓语", "property"],
  object: ["宾语", "object"],
  place: ["第 {line} 行第 {column} 列", "line {line}, column {column}"],
  here: ["◂ 到此处读不下去", "◂ cannot be read from here"],
  undeclaredHere: ["◂ 前缀 {name}: 没有声明", "◂ {name}: is not declared"],
  declare: ["补上 PREFIX {name}", "Add PREFIX {name}"],
  undeclared: ["前缀 {names} 没有声明。", "Not declared: {names}."],
  retry: ["请在 {s} 秒后再试。", "Try again in {s} s."],
  unreachable: ["连不上服务：{why}", "The service cannot be reached: {why}"],
  tooLong: ["结果超过 {mb} MB，未在页面显示；请加 LIMIT，或直接下载。", "The result is over {mb} MB and is not shown; add a LIMIT, or download it."],
  broken: ["结果未传完就断开，未显示。", "The result broke off and is not shown."],
  update: ["此页只查询，不更新；写入请用 POST /update。", "This page only asks; to write, send POST /update."],
  noText: ["请先写一个查询。", "Write a query first."],
  linkCopied: ["链接已复制", "Link copied"],
  linkShown: ["链接已在地址栏", "The link is in the address bar"],
  start: ["入门", "To begin with"],
  question: ["能力问题 {n}", "competency question {n}"],
  noSaved: ["没有匹配的查询。", "No query matches."],
  noHistory: ["还没有运行过查询。", "No query has been run yet."],
  about: ["查询对象", "Asked about"],
  classes: ["类", "class"],
  properties: ["属性", "property"],
  graphs: ["命名图", "named graph"],
  variables: ["变量", "variable"],
  keywords: ["关键词", "keyword"],
  prefixes: ["前缀", "prefix"],
  drawing: ["正在画图…", "Drawing…"],
  drawn: ["{n} 个节点，{m} 条连线。单击看名称与关系，拖动平移，滚轮缩放。", "{n} things, {m} links. Click for names and relations, drag to move, scroll to zoom."],
  values: ["另有 {n} 个文字值不画，见表格。", "{n} values that are no things are in the table."],
  cut: ["只画前 {limit} 个，另有 {left} 个未画。", "Only the first {limit} are drawn; {left} more are not."],
  nothingToDraw: ["结果里没有可画的事物。", "There is nothing to draw."],
  allOf: ["全部陈述", "All that is said of it"],
  picture: ["关系图", "Graph"],
  png: ["PNG 图片", "PNG picture"],
  sort: ["按此列排序", "Sort by this column"],
};

const column = facts.lang === "en" ? 1 : 0;
export const t = (name, values = {}) => WORDS[name][column].replace(/\{(\w+)\}/g, (_, key) => values[key]);
export const label = (pair) => (facts.lang === "en" ? pair.en || pair.zh : pair.zh);
export const number = (value) => value.toLocaleString("en");

// prefix:local where that can stand in a query as it is, else <iri>
const LOCAL = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?$/;
export function written(iri) {
  for (const [prefix, space] of Object.entries(facts.prefixes)) {
    if (iri.startsWith(space) && LOCAL.test(iri.slice(space.length))) return `${prefix}:${iri.slice(space.length)}`;
  }
  return `<${iri}>`;
}

export function shortened(iri) {
  const found = Object.entries(facts.prefixes).find(([, space]) => iri.startsWith(space) && iri.length > space.length);
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
}
