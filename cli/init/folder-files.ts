import type { Draft } from './draft.js';

/** Files of a folder, by name. */
export type FolderFiles = Readonly<Record<string, string>>;

/** Files beside a drafted declaration: a README that says how to go on, and a test. */
export function declaredFiles(draft: Draft, declaration: string): FolderFiles {
  const file = `${draft.subgraph}.yaml`;
  return { [file]: declaration, 'README.md': readme(draft, file), [`${draft.subgraph}.test.mjs`]: test(file) };
}

function readme({ subgraph, database, service, types, omitted }: Draft, file: string): string {
  const left = [
    ...omitted,
    ...types.flatMap((type) => type.omitted.map((each) => ({ ...each, name: `${type.table}.${each.name}` }))),
  ];
  const rows =
    service !== undefined
      ? `数据由原服务提供：请先在平台登记数据源 \`${service}\`（地址和凭据只在平台登记，不写入任何文件）。`
      : database === undefined
        ? '数据由平台托管：发布后上传 CSV、XLSX 或 NDJSON 文件，列名用数据项的中文名、英文名或者原列名均可。'
        : `数据留在原数据库：请先在平台登记数据源 \`${database}\`（只读账号；地址、账号和口令只在平台登记，不写入任何文件）。`;
  return `# ${subgraph}

\`${file}\` 声明本部门共享的数据资源。平台按它提供服务，无需编写代码。${rows}

1. 逐项核对 \`${file}\`。共享类型都只是建议：同意的删去 \`proposed: true\`，不同意的先改再删。资源代码改为目录中的代码。
2. 核对英文名称。首次发布以后不再更改。
3. \`npx sharehub check ${file}\` 列出尚未确认或者有误之处；全部解决后退出码为 0。
4. \`npx sharehub publish ${file}\` 提交；由另一人审核发布。

\`node --test\` 检查声明是否有效（允许尚未确认的建议）。
${left.length === 0 ? '' : `\n## ${service === undefined ? '未列入的表和列' : '未列入的操作和成员'}\n\n${left.map(({ name, reason }) => `- ${markdown(name)}：${markdown(reason)}`).join('\n')}\n`}`;
}

const test = (file: string): string => `import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

test('the declaration can be read, proposals included', () => {
  const { status, stdout, stderr } = spawnSync('npx', ['sharehub', 'check', ${JSON.stringify(file)}, '--proposals'], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  assert.equal(status, 0, stdout + stderr);
});
`;

/** A name of the source as text in Markdown. */
const markdown = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').replace(/[\\`*_{}[\]<>()#+!|~-]/g, (mark) => `\\${mark}`);
