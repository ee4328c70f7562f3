import type { Draft, DraftItem, DraftType } from './draft.js';
import type { FolderFiles } from './folder-files.js';
import type { ProposedShare } from './propose-share.js';

/** A subgraph of the kit's classes for who wants to write the queries themselves: what the draft says as code, a start and
 *  a test. Texts of the source stand in it as string literals only. */
export function codeFiles(draft: Draft): FolderFiles {
  const name = draft.subgraph;
  return {
    'package.json': `${JSON.stringify(manifest(name), null, 2)}\n`,
    'tsconfig.json': `${JSON.stringify({ extends: '@sharehub/kit/tsconfig.json', compilerOptions: { types: ['node'] } }, null, 2)}\n`,
    'subgraph.ts': subgraph(draft),
    'start.ts': START,
    'subgraph.test.ts': test(draft.types[0]!),
    'README.md': readme(draft),
  };
}

const manifest = (name: string) => ({
  ...{ name, private: true, type: 'module' },
  scripts: { build: 'tsc', test: 'tsc && node --test', start: 'tsc && node start.js' },
});

function subgraph({ subgraph: name, department, types }: Draft): string {
  const roots = types.map(({ lookup }) => `${lookup.name}: allow`).join(', ');
  const classes = types.map((type) => typeText(type, department)).join('\n');
  const used = (names: readonly string[], mark: string) =>
    names.filter((each) => classes.includes(mark + each)).join(', ');
  return `import { allow, ${used(['Filters', 'Key', 'Mask', 'Resource', 'Share', 'Subject'], '@')} } from '@sharehub/kit';
import { Arg, Field, ${used(['Float', 'ID', 'Int'], '=> ')}, ObjectType, Query, Resolver } from 'type-graphql';

// 共享类型都是建议，请逐项核对；资源代码改为目录中的代码。查询方法请改为读取本部门的数据。
${classes}
export const subgraph = {
  name: ${text(name)},
  resolvers: [${types.map((type) => `${type.name}Resolver`).join(', ')}] as const,
  types: [${types.map((type) => type.name).join(', ')}],
  permissions: { Query: { ${roots} } },
};
`.replace(', ,', ',');
}

function typeText(type: DraftType, department: string): string {
  const { name, lookup } = type;
  const items = lookup.key.map((key) => type.items.find((item) => item.name === key)!);
  const parameters = items.map(
    (item) =>
      `    @Filters('${name}.${item.name}') @Arg('${item.name}', () => ${scalarOf(item, type)}) ${item.name}: ${typeScript(item)},`,
  );
  const match = items.map((item) => `row.${item.name} === ${item.name}`).join(' && ');
  return `
@Resource({ code: '${type.code}', name: ${text(type.title)}, provider: ${text(department)} })
@Share('CONDITIONAL', { condition: '依申请' })
${type.keys.map((key) => `@Key('${key.join(' ')}')`).join('\n')}
@ObjectType()
export class ${name} {
${type.items.map((item) => itemText(item, type)).join('\n')}
}

/** Rows that are served; a test fills them. */
export const ${lookup.name}Rows: ${name}[] = [];

@Resolver()
export class ${name}Resolver {
  @Share('CONDITIONAL', { condition: '依申请' })
  @Query(() => ${name}, { nullable: true })
  ${lookup.name}(
${parameters.join('\n')}
  ): ${name} | null {
    return ${lookup.name}Rows.find((row) => ${match}) ?? null;
  }
}
`;
}

function itemText(item: DraftItem, type: DraftType): string {
  const isKey = type.keys[0]!.includes(item.name);
  const { share, subject } = item;
  const decorators = [
    ...(share ? [shareText(share)] : []),
    ...(share?.mask ? [`@Mask('${share.mask}')`] : []),
    ...(subject ? [`@Subject('${subject}')`] : []),
    `@Field(() => ${scalarOf(item, type)}, { ${isKey ? '' : 'nullable: true, '}description: ${text(item.title)} })`,
  ];
  const why = share
    ? `  // 建议: ${share.type === 'NOT_SHARED' ? '不予共享' : '有条件共享'}，因为${share.reason}\n`
    : '';
  return `${why}  ${decorators.join(' ')} ${item.name}${isKey ? '!' : '?'}: ${typeScript(item)}${isKey ? '' : ' | null'};`;
}

const shareText = ({ type, condition, basis }: ProposedShare): string =>
  `@Share('${type}', { ${[
    ...(condition === undefined ? [] : [`condition: ${text(condition)}`]),
    ...(basis ? [`basis: [${basis.map(text).join(', ')}]`] : []),
  ].join(', ')} })`;

/** Text in a key is an ID. */
const scalarOf = ({ name, type: scalar }: DraftItem, { keys }: DraftType): string =>
  scalar === 'String' && keys.flat().includes(name) ? 'ID' : SCALARS[scalar];

/** Exact numbers and days travel as text. */
const SCALARS = {
  ...{ String: 'String', ID: 'ID', Int: 'Int', Float: 'Float', Boolean: 'Boolean' },
  ...{ Decimal: 'String', Date: 'String', DateTime: 'String' },
} as const satisfies Record<DraftItem['type'], string>;
const typeScript = ({ type }: DraftItem): string =>
  type === 'Int' || type === 'Float' ? 'number' : type === 'Boolean' ? 'boolean' : 'string';

const START = `import { env } from 'node:process';
import { createSubgraph, readSubgraphKey } from '@sharehub/kit';
import { subgraph } from './subgraph.js';

const key = readSubgraphKey(env['SUBGRAPH_KEY']);
console.log((await createSubgraph({ ...subgraph, key, port: Number(env['PORT'] ?? 4200) })).url);
`;

function test({ name, lookup, items }: DraftType): string {
  const keys = lookup.key.map((key) => items.find((item) => item.name === key)!);
  const values = keys.map((item) => `${item.name}: ${item.type === 'Int' ? '1' : "'1'"}`).join(', ');
  const literal = keys.map((item) => `${item.name}: ${item.type === 'Int' ? '1' : '"1"'}`).join(', ');
  return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestSubgraph } from '@sharehub/kit/testing';
import { ${lookup.name}Rows, ${name}, subgraph } from './subgraph.js';

test('the subgraph gives a record to the hub, and nothing to a stranger', async () => {
  ${lookup.name}Rows.push(Object.assign(new ${name}(), { ${values} }));
  const running = await startTestSubgraph(subgraph);
  try {
    const question = '{ ${lookup.name}(${literal}) { ${keys[0]!.name} } }';
    const { data } = await running.ask(question);
    assert.equal(String(data.${lookup.name}.${keys[0]!.name}), '1');
    const stranger = await running.ask(question, { token: 'none' });
    assert.equal(stranger.status, 401);
  } finally {
    await running.stop();
  }
});
`;
}

const readme = ({ subgraph: name }: Draft): string => `# ${name}

本部门的子图，用 \`@sharehub/kit\` 的类编写。

1. \`npm install @sharehub/kit @sharehub/cli type-graphql typescript @types/node\`
2. 核对 \`subgraph.ts\`：共享类型、资源代码、中文名；查询方法改为读取本部门的数据。
3. \`npm test\`
4. \`SUBGRAPH_KEY=… npm start\`，再用 \`npx sharehub check --url http://127.0.0.1:4200/graphql --subgraph ${name} --key-file …\` 试运行。
5. 名称在首次发布以后不再更改。
`;

/** A string literal in one line. */
const text = (value: string): string => JSON.stringify(value.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' '));
