import { isIdentifier } from '../../shared/declaration/index.js';
import type { Draft, DraftItem, DraftType } from './draft.js';
import type { ProposedShare } from './propose-share.js';
import { serviceLines } from './service-text.js';
import type { Omitted } from './sources/source-table.js';
import { comment, quoted, scalar } from './yaml-text.js';

/** Writes a draft as YAML, with its reasons as comments. Texts of the source (names, comments) are quoted wherever they are
 *  more than plain words, and a comment never spans lines. */
export function declarationText(draft: Draft): string {
  return [
    '# 由 sharehub init 起草，尚未生效。请逐项核对共享类型：同意的删去 `proposed: true`，不同意的先改再删；',
    '# 全部确认前，check 和 publish 都会拒绝（SHARE_NOT_CONFIRMED）。名称在首次发布后不再更改。',
    'version: 1',
    `subgraph: ${scalar(draft.subgraph)}`,
    `department: ${scalar(draft.department)} # 本部门在名录中的代码`,
    ...omittedLines(draft.omitted, draft.service === undefined ? '未列入的表' : '未列入的操作'),
    'types:',
    ...draft.types.flatMap((type) => typeLines(type, draft)),
    '',
  ].join('\n');
}

function typeLines(type: DraftType, { database, service }: Draft): string[] {
  const flow = (pairs: Readonly<Record<string, readonly string[]>>) =>
    `{ ${Object.entries(pairs)
      .map(([name, items]) => `${name}: [${items.join(', ')}]`)
      .join(', ')} }`;
  const person = type.items.find(({ subject }) => subject === 'PERSON');
  return [
    `  ${type.name}:`,
    `    title: ${scalar(type.title)}`,
    `    resource: { code: ${type.code} } # 请改为目录中的代码（类项目细目/序号）；可加 library、category、updateCycle`,
    '    # 建议: 有条件共享，因为未经确认的数据项不应无条件共享；没有另写 share 的数据项都按此处',
    '    share: { type: CONDITIONAL, condition: 依申请, proposed: true }',
    ...(service !== undefined && type.service
      ? serviceLines(service, type.service)
      : database === undefined
        ? ['    from: { hosted: {} }']
        : [
            `    from: { database: ${database}, table: ${scalar(type.table)} } # 数据源 ${database} 须先在平台登记；口令不写在这里`,
          ]),
    ...(type.keyRemark === undefined ? [] : [`    # ${comment(type.keyRemark)}`]),
    `    keys: [${type.keys.map((key) => `[${key.join(', ')}]`).join(', ')}]`,
    ...omittedLines(type.omitted, service === undefined ? '未列入的列' : '未列入的成员', '    '),
    '    items:',
    ...type.items.flatMap((item) => itemLines(item, database !== undefined || service !== undefined)),
    ...(type.list ? [`    lists: ${flow({ [type.list.name]: type.list.filters })}`] : []),
    `    lookups: ${flow({ [type.lookup.name]: type.lookup.key })}`,
    ...(type.relations.length > 0 ? ['    relations:'] : []),
    ...type.relations.map(({ name, title, type: to, key }) => {
      const pairs = Object.entries(key).map(([theirs, own]) => `${theirs}: ${own}`);
      return `      ${name}: { type: ${to}, key: { ${pairs.join(', ')} }, title: ${scalar(title)} }`;
    }),
    ...(person && type.relations.length === 0
      ? [
          '    # 可与公安的人口库关联：',
          `    # relations: { resident: { type: Resident, key: { idNumber: ${person.name} }, title: 居民 } }`,
        ]
      : []),
  ];
}

function itemLines(item: DraftItem, inDatabase: boolean): string[] {
  const { share } = item;
  const parts = [
    `title: ${scalar(item.title)}`,
    ...(item.type === 'String' ? [] : [`type: ${item.type}`]),
    ...(item.at === undefined ? columnOf(item, inDatabase) : [`at: ${JSON.stringify(item.at)}`]),
    ...(item.required ? ['required: true'] : []),
    ...(item.format === undefined ? [] : [`format: ${item.format}`]),
    ...(item.values
      ? [`values: [${item.values.map((code) => `{ code: ${quoted(code)}, title: ${quoted(code)} }`).join(', ')}]`]
      : []),
    ...(item.subject === undefined ? [] : [`subject: ${item.subject}`]),
    ...(item.scope === undefined ? [] : [`scope: ${item.scope}`]),
    ...(share?.mask === undefined ? [] : [`mask: ${share.mask}`]),
    ...(share?.verifiable ? ['verifiable: true'] : []),
  ];
  return [
    ...item.remarks.map((remark) => `      # 注意: ${comment(remark)}`),
    ...(share ? [`      # 建议: ${SHARE_WORDS[share.type]}，因为${comment(share.reason)}`] : []),
    `      ${item.name}: { ${[...parts, ...(share ? [`share: ${shareText(share)}`] : [])].join(', ')} }`,
  ];
}

/** Column of a database, or heading of a file: a title is a heading already, and a heading may be more than a name is. */
const columnOf = ({ column, name, title }: DraftItem, inDatabase: boolean): string[] =>
  column === name || (!inDatabase && column === title)
    ? []
    : [isIdentifier(column) ? `column: ${scalar(column)}` : `headings: [${quoted(column)}]`];

const SHARE_WORDS = { CONDITIONAL: '有条件共享', NOT_SHARED: '不予共享' } as const;

const shareText = ({ type, condition, basis }: ProposedShare): string =>
  `{ ${[
    `type: ${type}`,
    ...(condition === undefined ? [] : [`condition: ${condition}`]),
    ...(basis ? [`basis: [${basis.join(', ')}]`] : []),
    'proposed: true',
  ].join(', ')} }`;

const omittedLines = (omitted: readonly Omitted[], what: string, indent = ''): string[] =>
  omitted.map(({ name, reason }) => `${indent}# ${what} ${comment(name)}：${comment(reason)}`);
