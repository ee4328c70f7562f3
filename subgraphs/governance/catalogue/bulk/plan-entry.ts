import type { AttributeChange } from '../entry/catalogue-change.entity.js';
import type { CatalogueItem } from '../entry/catalogue-item.entity.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import { toHistoryText } from '../entry/history-text.js';
import { CATALOGUE_STATES, isSecret } from '../checks/vocabulary.rule.js';
import { say } from '../messages/index.js';
import { wordOf } from '../../core/index.js';
import { COLUMNS, METHOD_CLASSES, methodClassOf, methodOfClass, type SheetColumn, splitCode } from './columns.rule.js';
import type { Fault, ImportFaultCode } from './import-fault.rule.js';
import { type ItemPlan, planItems } from './plan-items.js';
import type { SheetEntry } from './read-entry-rows.rule.js';
import { type Cells, type ProviderWords, writeEntryCells } from './write-entry-rows.rule.js';
import type { Text } from '../../../../shared/kernel/index.js';

/** An entry of the catalogue that a file is compared with. */
export interface StoredEntry {
  readonly entry: CatalogueResource;
  readonly items: readonly CatalogueItem[];
}

/** The catalogue and the register, as far as a file is compared with them. */
export interface ImportSurroundings {
  /** Department that takes the file in. */
  readonly department: string;
  readonly provider: ProviderWords;
  /** Numbers of its functions. */
  readonly duties: ReadonlySet<string>;
  /** Clauses are not told in rows. */
  readonly columns: ReadonlySet<string>;
}

export type Outcome = 'ADDED' | 'CHANGED' | 'UNTOUCHED';

/** What a file would make of one entry. */
export interface EntryPlan {
  readonly code: string;
  readonly name: string;
  readonly outcome: Outcome;
  readonly stored?: StoredEntry | undefined;
  /** Values of attributes that change. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly attributes: readonly AttributeChange[];
  readonly items: ItemPlan;
}

/** States in which an entry can be changed by a file: in force, it gets a new revision. */
const OPEN_TO_FILES: readonly string[] = ['DRAFT', 'CHANGES_REQUESTED', 'PUBLISHED'];

/** Plans what a file makes of one entry, and finds everything for which it cannot be.
 *  @param faults  is filled */
export function planEntry(
  sheet: SheetEntry,
  stored: StoredEntry | undefined,
  surroundings: ImportSurroundings,
  faults: Fault[],
): EntryPlan {
  const { code, row } = sheet;
  const { columns } = surroundings;
  const fault = (key: string, faultCode: ImportFaultCode, message: Text, value = sheet.cells[key] ?? ''): void =>
    void faults.push({ row, column: headingOf(key), value, code: faultCode, message });
  const before = stored ? writeEntryCells(stored.entry) : {};
  const cells = deriveChoices(sheet.cells, before, columns, fault);
  compareToldCells(cells, stored, surroundings, fault);
  const isServed = stored?.entry.subgraph != null;
  const values: Record<string, unknown> = {};
  const attributes: AttributeChange[] = [];
  for (const { key, heading, kind, stated } of entryColumns(columns, cells)) {
    const text = cells[key]!;
    if (text === (before[key] ?? '') || (!stored && text === '' && key !== 'name')) continue;
    if (isServed && stated) fault(key, 'STATED_IN_SCHEMA', say('bulk.stated', { before: before[key] || '—' }));
    else if (key === 'name' && text === '') fault(key, 'VALUE_MISSING', say('bulk.missing'));
    else if (key === 'securityGrade' && isSecret(text)) fault(key, 'STATE_SECRET', say('entry.secret'), '');
    else if (key === 'duty' && text !== '' && !surroundings.duties.has(text))
      fault(key, 'DUTY_UNKNOWN', say('entry.duty', { provider: surroundings.department, duty: text }));
    else {
      const reading = text === '' ? { value: kind!.empty } : kind!.read(text, heading);
      if ('code' in reading) fault(key, reading.code, reading.message);
      else {
        values[key] = reading.value;
        attributes.push({ attribute: key, before: toHistoryText(before[key]), after: toHistoryText(text) });
      }
    }
  }
  const items = planItems(sheet, stored?.items ?? [], columns, faults);
  const isChanged = attributes.length > 0 || items.isChanged;
  if (stored && isChanged) {
    const { state, version } = stored.entry;
    if (!OPEN_TO_FILES.includes(state))
      fault('code', 'STATE_UNFIT', say('bulk.state', { state: wordOf('catalogue', state) }), CATALOGUE_STATES[state]);
    const seen = cells['version'];
    if (seen && seen !== String(version))
      fault('version', 'STALE_VERSION', say('entry.stale', { code, now: version, seen }));
  }
  const outcome = !stored ? 'ADDED' : isChanged ? 'CHANGED' : 'UNTOUCHED';
  return { code, name: cells['name'] ?? '', outcome, stored, values, attributes, items };
}

const headingOf = (key: string): string => COLUMNS.find((column) => column.key === key)!.heading;

const entryColumns = (present: ReadonlySet<string>, cells: Cells): SheetColumn[] =>
  COLUMNS.filter(
    ({ key, of, kind }) =>
      of === 'ENTRY' && kind && (present.has(key) || (key === 'openness' && cells[key] !== undefined)),
  );

type FaultOf = (key: string, code: ImportFaultCode, message: Text, value?: string) => void;

/** Fills in the method from its class, and the openness from 是 or 否, where the file says these alone. */
function deriveChoices(cells: Cells, before: Cells, columns: ReadonlySet<string>, fault: FaultOf): Cells {
  const derived: Record<string, string> = { ...cells };
  const methodClass = cells['methodClass'] ?? '';
  const only = methodOfClass(methodClass);
  if (methodClass !== '' && !only && methodClass !== METHOD_CLASSES[0])
    fault('methodClass', 'VALUE_UNKNOWN', say('bulk.unknownValue', { known: METHOD_CLASSES.join('、') }));
  else if (cells['method'] === '' && only) derived['method'] = METHOD_WORDS[only]!;
  else if (cells['method'] === '' && methodClass !== '') fault('method', 'VALUE_MISSING', say('bulk.missing'));
  const read = METHOD_KIND.read(derived['method'] || '—', '');
  if (methodClass !== '' && 'value' in read && methodClassOf(read.value as string) !== methodClassOf(only ?? 'BULK'))
    fault(
      'methodClass',
      'VALUE_CONTRADICTS',
      say('bulk.contradicts', { other: headingOf('method'), value: derived['method']! }),
    );

  const isOpen = cells['isOpen'] ?? '';
  if (!['', '是', '否'].includes(isOpen)) {
    fault('isOpen', 'VALUE_UNKNOWN', say('bulk.unknownValue', { known: '是、否' }));
    return derived;
  }
  const openness = cells['openness'] ?? '';
  if (openness === '') {
    const isUnchanged = !columns.has('openness') && isOpen === (before['isOpen'] ?? '');
    derived['openness'] = isUnchanged
      ? (before['openness'] ?? '')
      : opennessOf(isOpen, cells['opennessCondition'] ?? '');
  } else if (isOpen !== '' && (isOpen === '否') !== (openness === '不予开放' || openness === 'NOT_OPEN'))
    fault('isOpen', 'VALUE_CONTRADICTS', say('bulk.contradicts', { other: headingOf('openness'), value: openness }));
  return derived;
}

const METHOD_KIND = COLUMNS.find(({ key }) => key === 'method')!.kind!;
const METHOD_WORDS: Readonly<Record<string, string>> = { MAIL: '邮件', MEDIA: '介质交换' };

const opennessOf = (isOpen: string, condition: string): string =>
  isOpen === '' ? '' : isOpen === '否' ? '不予开放' : condition === '' ? '无条件开放' : '有条件开放';

/** Cells that a file only repeats: the provider, its credit code, and the parts of the code. */
function compareToldCells(
  cells: Cells,
  stored: StoredEntry | undefined,
  { department, provider }: ImportSurroundings,
  fault: FaultOf,
): void {
  if (stored && stored.entry.provider !== department)
    fault('code', 'OTHER_DEPARTMENT', say('bulk.otherDepartment', { department: stored.entry.provider }));
  const told = cells['provider'] ?? '';
  if (told !== '' && told !== provider.name && told !== department)
    fault('provider', 'OTHER_DEPARTMENT', say('bulk.otherProvider', { department: provider.name }));
  const creditCode = cells['creditCode'] ?? '';
  if (creditCode !== '' && provider.creditCode && creditCode !== provider.creditCode)
    fault('creditCode', 'OTHER_DEPARTMENT', say('bulk.otherProvider', { department: provider.creditCode }));
  for (const [key, part] of Object.entries(splitCode(cells['code'] ?? '')))
    if (cells[key] && cells[key] !== part)
      fault(key, 'VALUE_CONTRADICTS', say('bulk.contradicts', { other: headingOf('code'), value: cells['code']! }));
}
