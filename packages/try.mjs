// Installs the packages into an empty folder, as a department does that has no checkout of the hub; writes a subgraph of ten
// lines there, starts it, and tries it with `sharehub check`.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'sharehub-provider-'));
const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
const key = randomBytes(32).toString('base64url');
const bin = (name) => join(folder, 'node_modules', '.bin', name);

const SUBGRAPH = `import { allow, Key, Mask, Resource, Share } from '@sharehub/kit';
import { Arg, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
@Resource({ code: '101009/000001', name: '就诊记录', provider: 'health' }) @Share('UNCONDITIONAL') @Key('number') @ObjectType()
class Visit { @Field(() => ID) number!: string;
  @Mask('ADDRESS') @Field(() => String, { nullable: true }) address?: string }
@Resolver()
class Visits { @Share('UNCONDITIONAL') @Query(() => Visit, { nullable: true })
  visit(@Arg('number', () => ID) number: string): Visit { return { number, address: '浙江省杭州市西湖区文三路1号' }; } }
export const clinic = { name: 'clinic', resolvers: [Visits] as const, types: [Visit], permissions: { Query: { visit: allow } } };
`;
const START = `import { createSubgraph, readSubgraphKey } from '@sharehub/kit';
import { clinic } from './clinic.js';
console.log((await createSubgraph({ ...clinic, key: readSubgraphKey(process.env.SUBGRAPH_KEY), port: 0 })).url);
`;
const TEST = `import assert from 'node:assert/strict';
import { startTestSubgraph } from '@sharehub/kit/testing';
import { clinic } from './clinic.js';
const subgraph = await startTestSubgraph(clinic);
const { data } = await subgraph.ask('{ visit(number: "1") { address } }', { context: { masks: { 'Visit.address': 'ADDRESS' } } });
await subgraph.stop();
assert.match(data.visit.address, /^浙江省杭州市西湖区\\*+$/);
`;

let subgraph;
try {
  step('build', process.execPath, [join(root, 'packages', 'build.mjs')], root);
  const tarballs = readdirSync(join(root, 'dist', 'packages')).filter((name) => name.endsWith('.tgz'));
  write('package.json', JSON.stringify({ private: true, type: 'module' }));
  step('install', 'npm', [
    ...['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'],
    ...tarballs.map((name) => join(root, 'dist', 'packages', name)),
    'typescript@6.0.3',
    '@types/node@24',
  ]);
  refuseCodeOfTheHub();
  write(
    'tsconfig.json',
    JSON.stringify({ extends: '@sharehub/kit/tsconfig.json', compilerOptions: { types: ['node'] } }),
  );
  write('clinic.ts', SUBGRAPH);
  write('start.ts', START);
  write('clinic.test.ts', TEST);
  step('compile', process.execPath, [bin('tsc')]);
  step('test', process.execPath, [join(folder, 'clinic.test.js')]);
  const url = await start();
  write('key', key);
  const check = ['check', '--url', url, '--subgraph', 'clinic', '--key-file', 'key'];
  step('check', process.execPath, [bin('sharehub'), ...check]);
  step('init', process.execPath, [bin('sharehub'), 'init', 'education']);
  step('test the draft', process.execPath, ['--test', join(folder, 'education', 'education.test.mjs')]);
  if (run(process.execPath, [bin('sharehub'), 'check', 'education/education.yaml'], folder, 'ignore') !== 1)
    throw new Error('A draft was found right that nobody has confirmed.');
  write(
    'courses.csv',
    '课程编号,教师身份证号,联系电话,学生人数,学分,是否必修,开课日期,年收入\nC1,,13800138000,30,2.5,是,2026-09-01,1\n',
  );
  step('init --code', process.execPath, [bin('sharehub'), 'init', 'courses', '--from', 'courses.csv', '--code']);
  step('compile the draft', process.execPath, [bin('tsc'), '-p', 'courses']);
  step('test the draft', process.execPath, ['--test', join(folder, 'courses', 'subgraph.test.js')]);
  write('key', randomBytes(32).toString('base64url'));
  if (run(process.execPath, [bin('sharehub'), ...check], folder, 'ignore') !== 1)
    throw new Error('A subgraph was found right under a key that is not its own.');
  console.log('The packages work in an empty folder.');
} finally {
  subgraph?.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** Nothing of the hub's own processes leaves with a package. */
function refuseCodeOfTheHub() {
  const packed = readdirSync(join(folder, 'node_modules', '@sharehub'), { recursive: true });
  const wrong = packed.filter((name) =>
    /(^|\/)(governance|worker|subgraphs|evidence|read-model|identity|http)\//.test(name),
  );
  if (wrong.length > 0) throw new Error(`Packed without need: ${wrong.join(', ')}`);
}

/** @returns the address that the subgraph prints */
function start() {
  subgraph = spawn(process.execPath, ['start.js'], {
    cwd: folder,
    env: { PATH, SUBGRAPH_KEY: key },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    subgraph.stdout.once('data', (chunk) => resolve(String(chunk).trim()));
    subgraph.once('exit', () => reject(new Error('The subgraph of ten lines did not start.')));
  });
}

function step(name, program, args, cwd = folder) {
  const began = Date.now();
  if (run(program, args, cwd, 'inherit') !== 0) throw new Error(`${name} failed.`);
  console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}
function run(program, args, cwd, output) {
  return spawnSync(program, args, { cwd, env: { ...process.env, PATH }, stdio: ['ignore', output, output] }).status;
}
function write(name, text) {
  writeFileSync(join(folder, name), text);
}
