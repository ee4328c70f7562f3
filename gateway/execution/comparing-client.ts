import {
  buildASTSchema,
  execute,
  getNamedType,
  type GraphQLError,
  parse,
  type ExecutionResult,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { parseJsonExactly } from '../../shared/kernel/exact-number.js';
import { HubError } from '../../shared/kernel/index.js';
import {
  checkClaimRows,
  readClaims,
  refuseTelling,
  toOutcome,
  type Claims,
  type Outcome,
} from '../../shared/share/claims/claim-outcomes.js';
import { verifyBatchField, verifyField } from '../../shared/share/claims/claim-names.js';
import { matchesClaim } from '../../shared/share/claims/matches-claim.js';
import { releaseOnStep } from '../../shared/share/claims/release-on-step.js';
import { toReference } from '../../shared/share/record-keys.js';
import { selectedFields } from '../../shared/subgraph/selection.js';
import type { ComparedType, HubComparison } from '../supergraph/hub-comparisons.js';
import type { Failure } from './failure.js';
import type { Json } from './fetch-shape.js';
import { ComparedRecords, InsideFailure, toPlain } from './compared-records.js';
import { toUnavailable } from './subgraph-answer.js';
import type { FetchClient, FetchRequest } from './subgraph-client.js';

/** It is reached over no network. */
const PEER = { scheme: 'http', address: 'hub.invalid', port: 80, path: '/' } as const;

type Arguments = Readonly<Record<string, unknown>>;
type ClaimRow = Arguments & { readonly claims: Claims };

/** The client of a subgraph of the hub's own: compares claims with records of a subgraph that cannot. The values are read by fetches
 *  whose answers are compared here and go nowhere else: not into the operation's data, a cache, a record, a trace or a log.
 *  @source QZ-5.4d */
export class ComparingClient implements FetchClient {
  readonly peer = PEER;
  readonly limits;
  private schema: GraphQLSchema | undefined;

  /** @param records  client of the subgraph that keeps the records */
  constructor(
    private readonly comparison: HubComparison,
    private readonly records: FetchClient,
  ) {
    // A batch is many fetches, each of which has its own limit.
    this.limits = { ...records.limits, fetchTimeout: Infinity };
  }

  async fetch({ body, inside, active, headers }: FetchRequest): Promise<unknown> {
    const { name, subgraph } = this.comparison;
    if (!inside) return toUnavailable(name);
    const { query, variables = {} } = parseJsonExactly(body) as { query: string; variables?: Arguments };
    const records = new ComparedRecords(subgraph, this.records, inside, { active, headers });
    const result = await execute({
      schema: (this.schema ??= this.buildSchema()),
      document: parse(query, { noLocation: true }),
      variableValues: variables,
      contextValue: records,
    });
    return toAnswer(result);
  }

  async close(): Promise<void> {
    // The records' client is closed by whoever opened it.
  }

  private buildSchema(): GraphQLSchema {
    const { sdl, types } = this.comparison;
    const schema = buildASTSchema(parse(sdl, { noLocation: true }), { assumeValidSDL: true });
    const fields = schema.getQueryType()!.getFields();
    for (const type of types) {
      const comparison = new Comparison(type);
      fields[verifyField(type.type)]!.resolve = (_, args: ClaimRow, records: ComparedRecords, info) =>
        comparison.one(args, records, info);
      fields[verifyBatchField(type.type)]!.resolve = (
        _,
        { rows }: { rows: ClaimRow[] },
        records: ComparedRecords,
        info,
      ) => comparison.many(rows, records, info);
    }
    return schema;
  }
}

/** Compares claims with the records of one type. */
class Comparison {
  private readonly items;

  constructor(private readonly of: ComparedType) {
    this.items = new Map(of.items.map((item) => [item.claim, item]));
  }

  async one(args: ClaimRow, records: ComparedRecords, info: GraphQLResolveInfo): Promise<Outcome> {
    const [outcome] = await this.compare([args], records, info);
    return outcome!;
  }

  async many(
    rows: readonly ClaimRow[],
    records: ComparedRecords,
    info: GraphQLResolveInfo,
  ): Promise<readonly Outcome[]> {
    checkClaimRows(rows);
    return this.compare(rows, records, info);
  }

  private async compare(
    rows: readonly ClaimRow[],
    records: ComparedRecords,
    info: GraphQLResolveInfo,
  ): Promise<readonly Outcome[]> {
    const startedAt = performance.now();
    const { type, key, coded } = this.of;
    const wanted = rows.map((row) => ({
      reference: toReference(key, row[key.name]),
      claims: readClaims(this.items, row.claims, (_, value) => toPlain(value)),
    }));
    const itemised = selectedFields(info, getNamedType(info.returnType) as GraphQLObjectType).has('outcomes');
    // What is common among the values of another's subgraph cannot be asked for.
    await refuseTelling(
      wanted.map(({ claims }) => claims),
      itemised,
      ({ item }) => coded.includes(item),
    );
    const details = records.limits.details ?? {};
    const outcomes = await Promise.all(
      wanted.map(async ({ reference, claims }): Promise<Outcome> => {
        const record = await records.read(
          this.of,
          reference,
          claims.map(({ item }) => item.item),
        );
        // Who is not there is compared like who is.
        const found = claims.map(({ item, value }) =>
          matchesClaim(record?.value(item.item), { value, isBand: item.isBand }, item.rule),
        );
        return toOutcome(type, claims, found, record !== undefined, details, 'HUB');
      }),
    );
    await releaseOnStep(startedAt);
    return outcomes;
  }
}

/** The answer as a subgraph would give it, in which a fetch that failed is its own failure. Messages of errors are not passed on: they
 *  could hold what was claimed. */
function toAnswer({ data, errors = [] }: ExecutionResult): Json {
  const answered: Json = { ...data };
  const others: object[] = [];
  for (const error of errors) {
    const { path, failure, code } = causeOf(error);
    if (failure && typeof path?.[0] === 'string') answered[path[0]] = failure;
    else
      others.push({ message: 'refused', ...(path && { path }), ...(code !== undefined && { extensions: { code } }) });
  }
  return { ...(data && { data: answered }), ...(others.length > 0 && { errors: others }) };
}

function causeOf({ path, originalError }: GraphQLError): {
  readonly path: GraphQLError['path'];
  readonly failure?: Failure;
  readonly code?: string;
} {
  if (originalError instanceof InsideFailure) return { path, failure: originalError.failure };
  return { path, ...(originalError instanceof HubError && { code: originalError.code }) };
}
