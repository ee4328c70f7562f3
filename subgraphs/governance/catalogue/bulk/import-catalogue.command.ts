import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Decision, type GovernanceContext, Refusal, type RefusalCode } from '../../core/index.js';
import { findDepartments, findDuties } from '../../register/index.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import { EntryStore, type ItemRow, toItemRow } from '../entry/entry.store.js';
import { toRecorded } from '../entry/execute-entry-command.js';
import { say } from '../messages/index.js';
import { CatalogueImport, CatalogueImportResult, ImportedEntry, ImportFault } from './catalogue-import.type.js';
import { findStoredEntries } from './find-stored-entries.js';
import type { Fault } from './import-fault.rule.js';
import { type EntryPlan, planEntry } from './plan-entry.js';
import type { Sheet } from './read-entry-rows.rule.js';
import { readImportFile } from './read-import-file.js';

/** A file of entries that is to be taken in. */
export interface ImportOrder {
  /** The file in Base64. */
  readonly content: string;
  readonly dryRun: boolean;
  /** Plan that a dry run has told. */
  readonly plan?: string | undefined;
}
interface ImportPlan {
  readonly entries: readonly EntryPlan[];
  readonly faults: readonly Fault[];
  readonly digest: string;
}

const MOST_TOLD = 100;

/** Takes a file of the department's entries in, or tells what that would do. All of it or nothing: drafts and new revisions,
 *  which go through submission and review like those of a form.
 *  @source 政务信息资源目录编制指南(试行); CZ-7a, HZ-5.3a, HZ-5.4c, QZ-4.2a, YN-9e */
export async function importCatalogue(context: GovernanceContext, order: ImportOrder): Promise<CatalogueImportResult> {
  const { em, fetch, own } = context;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(order.content)) return refuse('FILE_UNFIT', 'bulk.content');
  const content = Buffer.from(order.content, 'base64');
  const sheet = await readImportFile(content);
  if (order.dryRun) return { import: toImport(await planImport(em, context, content, sheet), true) };
  return own.auditLog.transact(em, fetch, async (em) => {
    const plan = await planImport(em, context, content, sheet);
    if (order.plan !== undefined && order.plan !== plan.digest)
      return { result: { ...refuse('STALE_VERSION', 'bulk.planPassed'), import: toImport(plan, false) } };
    if (plan.faults.length > 0) {
      const message = say('bulk.faults', { count: plan.faults.length });
      return { result: { import: toImport(plan, false), refusal: Refusal.because('FILE_UNFIT', message) } };
    }
    const store = new EntryStore(em, fetch, own.now);
    const kept: Kept[] = [];
    for (const entry of plan.entries) kept.push(await keepEntry(store, fetch.department, entry));
    const decisions = kept.flatMap(({ decision }) => decision ?? []);
    const result = {
      import: toImport(
        plan,
        false,
        kept.map(({ version }) => version),
      ),
    };
    return { result, before: decisions };
  });
}

async function planImport(
  em: EntityManager,
  { fetch: { department } }: GovernanceContext,
  content: Buffer,
  sheet: Sheet,
): Promise<ImportPlan> {
  const stored = await findStoredEntries(em, { code: { $in: sheet.entries.map(({ code }) => code) } });
  const byCode = new Map(stored.map((each) => [each.entry.code, each]));
  const [own] = await findDepartments(em, { codes: [department] });
  const duties = new Set((await findDuties(em, department)).map(({ id }) => id));
  const provider = { name: own?.name ?? department, creditCode: own?.creditCode ?? null };
  const faults = [...sheet.faults];
  const surroundings = { department, provider, duties, columns: sheet.columns };
  const entries = sheet.entries.map((each) => planEntry(each, byCode.get(each.code), surroundings, faults));
  const hash = createHash('sha256').update(content);
  for (const { entry } of stored) hash.update(`\n${entry.id} ${entry.version}`);
  return { entries, faults: faults.sort((a, b) => (a.row ?? 0) - (b.row ?? 0)), digest: hash.digest('hex') };
}

interface Kept {
  readonly version: number | undefined;
  readonly decision?: Decision | undefined;
}

/** Keeps a planned entry as a draft: a new one, a changed draft, or a new revision of the one in force. */
async function keepEntry(store: EntryStore, provider: string, plan: EntryPlan): Promise<Kept> {
  const { code, stored, values, items, outcome } = plan;
  if (outcome === 'UNTOUCHED') return { version: stored?.entry.version };
  const attributes = stored ? [...plan.attributes, ...items.attributes] : [];
  const step = { act: 'DESCRIBE_RESOURCE' } as const;
  let draft: CatalogueResource;
  if (!stored) {
    const blank = { opennessBasis: [], legalBasis: [], related: [], supplement: false, name: '' };
    draft = await store.createRevision({ ...blank, ...values, code, kind: 'DATA', provider }, [], step);
  } else {
    const begun = stored.entry.state === 'PUBLISHED' ? await store.copyRevision(stored.entry, step) : stored.entry;
    draft = await store.changeRevision(begun, values, { ...step, attributes });
  }
  if (items.isChanged) {
    const kept = (stored?.items ?? []).filter(({ id }) => !items.removed.has(id));
    const rows = kept.map((item) => ({ ...toItemRow(item), ...items.changed.get(item.id) }));
    await store.replaceItems(draft, [...rows, ...items.added.map((values) => toAddedItem(values, provider))]);
  }
  return { version: draft.version, decision: toRecorded('DESCRIBE_RESOURCE', draft, { attributes }).decision };
}

const toAddedItem = (values: Readonly<Record<string, unknown>>, provider: string): ItemRow => ({
  name: '',
  basis: [],
  basic: false,
  ...values,
  provider,
  identifier: false,
});

function toImport(
  { entries, faults, digest }: ImportPlan,
  dryRun: boolean,
  versions?: readonly (number | undefined)[],
) {
  const count = (outcome: EntryPlan['outcome']) => entries.filter((each) => each.outcome === outcome).length;
  return Object.assign(new CatalogueImport(), {
    dryRun,
    added: count('ADDED'),
    changed: count('CHANGED'),
    untouched: count('UNTOUCHED'),
    entries: entries.map(({ code, name, outcome, stored, attributes, items }, at) =>
      Object.assign(new ImportedEntry(), {
        code,
        name,
        outcome,
        version: versions ? versions[at] : stored?.entry.version,
        itemsAdded: items.added.length,
        itemsChanged: items.changed.size,
        itemsRemoved: items.removed.size,
        attributes: outcome === 'CHANGED' ? [...attributes, ...items.attributes].slice(0, MOST_TOLD) : [],
      }),
    ),
    faults: faults.map((fault) => ImportFault.of(fault)),
    plan: digest,
  });
}

const refuse = (code: RefusalCode, key: 'bulk.content' | 'bulk.planPassed'): CatalogueImportResult => ({
  refusal: Refusal.because(code, say(key)),
});
