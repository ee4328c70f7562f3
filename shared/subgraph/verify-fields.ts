import {
  defaultFieldResolver,
  getNamedType,
  isLeafType,
  type DocumentNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { coordinate, HubError, type Coordinate, type VerificationDetail } from '../kernel/index.js';
import { findClaimedItems, type ClaimedItem } from '../share/claims/claimed-items.js';
import { MOST_CLAIM_ROWS, verifyBatchField, verifyField } from '../share/claims/claim-names.js';
import { writeClaimTypes } from '../share/claims/claim-types.js';
import { matchesClaim } from '../share/claims/matches-claim.js';
import { findClaimKey, objectsOf, toReference, type RecordKey } from '../share/record-keys.js';
import { addDefinitions } from './add-definitions.js';
import type { SubgraphContext } from './context.js';
import { FewValues } from './few-values.js';
import type { SubgraphProblem } from './problems.js';
import { releaseOnStep } from './release-on-step.js';
import { selectedFields } from './selection.js';
import type { FetchContext } from '../trust/signed-context.js';
import type { TypePlan } from './type-plan.js';

/** Adds to a subgraph's types root fields that compare claims about the items marked `@verifiable` of its resources with a
 *  key: `verifyResident(idNumber:, claims:)` and `verifyResidentBatch(rows:)`. Fields of those names that the provider
 *  wrote stay as they are.
 *  @param document  types and root fields, without links
 *  @source QZ-5.4d */
export function addVerifyFields(document: DocumentNode): DocumentNode {
  const objects = objectsOf(document.definitions);
  const taken = new Set(objects.get('Query')?.fields?.map(({ name }) => name.value));
  return addDefinitions(
    document,
    writeClaimTypes(objects, (field) => !taken.has(field)),
  );
}

type Arguments = Readonly<Record<string, unknown>>;
type Claims = Readonly<Record<string, unknown>>;
interface ClaimRow {
  readonly claims: Claims;
}
interface Outcome {
  readonly outcome: 'MATCH' | 'NOT_CONFIRMED' | 'NO_RECORD';
  readonly comparedBy: 'PROVIDER';
  /** Of each item that is claimed; null where that is not said. */
  readonly outcomes: readonly ItemOutcome[] | null;
}
interface ItemOutcome {
  readonly item: Coordinate;
  readonly outcome: 'MATCH' | 'NOT_CONFIRMED';
}

/** Makes the verify fields of a schema compare claims with rows that the request's reader finds. It runs before fields are
 *  guarded: masks and row scopes are for values that are given, and rows outside the grant are not read at all.
 *  @returns names of the fields, and types whose items cannot be compared */
export function attachVerifyFields(
  schema: GraphQLSchema,
  plans: ReadonlyMap<string, TypePlan>,
): { readonly attached: readonly string[]; readonly problems: readonly SubgraphProblem[] } {
  const fields = schema.getQueryType()?.getFields() ?? {};
  const attached: string[] = [];
  const problems: SubgraphProblem[] = [];
  for (const plan of plans.values()) {
    const node = plan.type.astNode;
    const own = [verifyField(plan.name), verifyBatchField(plan.name)].map((name) => fields[name]);
    // One that has a resolver is the provider's own.
    const [single, batch] = own.map((field) => (field && !field.resolve ? field : undefined));
    if (!node || (!single && !batch)) continue;
    const found = findUnreadable(plan, findClaimedItems(node));
    problems.push(...found);
    if (found.length > 0) continue;
    const comparison = new Comparison(plan, node);
    if (single)
      single.resolve = (_, args: Arguments, context: SubgraphContext, info) => comparison.one(args, context, info);
    if (batch)
      batch.resolve = (_, args: Arguments, context: SubgraphContext, info) => comparison.many(args, context, info);
    attached.push(...[single, batch].flatMap((field) => field?.name ?? []));
  }
  return { attached, problems };
}

function findUnreadable({ name, table, keys }: TypePlan, items: readonly ClaimedItem[]): SubgraphProblem[] {
  if (!table || keys.some(({ find }) => find))
    return [
      {
        code: 'VERIFIABLE_WITHOUT_ROWS',
        at: name,
        message: `Items of ${name} are marked @Verifiable, and its records are in no table here. Write ${verifyField(name)} and ${verifyBatchField(name)} yourself, with @Compares on their arguments, or take the mark away.`,
      },
    ];
  return items
    .filter(({ item }) => (table.columns.get(item) ?? []).length === 0)
    .map(({ item }) => ({
      code: 'VERIFIABLE_NOT_A_COLUMN',
      at: `${name}.${item}`,
      message: `${name}.${item} is marked @Verifiable and is made of no column, so no claim could be compared with it. Mark an item that is a column; a getter names its columns by @Reads.`,
    }));
}

/** Compares claims with the records of one type. */
class Comparison {
  private readonly key: RecordKey;
  private readonly items: ReadonlyMap<string, ClaimedItem>;
  private readonly fields: ReadonlyMap<string, GraphQLField<unknown, unknown>>;
  private readonly fewValues: FewValues;

  constructor(
    private readonly plan: TypePlan,
    node: ObjectTypeDefinitionNode,
  ) {
    this.key = findClaimKey(node)!;
    this.items = new Map(findClaimedItems(node).map((item) => [item.claim, item]));
    const known = plan.type.getFields();
    // The resolvers as they are now, without masks.
    this.fields = new Map([...this.items.values()].map(({ item }) => [item, { ...known[item]! }]));
    this.fewValues = new FewValues(plan);
  }

  async one(args: Arguments, context: SubgraphContext, info: GraphQLResolveInfo): Promise<Outcome> {
    const [outcome] = await this.compare([args as Arguments & ClaimRow], context, info);
    return outcome!;
  }

  /** @throws HubError LIST_EMPTY, LIST_TOO_LONG */
  async many(args: Arguments, context: SubgraphContext, info: GraphQLResolveInfo): Promise<readonly Outcome[]> {
    const rows = args['rows'] as readonly (Arguments & ClaimRow)[];
    if (rows.length === 0) throw new HubError('LIST_EMPTY', '`rows` is empty. Give 1 to 10,000 rows.');
    if (rows.length > MOST_CLAIM_ROWS)
      throw new HubError(
        'LIST_TOO_LONG',
        `\`rows\` has ${rows.length} rows, and at most ${MOST_CLAIM_ROWS} are compared at once. Ask in several operations.`,
      );
    return this.compare(rows, context, info);
  }

  private async compare(
    rows: readonly (Arguments & ClaimRow)[],
    context: SubgraphContext,
    info: GraphQLResolveInfo,
  ): Promise<readonly Outcome[]> {
    const startedAt = performance.now();
    const wanted = rows.map((row) => ({
      reference: toReference(this.key, row[this.key.name]),
      claims: this.readClaims(row.claims),
    }));
    const itemised = selectedFields(info, getNamedType(info.returnType) as GraphQLObjectType).has('outcomes');
    await this.refuseTelling(
      wanted.map(({ claims }) => claims),
      itemised,
    );
    const fields = new Set(wanted.flatMap(({ claims }) => claims.map(({ item }) => item.item)));
    const records = await context.rows.compared(
      this.plan,
      wanted.map(({ reference }) => reference),
      fields,
    );
    const outcomes = await Promise.all(
      wanted.map(async ({ claims }, i): Promise<Outcome> => {
        // Who is not there is compared like who is.
        const record = records[i] ?? NOBODY;
        const found = await Promise.all(
          claims.map(async ({ item, value }) => {
            const held = await this.read(item, record, context, info);
            return matchesClaim(held, { value, isBand: item.isBand }, item.rule);
          }),
        );
        return this.toOutcome(claims, found, records[i] != null, context.fetch);
      }),
    );
    await releaseOnStep(startedAt);
    return outcomes;
  }

  /** Says what the grants of all items that are claimed allow, and no more. A record that is withheld is none. */
  private toOutcome(
    claims: readonly ClaimAbout[],
    found: readonly boolean[],
    isThere: boolean,
    { details = {} }: FetchContext,
  ): Outcome {
    const says = (detail: VerificationDetail) =>
      claims.every(({ item }) => details[this.coordinateOf(item)]?.includes(detail));
    const toWord = (matches: boolean): ItemOutcome['outcome'] => (matches ? 'MATCH' : 'NOT_CONFIRMED');
    const told = claims.map(({ item }, i) => ({ item: this.coordinateOf(item), outcome: toWord(found[i]!) }));
    const outcome = toWord(found.every(Boolean));
    return {
      outcome: says('NO_RECORD') && !isThere ? 'NO_RECORD' : outcome,
      comparedBy: 'PROVIDER',
      outcomes: says('PER_ITEM') ? told : null,
    };
  }

  private coordinateOf({ item }: ClaimedItem): Coordinate {
    return coordinate(this.plan.name, item);
  }

  /** @throws HubError CLAIM_MISSING */
  private readClaims(claims: Claims): readonly ClaimAbout[] {
    const given = Object.entries(claims).map(([name, value]) => ({ item: this.items.get(name)!, value }));
    const empty = given.find(({ value }) => value === null);
    if (empty || given.length === 0)
      throw new HubError(
        'CLAIM_MISSING',
        empty
          ? `The claim \`${empty.item.claim}\` is null. Give a value, or leave the claim out.`
          : `No claim is given. Give one or more of ${[...this.items.keys()].map((name) => `\`${name}\``).join(', ')}.`,
      );
    return given.map(({ item, value }) => ({ item, value: item.isBand ? value : this.toWire(item, value) }));
  }

  /** Refuses claims of which a "no" would be the value.
   *  @param itemised  true where an outcome of each item is asked for, so that no claim hides another
   *  @throws HubError CLAIM_TELLS_VALUE */
  private async refuseTelling(rows: readonly (readonly ClaimAbout[])[], itemised: boolean): Promise<void> {
    const kinds = new Map(rows.map((claims) => [claims.map(({ item }) => item.claim).join(), claims]));
    for (const claims of kinds.values()) {
      const restricted = claims.filter(({ item }) => !item.isOpen);
      // What everybody may read is no company: the caller knows it.
      if (restricted.length > 1 && !itemised) continue;
      for (const { item } of restricted)
        if (!item.isBand && (await this.fewValues.has(item)))
          throw new HubError(
            'CLAIM_TELLS_VALUE',
            `\`${item.claim}\` has so few values that the answer would tell it. Claim it together with another item that is not shared with everybody${itemised ? ', and without `outcomes`' : ''}.`,
          );
    }
  }

  /** The value of an item as it would be written into an answer. */
  private async read(
    { item }: ClaimedItem,
    record: object,
    context: SubgraphContext,
    info: GraphQLResolveInfo,
  ): Promise<unknown> {
    const field = this.fields.get(item)!;
    const value: unknown = await (field.resolve ?? defaultFieldResolver)(record, {}, context, {
      ...info,
      fieldName: item,
    });
    if (value instanceof Error) throw value;
    return value === null || value === undefined ? undefined : serialize(field, value);
  }

  private toWire({ item }: ClaimedItem, value: unknown): unknown {
    return serialize(this.fields.get(item)!, value);
  }
}
interface ClaimAbout {
  readonly item: ClaimedItem;
  /** As it travels. */
  readonly value: unknown;
}
const NOBODY = {};

function serialize({ type }: GraphQLField<unknown, unknown>, value: unknown): unknown {
  const named = getNamedType(type);
  return isLeafType(named) ? named.serialize(value) : undefined;
}
