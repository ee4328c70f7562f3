import type { ClientBase } from 'pg';
import { readRecord, type StoredRecord } from '../../record-line.js';
import type { Finding } from '../finding.js';

type StoredGraph = Extract<StoredRecord, { kind: 'graph' }>;
/** Whose an item is, and of which resource. */
export interface Owner {
  readonly provider: string;
  readonly resource: string | undefined;
}
interface KnownGraph {
  readonly position: number;
  readonly record: StoredGraph;
  readonly owners: ReadonlyMap<string, readonly Owner[]>;
}

/** The graphs that records name, as their own records describe them. */
export class KnownGraphs {
  private readonly graphs = new Map<string, KnownGraph>();

  /** @param archived  lines of graphs whose records are not in the database any more */
  static async read(
    client: ClientBase,
    archived: Iterable<{ readonly position: number; readonly line: string }>,
  ): Promise<KnownGraphs> {
    const known = new KnownGraphs();
    for (const { position, line } of archived) known.add(position, line);
    const { rows } = await client.query<{ position: string; line: string }>(
      `select position, line from evidence.record where kind = 'graph'`,
    );
    for (const { position, line } of rows) known.add(Number(position), line);
    return known;
  }

  /** True if any record describes a graph. */
  has(version: string): boolean {
    return this.graphs.has(version);
  }

  /** The owners of an item in a graph that was known at a position; undefined where it was not known. */
  ownersOf(version: string, coordinate: string, position: number): readonly Owner[] | undefined {
    const graph = this.graphs.get(version);
    return graph && graph.position <= position ? (graph.owners.get(coordinate) ?? []) : undefined;
  }

  /** Compares the tables of graphs with the records they were made from. */
  async check(client: ClientBase): Promise<Finding | undefined> {
    const { rows } = await client.query<{ version: string; position: string; items: string[] | null }>(
      `select version, position,
              (select array_agg(concat_ws(E'\\t', coordinate, provider, share_type, resource))
                 from evidence.graph_item where graph = version) as items
         from evidence.graph`,
    );
    for (const { version, position, items } of rows) {
      const graph = this.graphs.get(version);
      if (!graph) continue;
      const { record } = graph;
      const said = new Set(
        record.items.flatMap(({ provider, resource, shareType, coordinates }) =>
          coordinates.map((one) =>
            [one, provider, shareType, ...(resource === undefined ? [] : [resource])].join('\t'),
          ),
        ),
      );
      const owned = new Set([...said].map((item) => item.split('\t', 2).join('\t')));
      const isSame =
        Number(position) === graph.position &&
        (items ?? []).every((item) => said.has(item)) &&
        (items ?? []).length === owned.size;
      if (isSame) continue;
      const message = `the items of graph ${version} are not those that record ${record.seq} names`;
      return { kind: 'altered', writer: record.writer, file: 'evidence.graph_item', seq: record.seq, message };
    }
    const stored = new Set(rows.map(({ version }) => version));
    for (const [version, { record }] of this.graphs)
      if (!stored.has(version)) {
        const message = `graph ${version}, which record ${record.seq} names, is gone`;
        return { kind: 'dropped', writer: record.writer, file: 'evidence.graph', seq: record.seq, message };
      }
    return undefined;
  }

  private add(position: number, line: string): void {
    const record = readRecord(Buffer.from(line));
    if (record?.kind !== 'graph') return;
    const before = this.graphs.get(record.version);
    if (before && before.position <= position) return;
    const owners = new Map<string, Owner[]>();
    for (const { provider, resource, coordinates } of record.items)
      for (const coordinate of coordinates)
        owners.set(coordinate, [...(owners.get(coordinate) ?? []), { provider, resource }]);
    this.graphs.set(record.version, { position, record, owners });
  }
}
