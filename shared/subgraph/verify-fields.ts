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
import { findClaimedItems, type ClaimedItem } from '../share/claims/claimed-items.js';
import { verifyBatchField, verifyField } from '../share/claims/claim-names.js';
import {
  checkClaimRows,
  readClaims,
  refuseTelling,
  toOutcome,
  type Claims,
  type Outcome,
} from '../share/claims/claim-outcomes.js';
import { writeClaimTypes } from '../share/claims/claim-types.js';
import { matchesClaim } from '../share/claims/matches-claim.js';
import { releaseOnStep } from '../share/claims/release-on-step.js';
import { findClaimKey, objectsOf, toReference, type RecordKey } from '../share/record-keys.js';
import { addDefinitions } from './add-definitions.js';
import type { SubgraphContext } from './context.js';
import { FewValues } from './few-values.js';
import type { SubgraphProblem } from './problems.js';
import { selectedFields } from './selection.js';
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
interface ClaimRow {
  readonly claims: Claims;
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

  async many(args: Arguments, context: SubgraphContext, info: GraphQLResolveInfo): Promise<readonly Outcome[]> {
    const rows = args['rows'] as readonly (Arguments & ClaimRow)[];
    checkClaimRows(rows);
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
      claims: readClaims(this.items, row.claims, (item, value) => this.toWire(item, value)),
    }));
    const itemised = selectedFields(info, getNamedType(info.returnType) as GraphQLObjectType).has('outcomes');
    await refuseTelling(
      wanted.map(({ claims }) => claims),
      itemised,
      (item) => this.fewValues.has(item),
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
        // A record that is withheld is none.
        const { details = {} } = context.fetch;
        return toOutcome(this.plan.name, claims, found, records[i] != null, details, 'PROVIDER');
      }),
    );
    await releaseOnStep(startedAt);
    return outcomes;
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
const NOBODY = {};

function serialize({ type }: GraphQLField<unknown, unknown>, value: unknown): unknown {
  const named = getNamedType(type);
  return isLeafType(named) ? named.serialize(value) : undefined;
}
