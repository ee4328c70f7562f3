import { hash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { FURTHER_OUTCOMES } from '../../access-record.js';
import type { StoredAccess } from '../../log/read-records.js';
import { digestOf, listParts } from '../../store/item-sets.js';
import type { Finding } from '../finding.js';
import type { KnownGraphs } from './known-graphs.js';
import type { RecordLineScanner } from './record-line-scanner.js';

/** The first record that was seen with a set, and what the set must hold for it. */
interface UsedSet {
  readonly writer: string;
  readonly seq: number;
  readonly digest: string;
  /** Coordinates that were refused for several reasons, of which one is kept. */
  readonly various: ReadonlySet<string>;
  /** The record of its graph is gone, so that nobody can tell whose the items are. */
  readonly ownerless: boolean;
}
type Use = readonly [coordinate: string, part: string, code: string, provider: string, resource: string];

/** Sets that are remembered by their text. */
const MOST = 50_000;

/** Compares the sets of items that records name with the tables that searches by item and provider use. */
export class KnownSets {
  /** By graph, and by what the line says of its items. */
  private readonly byText = new Map<string, Map<string, number>>();
  private texts = 0;
  private readonly used = new Map<number, UsedSet>();

  private constructor(
    private readonly ids: ReadonlyMap<string, number>,
    private readonly graphs: KnownGraphs,
  ) {}

  static async read(client: ClientBase, graphs: KnownGraphs): Promise<KnownSets> {
    const { rows } = await client.query<[number, string]>({
      text: 'select id, digest from evidence.item_set',
      rowMode: 'array',
    });
    return new KnownSets(new Map(rows.map(([id, digest]) => [digest, id])), graphs);
  }

  /** True if a scanned record has the set of its items; `undefined` when its line has to be read for that. */
  fits(members: RecordLineScanner, items: number | undefined): boolean | undefined {
    const known = this.byText.get(members.raw('graphVersion'))?.get(textOf(members));
    return known === undefined ? undefined : known === items;
  }

  /** True if a record has the set of its items. Where it was scanned, the next one like it need not be read. */
  fitsRecord(
    record: StoredAccess,
    at: { items: number | undefined; position: number; members?: RecordLineScanner },
  ): boolean {
    const digest = digestOf(record);
    const id = this.ids.get(digest);
    if (id === undefined || id !== at.items) return false;
    if (!this.used.has(id)) this.used.set(id, this.expectedOf(record, at.position));
    if (at.members && textOf(at.members) !== '') this.remember(at.members, id);
    return true;
  }

  private remember(members: RecordLineScanner, id: number): void {
    if (this.texts >= MOST) {
      this.byText.clear();
      this.texts = 0;
    }
    const graph = ownCopy(members.raw('graphVersion'));
    const texts = this.byText.get(graph) ?? new Map<string, number>();
    this.byText.set(graph, texts.set(ownCopy(textOf(members)), id));
    this.texts++;
  }

  /** Compares what each set that was seen holds. */
  async check(client: ClientBase): Promise<Finding | undefined> {
    let newest = 0;
    for (const id of this.used.keys()) newest = Math.max(newest, id);
    for (let after = 0; after < newest; after += STEP) {
      const { rows } = await client.query<[number, ...Use]>({
        text: `select items, coordinate, part, coalesce(code, ''), provider, coalesce(resource, '')
                 from evidence.item_use where items > $1 and items <= $2`,
        values: [after, after + STEP],
        rowMode: 'array',
      });
      const found = new Map<number, Use[]>();
      for (const [id, ...use] of rows) found.set(id, [...(found.get(id) ?? []), use]);
      for (let id = after + 1; id <= after + STEP; id++) {
        const expected = this.used.get(id);
        if (!expected || digestOfUses(found.get(id) ?? [], expected) === expected.digest) continue;
        const { writer, seq } = expected;
        const message = `set ${id} of items does not hold what record ${seq} says`;
        return { kind: 'altered', writer, file: 'evidence.item_use', seq, message };
      }
    }
    return undefined;
  }

  private expectedOf(record: StoredAccess, position: number): UsedSet {
    const { writer, seq, graphVersion = '' } = record;
    const [uses, various] = [new Map<string, Use>(), new Set<string>()];
    const add = (coordinate: string, part: string, code: string) => {
      const owners = this.graphs.ownersOf(graphVersion, coordinate, position) ?? [];
      for (const { provider, resource = '' } of owners.length > 0 ? owners : [NOBODY]) {
        const key = `${coordinate}\t${part}\t${provider}`;
        if ((uses.get(key)?.[2] ?? code) !== code) various.add(coordinate);
        uses.set(key, [coordinate, part, code, provider, resource]);
      }
    };
    for (const { coordinate, part, code } of listParts(record)) add(coordinate, part, code ?? '');
    const kind = { various, ownerless: graphVersion !== '' && !this.graphs.has(graphVersion) };
    return { writer, seq, ...kind, digest: digestOfUses([...uses.values()], kind) };
  }
}
const NOBODY = { provider: '', resource: undefined };
/** Sets that are asked for at once. */
const STEP = 2_000;

/** Apart from the row that it is a piece of, which would be kept with it. */
const ownCopy = (text: string): string => Buffer.from(text, 'latin1').toString('latin1');

/** In the order in which a record has its members; '' where one has them otherwise. */
function textOf(members: RecordLineScanner): string {
  let text = members.span('released', 'denied', 'internal');
  if (text !== '') for (const outcome of FURTHER_OUTCOMES) text += `|${members.raw(outcome)}`;
  return text;
}

function digestOfUses(uses: readonly Use[], { various, ownerless }: Pick<UsedSet, 'various' | 'ownerless'>): string {
  const lines = uses.map(([coordinate, part, code, ...owner]) =>
    [coordinate, part, part === 'denied' && various.has(coordinate) ? '*' : code, ...(ownerless ? [] : owner)].join(
      '\t',
    ),
  );
  return hash('sha256', [...new Set(lines)].sort().join('\n'), 'base64url');
}
