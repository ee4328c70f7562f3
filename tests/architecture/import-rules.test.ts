import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = process.cwd();
const CONFIG = join(ROOT, '.dependency-cruiser.cjs');

/** Rule → a file that breaks it, and what that file imports; `type` only where the rule is about types too. */
const VIOLATIONS: Readonly<Record<string, readonly [file: string, imported: string, kind?: 'type']>> = {
  'kernel-imports-nothing': ['shared/kernel/ids.ts', 'shared/law/profile/profile.ts'],
  'law-knows-only-the-kernel': ['shared/law/profile/rate.ts', 'shared/share/share-index.ts'],
  'shared-is-below-everything': ['shared/files/sync.ts', 'gateway/index.ts'],
  'kit-knows-nothing-of-governance': ['shared/subgraph/record.ts', 'shared/evidence/store/index.ts'],
  'evidence-is-entered-by-its-doors': ['worker/ship.ts', 'shared/evidence/store/copy-text.ts', 'type'],
  'subgraphs-never-meet': ['subgraphs/population/resident/neighbour.ts', 'subgraphs/licence/index.ts'],
  'subgraphs-know-only-shared': ['subgraphs/population/resident/ask.ts', 'gateway/index.ts'],
  'gateway-knows-only-shared': ['gateway/supergraph/population.ts', 'subgraphs/population/index.ts'],
  'worker-knows-only-doors-and-shared': ['worker/remind.ts', 'subgraphs/governance/reminders/job/jobs.ts'],
  'cli-calls-doors': ['cli/import.command.ts', 'subgraphs/governance/lists/list.store.ts'],
  'packages-hold-nothing-of-the-hub': ['packages/kit/grants.ts', 'subgraphs/governance/grant/index.ts'],
  'gateway-http-knows-no-later-stop': ['gateway/http/endpoint.ts', 'gateway/identity/caller.ts', 'type'],
  'gateway-identity-knows-no-later-stop': ['gateway/identity/verify.ts', 'gateway/operation/prepare.ts'],
  'gateway-operation-knows-no-later-stop': ['gateway/operation/limits.ts', 'gateway/permission/decision.ts'],
  'gateway-permission-knows-no-later-stop': ['gateway/permission/decider.ts', 'gateway/plan/load-graph.ts'],
  'gateway-plan-knows-no-later-stop': ['gateway/plan/order.ts', 'gateway/execution/engine.ts'],
  'gateway-execution-knows-no-later-stop': ['gateway/execution/fetch.ts', 'gateway/evidence/log.ts'],
  'request-holds-values': ['gateway/request/context.ts', 'gateway/http/server.ts', 'type'],
  'only-the-composition-root-knows-all-stops': ['gateway/tracing/trace.ts', 'gateway/index.ts'],
  'governance-core-knows-no-later-room': [
    'subgraphs/governance/core/vacancy.ts',
    'subgraphs/governance/register/index.ts',
  ],
  'governance-register-knows-no-later-room': [
    'subgraphs/governance/register/entries.ts',
    'subgraphs/governance/catalogue/index.ts',
  ],
  'governance-catalogue-knows-no-later-room': [
    'subgraphs/governance/catalogue/usage.ts',
    'subgraphs/governance/grant/index.ts',
  ],
  'governance-grant-knows-no-later-room': [
    'subgraphs/governance/grant/renew.ts',
    'subgraphs/governance/application/index.ts',
  ],
  'governance-registry-knows-no-later-room': [
    'subgraphs/governance/registry/withdraw.ts',
    'subgraphs/governance/application/index.ts',
  ],
  'governance-loading-knows-no-later-room': [
    'subgraphs/governance/loading/withdraw.ts',
    'subgraphs/governance/application/index.ts',
  ],
  'governance-quality-knows-no-later-room': [
    'subgraphs/governance/quality/remind.ts',
    'subgraphs/governance/reminders/index.ts',
  ],
  'governance-sources-knows-no-later-room': [
    'subgraphs/governance/sources/withdraw.ts',
    'subgraphs/governance/application/index.ts',
  ],
  'governance-application-knows-no-later-room': [
    'subgraphs/governance/application/publish.ts',
    'subgraphs/governance/lists/index.ts',
  ],
  'governance-lists-knows-no-later-room': [
    'subgraphs/governance/lists/figures.ts',
    'subgraphs/governance/evidence/index.ts',
  ],
  'governance-evidence-knows-no-later-room': [
    'subgraphs/governance/evidence/remind.ts',
    'subgraphs/governance/reminders/index.ts',
  ],
  'governance-correction-knows-no-later-room': [
    'subgraphs/governance/correction/remind.ts',
    'subgraphs/governance/reminders/index.ts',
  ],
  'governance-freshness-knows-no-later-room': [
    'subgraphs/governance/freshness/remind.ts',
    'subgraphs/governance/reminders/index.ts',
  ],
  'governance-aggregation-knows-no-later-room': [
    'subgraphs/governance/aggregation/remind.ts',
    'subgraphs/governance/reminders/index.ts',
  ],
  'governance-reminders-knows-no-later-room': [
    'subgraphs/governance/reminders/push.ts',
    'subgraphs/governance/subscriptions/index.ts',
  ],
  'rooms-are-entered-by-their-door': [
    'subgraphs/governance/evidence/grants.ts',
    'subgraphs/governance/grant/grant.store.ts',
    'type',
  ],
  'rules-enter-rooms-by-rules': [
    'subgraphs/governance/evidence/seal.rule.ts',
    'subgraphs/governance/grant/grant-input.ts',
    'type',
  ],
  'orm-stays-in-stores': ['subgraphs/governance/grant/end-grant.ts', '@mikro-orm/postgresql'],
  'resolvers-know-no-database': ['subgraphs/population/resident/resident.resolver.ts', '@mikro-orm/postgresql', 'type'],
  'rules-are-pure': ['subgraphs/governance/grant/grant.rule.ts', 'node:fs'],
  'rules-name-no-database': ['gateway/permission/rules/granted.rule.ts', 'pg', 'type'],
  'shield-has-one-door': ['gateway/operation/guard.ts', 'graphql-shield'],
  'portal-knows-only-the-graph': ['portal/page.ts', 'shared/law/profile/profile.ts'],
  'nothing-imports-tests-bench-or-examples': ['shared/sample/person.ts', 'tests/support/person.ts'],
  'no-cycles': ['shared/openid/sign-in.ts', 'shared/openid/token.ts'],
  'no-orphans': ['shared/openid/forgotten.ts', ''],
  'migrations-are-history': [
    'subgraphs/governance/migrations/014-people.ts',
    'subgraphs/governance/register/officer-schema.ts',
  ],
};

/** Imports that a rule could forbid by mistake. */
const ALLOWED: readonly (readonly [file: string, imported: string, kind?: 'type'])[] = [
  ['shared/subgraph/sign.ts', 'shared/trust/context.ts'],
  ['gateway/evidence/records.ts', 'shared/evidence/index.ts'],
  ['worker/archive.ts', 'shared/evidence/archive/index.ts'],
  ['subgraphs/licence/issue.ts', 'shared/kernel/caller.ts'],
  ['worker/deadlines.ts', 'subgraphs/governance/reminders/index.ts'],
  ['cli/start.command.ts', 'gateway/index.ts'],
  ['gateway/evidence/write.ts', 'gateway/execution/state.ts'],
  ['gateway/http/write.ts', 'gateway/request/answer.ts'],
  ['subgraphs/governance/subscriptions/acts.ts', 'subgraphs/governance/evidence/index.ts'],
  ['subgraphs/governance/application/terms.rule.ts', 'subgraphs/governance/core/text.rule.ts'],
  ['subgraphs/governance/grant/grants.store.ts', '@mikro-orm/postgresql'],
  ['subgraphs/governance/grant/hand-on.ts', '@mikro-orm/postgresql', 'type'],
  ['gateway/permission/rules/own.rule.ts', 'shared/share/shield.ts'],
  ['subgraphs/governance/lists/entries.rule.ts', 'shared/law/profile/sections.ts', 'type'],
  ['subgraphs/governance/reminders/due.rule.ts', 'shared/law/calendar/working-days.ts'],
  ['subgraphs/governance/migrations/001-register.ts', '@mikro-orm/migrations'],
];

const PACKAGES = ['@mikro-orm/postgresql', '@mikro-orm/migrations', 'pg', 'graphql-shield'];

interface Rule {
  readonly name: string;
  readonly comment?: string;
}
interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

const { forbidden } = createRequire(import.meta.url)(CONFIG) as { forbidden: readonly Rule[] };
let folder: string;
let found: readonly Violation[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
  for (const name of PACKAGES) {
    await write(join('node_modules', name, 'index.js'), 'module.exports = {};');
    await write(join('node_modules', name, 'package.json'), JSON.stringify({ name, main: 'index.js' }));
  }
  await write('tsconfig.json', '{ "compilerOptions": { "module": "nodenext" } }');
  const imports = [...Object.values(VIOLATIONS), ...ALLOWED];
  const importers = new Set(imports.map(([file]) => file));
  // The imported ones import each other's neighbour, so that none is an orphan; the importers are written over them.
  for (const [, imported] of imports)
    if (imported.endsWith('.ts') && !importers.has(imported)) await write(imported, 'export {};');
  for (const [file, imported, kind] of imports) await write(file, importOf(file, imported, kind));
  await write('shared/openid/token.ts', importOf('shared/openid/token.ts', 'shared/openid/sign-in.ts'));
  found = await cruise();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the import rules', () => {
  it('each say why', () => {
    expect(forbidden.filter((rule) => !rule.comment || rule.comment.length < 20)).toEqual([]);
  });

  it('each have a file here that breaks them', () => {
    expect(Object.keys(VIOLATIONS).sort()).toEqual(forbidden.map((rule) => rule.name).sort());
  });

  it.each(Object.entries(VIOLATIONS))('catch what breaks %s, by that rule alone', (rule, [file]) => {
    expect([...new Set(rulesThatCatch(file))]).toEqual([rule]);
  });

  it.each(ALLOWED)('let %s import %s', (file) => {
    expect(rulesThatCatch(file)).toEqual([]);
  });
});

const rulesThatCatch = (file: string): string[] =>
  found.filter((violation) => violation.from === file).map((violation) => violation.rule.name);

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
}

function importOf(file: string, imported: string, kind?: 'type'): string {
  if (imported === '') return 'export {};';
  const path = relative(dirname(file), imported).replace(/\.ts$/, '.js');
  const specifier = imported.endsWith('.ts') ? (path.startsWith('.') ? path : `./${path}`) : imported;
  return kind === 'type' ? `import type { a } from '${specifier}';\nexport type B = a;` : `import '${specifier}';`;
}

async function cruise(): Promise<readonly Violation[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['--config', CONFIG, '--output-type', 'json'],
      ...['gateway', 'worker', 'shared', 'subgraphs', 'cli', 'packages', 'portal', 'tests'],
    ],
    { cwd: folder, maxBuffer: 1 << 28 },
  ).catch((error: { stdout: string }) => error);
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}
