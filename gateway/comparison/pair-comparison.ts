import { createSecretKey, hash, randomBytes } from 'node:crypto';
import type { Config } from '../../shared/config/config.js';
import type { SubjectKeys } from '../../shared/evidence/keys/index.js';
import { coordinate, HubError, MULTI_SOURCE_SYSTEM } from '../../shared/kernel/index.js';
import { normaliseCreditCode } from '../../shared/kernel/credit-code.js';
import { normaliseIdentityNumber } from '../../shared/kernel/identity-number.js';
import type {
  ComparedPair,
  ComparedPairs,
  ComparedSide,
  PairsRequest,
} from '../../shared/read-model/compared-pairs.js';
import type { GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import { digestsOf } from '../../shared/share/claims/comparison-digests.js';
import type { EvidenceLog } from '../evidence/evidence-log.js';
import type { ContextSigner } from '../execution/context-signer.js';
import { Protections } from '../permission/protections.js';
import { say } from '../request/messages/index.js';
import { locateSubgraph } from './locate-subgraph.js';
import { listText, readRecords, recordsText } from './pair-texts.js';
import type { SubgraphReader } from './subgraph-reader.js';

/** Most records of one page of a list. */
const PAGE = 100;
/** Values of a side of which the share is told. */
const COMMONEST = 5;

/** Settings, addresses, keys and clients with which a page is compared. */
export interface ComparisonParts {
  readonly config: Config;
  readonly addresses: ReadonlyMap<string, string>;
  readonly subjects: SubjectKeys;
  readonly log: EvidenceLog;
  readonly reader: SubgraphReader;
  readonly signer: ContextSigner;
}
/** Code of a cursor that a list does not know. */
const LOST = 'BAD_USER_INPUT';

interface ListPage {
  readonly nodes?: unknown;
  readonly pageInfo?: { readonly endCursor?: string | null; readonly hasNextPage?: boolean };
}
interface ReadPair {
  readonly identifier: string;
  readonly values: readonly [unknown, unknown];
}

/** One page of one check: it is read, compared, recorded and forgotten. */
export class PairComparison {
  private readonly startedAt = Date.now();
  private readonly texts: readonly [string, string];
  private readonly protections: ReturnType<Protections['of']>;
  private readonly rows: Record<string, number> = {};

  constructor(
    private readonly parts: ComparisonParts,
    private readonly request: PairsRequest,
    private readonly snapshot: GovernanceSnapshot,
  ) {
    const { driver, other, department, subjectKind } = request;
    this.texts = [listText(driver), recordsText(other)];
    const sides = [driver, other];
    // No purpose of a protection is this one, so every protected subject is left out.
    this.protections = new Protections({
      items: sides.map(({ type, subjectField }) => ({
        coordinate: coordinate(type, subjectField),
        subject: subjectKind,
      })),
      resources: sides.map(({ type, owner, subgraph }) => ({ type, provider: owner, subgraph })),
    }).of({ snapshot, department, scenario: undefined, now: this.startedAt });
  }

  async run(): Promise<ComparedPairs> {
    const { pairs: read, next } = await this.readAll();
    const { outcomes, commonest } = this.compare(read);
    await this.record(read.map(({ identifier }) => identifier));
    return { pairs: outcomes, commonest, ...(next !== undefined && { next }) };
  }

  private async readAll(): Promise<{ readonly pairs: ReadPair[]; readonly next?: string | undefined }> {
    const { driver, size } = this.request;
    const pairs: ReadPair[] = [];
    let next = this.request.after;
    for (let listed = 0; listed < size;) {
      const first = Math.min(PAGE, size - listed);
      const { data, failed, codes } = await this.ask(driver, this.texts[0], { first, after: next ?? null });
      const { page } = data as { page?: ListPage | null };
      // The list may not know a cursor any more, for which the caller begins again.
      if (!page)
        throw new HubError(
          codes.includes(LOST) ? LOST : 'SUBGRAPH_BAD_ANSWER',
          say('subgraph.badAnswer', { subgraph: driver.subgraph }),
        );
      const found = readRecords(page.nodes, failed, ['page', 'nodes']).filter((record) => record !== undefined);
      pairs.push(...(await this.join(found)));
      listed += first;
      const { hasNextPage, endCursor } = page.pageInfo ?? {};
      // A list that gives the same page again has no end.
      next = hasNextPage === true && endCursor !== next ? (endCursor ?? undefined) : undefined;
      if (next === undefined) break;
    }
    return { pairs, next };
  }

  private async join(found: readonly { readonly subject: string; readonly value: unknown }[]): Promise<ReadPair[]> {
    const { driver, other, subjectKind } = this.request;
    this.count(driver.type, found.length);
    const listed = found.flatMap((record) => {
      const identifier =
        subjectKind === 'PERSON' ? normaliseIdentityNumber(record.subject) : normaliseCreditCode(record.subject)?.code;
      return identifier === undefined || this.withholds(driver, record.subject) ? [] : [{ ...record, identifier }];
    });
    if (listed.length === 0) return [];
    const keys = listed.map(({ subject }) => ({ __typename: other.type, [other.subjectField]: subject }));
    const { data, failed } = await this.ask(other, this.texts[1], { keys });
    const records = readRecords((data as { records?: unknown }).records, failed, ['records']);
    this.count(other.type, records.filter((record) => record !== undefined).length);
    return listed.map(({ identifier, value }, n) => {
      const record = records[n];
      const isTold = record !== undefined && !this.withholds(other, record.subject);
      return { identifier, values: [value, isTold ? record.value : undefined] };
    });
  }

  private compare(read: readonly ReadPair[]): {
    readonly outcomes: ComparedPair[];
    readonly commonest: ComparedPairs['commonest'];
  } {
    const key = createSecretKey(randomBytes(32));
    const { rule } = this.request;
    const digests = read.map(({ values }) => values.map((value) => digestsOf(value, rule, 'pair', key)));
    const outcomes = read.map(({ identifier }, n): ComparedPair => {
      const [one, two] = digests[n]!;
      if (!one || !two) return { identifier, outcome: 'ABSENT' };
      return { identifier, outcome: two.includes(one[0]!) ? 'AGREED' : 'MISMATCHED' };
    });
    const shareOf = (side: 0 | 1) => shareOfCommonest(digests.map((of) => of[side]?.[0]));
    return { outcomes, commonest: [shareOf(0), shareOf(1)] };
  }

  /** The use stands in the evidence before its outcome is told. */
  private async record(identifiers: readonly string[]): Promise<void> {
    const { department, purpose, consents, requestId, driver, other, subjectKind, graphVersion } = this.request;
    const { newest } = this.parts.subjects;
    const sides = [driver, other];
    const subjects = identifiers.map((identifier) => newest.hash(`${subjectKind}:${identifier}`));
    await this.parts.log.append({
      ...{ kind: 'access', time: new Date(this.startedAt).toISOString(), requestId, department, purpose },
      departmentName: this.snapshot.departments.get(department)?.name,
      ...{ system: MULTI_SOURCE_SYSTEM, approvals: [], consents },
      operation: hash('sha256', this.texts.join('\n'), 'hex'),
      ...{ released: [], denied: [], internal: sides.map(({ type, subjectField }) => coordinate(type, subjectField)) },
      compared: sides.map(({ type, field }) => coordinate(type, field)),
      ...{ subjects, subjectCount: subjects.length, ...(subjects.length > 0 && { subjectKey: newest.id }) },
      ...{ rows: this.rows, mode: 'VERIFY', medium: 'ONLINE', outcome: 'answered' },
      grantVersion: this.snapshot.version,
      ...(graphVersion !== undefined && { graphVersion }),
      milliseconds: Date.now() - this.startedAt,
    });
  }

  private async ask(side: ComparedSide, text: string, variables: Readonly<Record<string, unknown>>) {
    const { subgraph } = side;
    const { reader, signer } = this.parts;
    const protections = this.protections?.of(subgraph);
    if (protections?.unreadable !== undefined)
      throw new HubError(
        'SUBGRAPH_UNAVAILABLE',
        say('subgraph.protectionsUnreadable', { owner: protections.unreadable, subgraph }),
      );
    const { requestId, department } = this.request;
    const contexts = signer.forRequest({
      caller: { department, system: MULTI_SOURCE_SYSTEM, roles: [] },
      ...{ scenario: undefined, requestId, limits: {}, keys: this.snapshot.keys, now: Date.now() },
      protections: this.protections,
    });
    const contextOf = (body: string) => contexts(subgraph, body);
    const { config, addresses } = this.parts;
    const url = await locateSubgraph(subgraph, { config, addresses, snapshot: this.snapshot });
    return reader.ask(subgraph, url, { text, variables, contextOf, protections });
  }

  private withholds({ subgraph, type }: ComparedSide, identifier: string): boolean {
    return this.protections?.of(subgraph)?.withholds(type, identifier) ?? false;
  }

  private count(type: string, records: number): void {
    this.rows[type] = (this.rows[type] ?? 0) + records;
  }
}

function shareOfCommonest(digests: readonly (string | undefined)[]): number {
  const present = digests.filter((digest) => digest !== undefined);
  if (present.length === 0) return 0;
  const counts = [...Map.groupBy(present, (digest) => digest).values()].map(({ length }) => length);
  const most = counts.sort((a, b) => b - a).slice(0, COMMONEST);
  return most.reduce((sum, count) => sum + count, 0) / present.length;
}
