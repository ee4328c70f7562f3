import { createHash } from 'node:crypto';
import { isInterfaceType, isIntrospectionType, isObjectType, isUnionType, getNamedType } from 'graphql';
import type { GraphQLNamedType, GraphQLSchema } from 'graphql';
import { isHubSubgraph, parseCoordinate, stricter, type Coordinate, type ShareType } from '../kernel/index.js';
import { DEFAULT_CATALOGUE_RULES, type CatalogueRules } from './catalogue-check.js';
import { checkStatements } from './catalogue-checks.js';
import { argumentUseReader } from './argument-uses.js';
import { collectInputs, collectConsentedInputs, draftItems, collectNeeds, type ItemDraft } from './item-drafts.js';
import { draftInputs } from './item-inputs.js';
import { itemIdentity } from './item-identity.js';
import { writeItems } from './item-texts.js';
import { isCommonField } from './common-fields.js';
import { findMoved } from './moved-statements.js';
import { checkPublishers, checkReleases } from './releases/check-releases.js';
import { findConsentItems, findReleases } from './releases/find-releases.js';
import { Ownership } from './releases/ownership.js';
import { covers, isLive, type Consent, type Publishers, type Release } from './releases/release.js';
import type { Resource, ShareIndex, ShareItem, ShareProblem } from './share-index.js';
import type { Successions } from './succession/succession.js';
import { shareTypeOf, type FieldStatement, type SubgraphShares } from './statements.js';
import { TypeGraph } from './type-graph.js';

export interface ShareIndexOptions {
  /** `refuse` (the rule): an item without share type is a problem and denied. `unconditional`: only for trying the engine. */
  readonly uncatalogued?: 'refuse' | 'unconditional';
  readonly rules?: CatalogueRules;
  /** Decisions of the owners of items; without them nobody consented to anything. */
  readonly trust?: Trust;
}

/** Permits of publishers and consents of owners. */
export interface Trust {
  /** When absent (permissive mode, tests of the engine) it is not checked who may publish what and receive what. */
  readonly publishers?: Publishers;
  readonly consents: readonly Consent[];
  /** What went from one department to another since; nothing where absent. */
  readonly successions?: Successions;
  /** Time at which the consents must be live, milliseconds. */
  readonly now: number;
}

/** Brings the statements of all subgraphs into one index for one graph version.
 *  The index is always returned: what has a problem is restricted as far as it goes, so that nothing opens by mistake.
 *  @param schema  the consumers' schema of the composed graph
 *  @source share-rules section 1, reading rules 1 to 7 */
export function buildShareIndex(
  schema: GraphQLSchema,
  subgraphs: readonly SubgraphShares[],
  options: ShareIndexOptions = {},
): { index: ShareIndex; problems: readonly ShareProblem[] } {
  const problems: ShareProblem[] = subgraphs.flatMap((shares) => [...shares.problems]);
  const statements = new Map<Coordinate, FieldStatement[]>();
  for (const field of subgraphs.flatMap((shares) => shares.fields)) {
    const list = statements.get(field.coordinate);
    if (list) list.push(field);
    else statements.set(field.coordinate, [field]);
  }
  const resources = subgraphs.flatMap((shares) => [...shares.resources]);
  const byType: ResourcesByType = Map.groupBy(resources, ({ type }) => type);
  const { publishers, consents = [], now = 0 } = options.trust ?? {};
  const types = new TypeGraph(subgraphs);
  const ownership = new Ownership(subgraphs, types, publishers);
  const moved = findMoved(subgraphs);
  const live = consents.filter((consent) => isLive(consent, now));
  const isConsented = (required: ItemDraft, derived: Coordinate): boolean => {
    const owners = ownership.ownersOf(required.coordinate);
    const identity = draftIdentity(required, byType);
    const deriving = (statements.get(derived) ?? []).filter(
      (field) => field.requires !== undefined && !moved.has(field),
    );
    return (
      owners.length > 0 &&
      deriving.length > 0 &&
      owners.every((owner) =>
        deriving.every((field) => {
          const release: Release = {
            item: required.coordinate,
            use: 'REQUIRES',
            owner,
            receiverSubgraph: field.subgraph,
            receiverDepartments: ownership.answeringFor(field),
            forCoordinate: derived,
            identity,
            isFree: false,
            needsConsent: true,
            restingItems: [],
          };
          return live.some((consent) => covers(consent, release));
        }),
      )
    );
  };
  const drafts = draftItems(schema, subgraphs, statements, types, isConsented);
  for (const draft of drafts.values()) {
    const kinds = new Set(draft.statements.map(shareTypeOf));
    if (kinds.size > 1) problems.push(reportDifferingTypes(draft));
  }

  // Items that nobody catalogued are restricted before the items that need them are examined.
  const reachable = reachableTypes(schema);
  for (const draft of drafts.values()) {
    if (options.uncatalogued === 'unconditional' || draft.forms.size > 0 || draft.statements.some(shareTypeOf))
      continue;
    draft.shareType = 'NOT_SHARED';
    const { type } = parseCoordinate(draft.coordinate);
    if (reachable.has(type) || !schema.getType(type)) problems.push(reportMissingType(draft, subgraphs));
  }

  const inputs = draftInputs(subgraphs, statements, drafts);
  const typeOf = (at: Coordinate): ShareType =>
    drafts.get(at)?.shareType ?? inputs.items.get(at)?.shareType ?? 'NOT_SHARED';
  const needs = new Map([...drafts.keys()].map((at) => [at, collectNeeds(drafts, at)]));
  const scopes = new Map(subgraphs.map((shares) => [shares.subgraph, shares.scopes]));
  const usesOf = argumentUseReader(schema, inputs.rules);
  const inForce = (at: Coordinate): ShareType => (needs.get(at) ?? []).map(typeOf).reduce(stricter, typeOf(at));

  const drafted: ShareItem[] = [];
  const push = (item: Omit<ShareItem, 'index'>) => drafted.push({ ...item, index: drafted.length });
  for (const draft of drafts.values()) {
    const { coordinate: at, statements: counting, sources, main } = draft;
    const { type: typeName, field: fieldName } = parseCoordinate(at);
    const source = sourceOf(draft);
    const argumentUses = inputs.usesOf(at);
    const isOfHub = main !== undefined && isHubSubgraph(main.subgraph);
    const isCommon = isOfHub || (main !== undefined && isCommonField(main));
    push({
      coordinate: at,
      subgraph: main?.subgraph ?? '',
      source: isOfHub ? '' : (source?.subgraph ?? main?.subgraph ?? ''),
      provider: isCommon ? '' : (source?.provider ?? ''),
      owner: isCommon ? undefined : ownerOf(sources),
      resource: resourceOf(byType, typeName, source?.subgraph),
      title: source?.title ?? fieldName,
      ...(source && { identity: draftIdentity(draft, byType) }),
      ownType: draft.shareType,
      shareType: inForce(at),
      basis: main?.basis ?? [],
      condition: main?.condition,
      basic: counting.some((statement) => statement.basic),
      needs: needs.get(at) ?? [],
      computedFrom: collectInputs(drafts, at),
      consentedFrom: collectConsentedInputs(drafts, at),
      mask: counting.find((statement) => statement.mask)?.mask,
      ...scopeOf(sources, typeName, scopes),
      subject: (statements.get(at) ?? []).find((statement) => statement.subject)?.subject,
      identifies: (statements.get(at) ?? []).some(({ key, subject }) => key || subject !== undefined),
      verifiable: counting.some((statement) => statement.verifiable),
      dimension: counting.some((statement) => statement.dimension),
      measure: counting.some((statement) => statement.measure),
      entry: main !== undefined && draft.forms.size === 0 && !isCommon,
      argumentUses,
      refusable:
        inForce(at) !== 'UNCONDITIONAL' ||
        usesOf(at, argumentUses).some(({ item }) => inForce(item) !== 'UNCONDITIONAL'),
    });
  }
  for (const [at, item] of inputs.items) {
    push({
      coordinate: at,
      subgraph: item.subgraph,
      source: item.subgraph,
      provider: item.provider,
      owner: item.owner,
      title: at,
      ownType: item.shareType,
      shareType: item.shareType,
      basis: item.basis,
      condition: item.condition,
      basic: false,
      needs: [],
      computedFrom: [],
      consentedFrom: [],
      verifiable: false,
      dimension: false,
      measure: false,
      argumentUses: {},
      refusable: item.shareType !== 'UNCONDITIONAL',
    });
  }
  const stated = new Map(drafted.map((item) => [item.coordinate as string, item]));
  problems.push(
    ...checkStatements(
      { items: drafted, byCoordinate: stated, statements, inputs: inputs.rules, subgraphs, schema },
      options.rules ?? DEFAULT_CATALOGUE_RULES,
    ),
  );
  const releases = publishers && findReleases(subgraphs, ownership, stated);
  const resting = findConsentItems(releases ?? []);
  const items = drafted.map((item) => (resting.has(item.coordinate) ? { ...item, refusable: true } : item));
  if (releases)
    problems.push(...checkPublishers(subgraphs, publishers), ...checkReleases(releases, publishers, consents, now));
  const version = hashIndex(items, [[...inputs.rules], ...(releases ? [releases] : [])]);
  const byCoordinate = new Map(items.map((item) => [item.coordinate as string, item]));
  const index = { version, items, byCoordinate, resources, inputs: inputs.rules };
  return {
    index: releases
      ? {
          ...index,
          releases: Map.groupBy(releases, ({ receiverSubgraph }) => receiverSubgraph),
          namedProviders: namesOf(subgraphs),
        }
      : index,
    problems,
  };
}

/** Hash of the items as JSON has them, with their positions, and of the rest. */
function hashIndex(items: readonly ShareItem[], rest: readonly unknown[]): string {
  const texts = writeItems(items).map((text, index) => `${text.slice(0, -1)},"index":${index}}`);
  const others = rest.map((each) => `,${JSON.stringify(each)}`);
  return createHash('sha256')
    .update(`[[${texts.join(',')}]${others.join('')}]`)
    .digest('hex')
    .slice(0, 16);
}

type ResourcesByType = ReadonlyMap<string, readonly Resource[]>;

const namesOf = (subgraphs: readonly SubgraphShares[]): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(
    subgraphs.map(({ subgraph, providers }) => [
      subgraph,
      new Set(providers.filter(({ implied }) => !implied).map(({ provider }) => provider)),
    ]),
  );

const sourceOf = ({ sources }: ItemDraft): FieldStatement | undefined =>
  sources.find((statement) => !statement.copyOf) ?? sources[0];

function draftIdentity(draft: ItemDraft, resources: ResourcesByType): string | undefined {
  const source = sourceOf(draft);
  return source && identityOf(source, parseCoordinate(draft.coordinate).type, resources);
}

const reportDifferingTypes = ({ coordinate, statements, main }: ItemDraft): ShareProblem => ({
  code: 'SHARE_TYPES_DIFFER',
  severity: 'warning',
  subgraph: statements.map((statement) => statement.subgraph).join(', '),
  coordinate,
  message: `${coordinate} has different share types in ${statements.map((s) => `${s.subgraph} (${shareTypeOf(s)})`).join(' and ')}; the strictest, ${main && shareTypeOf(main)}, counts.`,
});

const reportMissingType = ({ coordinate, sources }: ItemDraft, subgraphs: readonly SubgraphShares[]): ShareProblem => ({
  code: 'SHARE_TYPE_MISSING',
  severity: 'error',
  subgraph: sources[0]?.subgraph ?? subgraphs.map((shares) => shares.subgraph).join(', '),
  coordinate,
  message: `${coordinate} has no share type. Put @share(type: …) on the field or on ${parseCoordinate(coordinate).type}.`,
});

/** The department whose own the item is: the one that answers for it in every subgraph that resolves it first-hand. */
function ownerOf(sources: readonly FieldStatement[]): string | undefined {
  const original = sources.filter((statement) => !statement.copyOf);
  const providers = new Set(original.map((statement) => statement.provider));
  return providers.size === 1 ? [...providers][0] : undefined;
}

function identityOf(statement: FieldStatement, type: string, resources: ResourcesByType): string {
  const { provider, subgraph, returns, title } = statement;
  const own = resources.get(type)?.find((resource) => resource.subgraph === subgraph);
  const [home, resource] = [own ? (statement.home ?? provider) : subgraph, own?.code ?? ''];
  const known = identities.get(statement);
  if (known?.home === home && known.resource === resource) return known.identity;
  const identity = itemIdentity({ home, resource, type: returns, title });
  identities.set(statement, { home, resource, identity });
  return identity;
}

/** Identities by statement: a new graph has most of its statements from the one before. */
const identities = new WeakMap<
  FieldStatement,
  { readonly home: string; readonly resource: string; readonly identity: string }
>();

/** Rows can be narrowed only where every subgraph that resolves the item can narrow them. */
function scopeOf(
  sources: readonly FieldStatement[],
  type: string,
  scopes: ReadonlyMap<string, SubgraphShares['scopes']>,
): Pick<ShareItem, 'scopeBy' | 'scopePaths'> {
  const known = sources.flatMap(({ subgraph }) => scopes.get(subgraph)?.get(type) ?? []);
  return known.length > 0 && known.length === sources.length
    ? { scopeBy: known[0]!.by, scopePaths: [...new Set(known.map(({ path }) => path))] }
    : {};
}

function resourceOf(resources: ResourcesByType, type: string, subgraph: string | undefined): Resource | undefined {
  const known = resources.get(type);
  return known?.find((resource) => resource.subgraph === subgraph) ?? known?.[0];
}

function reachableTypes(schema: GraphQLSchema): Set<string> {
  const seen = new Set<string>();
  const queue: GraphQLNamedType[] = [
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ].filter((type) => type != null);
  for (let type = queue.pop(); type; type = queue.pop()) {
    if (seen.has(type.name) || isIntrospectionType(type)) continue;
    seen.add(type.name);
    if (isObjectType(type) || isInterfaceType(type)) {
      queue.push(...Object.values(type.getFields()).map((field) => getNamedType(field.type)), ...type.getInterfaces());
    }
    if (isInterfaceType(type) || isUnionType(type)) queue.push(...schema.getPossibleTypes(type));
  }
  return seen;
}
