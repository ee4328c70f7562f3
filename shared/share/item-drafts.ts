import {
  getNamedType,
  isEnumType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import { coordinate, parseCoordinate, stricter, type Coordinate, type ShareType } from '../kernel/index.js';
import { requiredCoordinates } from './required-coordinates.js';
import type { TypeGraph } from './type-graph.js';
import { shareTypeOf, type FieldStatement, type SubgraphShares } from './statements.js';

/** An item of the catalogue while the statements of all subgraphs are brought together. */
export interface ItemDraft {
  readonly coordinate: Coordinate;
  /** Statements that count: those that give a share type; where none does, all. */
  readonly statements: readonly FieldStatement[];
  /** Statements of the subgraphs that resolve the item. */
  readonly sources: readonly FieldStatement[];
  shareType: ShareType;
  /** Statement that the share type rests on; absent where nobody gave one. */
  main?: FieldStatement;
  /** The same item on other types: implementations of an interface field, the `@interfaceObject` that stands for them. */
  readonly forms: Set<Coordinate>;
  /** Restricted values of its enum. */
  readonly values: Set<Coordinate>;
  /** Items it is computed from without their owner's consent. */
  readonly inputs: Set<Coordinate>;
  /** Everything it is computed from at first hand. */
  readonly requires: ReadonlySet<Coordinate>;
}
export type ItemDrafts = ReadonlyMap<Coordinate, ItemDraft>;

/** Every item that a draft depends on, without itself. */
export const collectNeeds = (drafts: ItemDrafts, at: Coordinate): readonly Coordinate[] =>
  closure(at, dependencies(drafts, at), (next) => dependencies(drafts, next));

/** Of those, the items it is computed from: whoever may have them only in part may have it only in part. */
export const collectInputs = (drafts: ItemDrafts, at: Coordinate): readonly Coordinate[] =>
  closure(at, drafts.get(at)?.inputs ?? NO_ITEMS, (next) => dependencies(drafts, next));

/** Items it is computed from with their owner's consent, directly or through others. It does not depend on them. */
export function collectConsentedInputs(drafts: ItemDrafts, at: Coordinate): readonly Coordinate[] {
  const required = drafts.get(at)?.requires;
  if (!required || required.size === 0) return NO_ITEMS;
  const next = (from: Coordinate) => [...(drafts.get(from)?.requires ?? []), ...(drafts.get(from)?.forms ?? [])];
  const without = new Set(collectInputs(drafts, at));
  return closure(at, required, next).filter((from) => !without.has(from));
}

/** Brings the statements on every output field together, with those that keys and `@requires` read behind the
 *  consumers' schema.
 *  @param isConsented  whether the owner of a required item has consented to the field that is computed from it
 *  @source share-rules section 1, reading rules 3, 4 and 5 */
export function draftItems(
  schema: GraphQLSchema,
  subgraphs: readonly SubgraphShares[],
  statements: ReadonlyMap<Coordinate, readonly FieldStatement[]>,
  types: TypeGraph,
  isConsented: (required: ItemDraft, derived: Coordinate) => boolean,
): ItemDrafts {
  const catalogued = new Map<string, Set<string>>();
  for (const { type, subgraph } of subgraphs.flatMap((shares) => shares.resources))
    catalogued.set(type, (catalogued.get(type) ?? new Set()).add(subgraph));
  const requirements = requiredCoordinates(subgraphs, types);
  const valuesOf = Map.groupBy(
    subgraphs.flatMap((shares) => [...shares.enumValues.keys()]),
    (value) => parseCoordinate(value).type,
  );
  const drafts = new Map<Coordinate, ItemDraft>();
  const draftOf = (at: Coordinate): ItemDraft => {
    let draft = drafts.get(at);
    if (!draft) {
      const by = catalogued.get(parseCoordinate(at).type) ?? NONE;
      drafts.set(at, (draft = emptyDraft(at, statements.get(at) ?? [], by, requirements.get(at) ?? NONE)));
    }
    return draft;
  };

  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || !(isObjectType(type) || isInterfaceType(type))) continue;
    for (const field of Object.values(type.getFields())) draftOf(coordinate(type.name, field.name));
  }
  for (const [at, required] of requirements) for (const other of [at, ...required]) draftOf(other);
  for (const { type, fields } of subgraphs.flatMap((shares) => shares.keys))
    for (const at of types.readsOf(type, fields)) draftOf(at);

  for (const draft of [...drafts.values()]) linkForms(draft);
  for (const draft of drafts.values()) linkInputs(draft);
  return drafts;

  function linkForms(draft: ItemDraft): void {
    const { type, field } = parseCoordinate(draft.coordinate);
    const owners = implementations(type).filter((owner) => exists(owner, field));
    const facade = draft.statements.some((statement) => statement.interfaceObject);
    for (const owner of owners) {
      const implementation = draftOf(coordinate(owner, field));
      if (facade && implementation.statements.length === 0) implementation.forms.add(draft.coordinate);
      else {
        restrict(implementation, draft);
        draft.forms.add(implementation.coordinate);
      }
    }
    // Its statement now stands on every implementation, and grants are requested there.
    if (draft.forms.size > 0) draft.shareType = 'UNCONDITIONAL';
    const named = returnType(type, field);
    for (const value of (named !== undefined && valuesOf.get(named)) || []) draft.values.add(value);
  }

  function linkInputs(draft: ItemDraft): void {
    const queue = [...draft.requires];
    const seen = new Set<Coordinate>();
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      if (!consents(at, draft.coordinate)) draft.inputs.add(at);
      // The owner of an item can only consent for itself, not for those whose items it is computed from in turn.
      else {
        const between = at;
        queue.push(...(drafts.get(at)?.forms ?? []));
        queue.push(...[...(drafts.get(at)?.requires ?? [])].filter((behind) => !consents(behind, between)));
      }
    }
    draft.inputs.delete(draft.coordinate);
  }

  function consents(required: Coordinate, derived: Coordinate): boolean {
    const draft = drafts.get(required);
    return draft !== undefined && isConsented(draft, derived);
  }

  /** Names of the object types behind an interface; for one that consumers do not see, as the subgraphs state them. */
  function implementations(type: string): readonly string[] {
    const known = schema.getType(type);
    if (isInterfaceType(known)) return schema.getPossibleTypes(known).map(({ name }) => name);
    if (known) return [];
    return [...new Set(subgraphs.flatMap((shares) => shares.implementations.get(type) ?? []))];
  }

  function exists(type: string, field: string): boolean {
    const known = schema.getType(type);
    return (isObjectType(known) && known.getFields()[field] !== undefined) || statements.has(coordinate(type, field));
  }

  function returnType(typeName: string, fieldName: string): string | undefined {
    const type = schema.getType(typeName);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
    const named = field && getNamedType(field.type);
    if (named) return isEnumType(named) ? named.name : undefined;
    return statements.get(coordinate(typeName, fieldName))?.[0]?.returns;
  }
}

const NONE: ReadonlySet<never> = new Set();

/** Makes an implementation at least as restricted as its interface, for the interface's reasons. */
function restrict(implementation: ItemDraft, by: ItemDraft): void {
  if (implementation.shareType === stricter(implementation.shareType, by.shareType)) return;
  implementation.shareType = by.shareType;
  if (implementation.main) implementation.main = by.main;
}

function emptyDraft(
  at: Coordinate,
  all: readonly FieldStatement[],
  cataloguedBy: ReadonlySet<string>,
  requires: ReadonlySet<Coordinate>,
): ItemDraft {
  const said = all.filter((statement) => !statement.external || statement.own !== undefined);
  // The subgraph that catalogues the type defines its key; if none does, any subgraph that states something.
  const isReference = ({ key, own, inherited, interfaceObject, subgraph }: FieldStatement) =>
    key &&
    own === undefined &&
    (interfaceObject || (cataloguedBy.size > 0 ? !cataloguedBy.has(subgraph) : inherited === undefined));
  const proper = said.filter((statement) => !isReference(statement));
  const chosen = proper.length > 0 ? proper : said.filter(({ interfaceObject, key }) => !interfaceObject || !key);
  const stating = chosen.filter(shareTypeOf);
  const main = strictest(stating);
  const overridden = all.flatMap(({ overrides, overridesInPart }) => (overridesInPart ? [] : (overrides ?? [])));
  return {
    coordinate: at,
    statements: stating.length > 0 ? stating : chosen,
    sources: chosen.filter((statement) => !statement.external && !overridden.includes(statement.subgraph)),
    shareType: main ? shareTypeOf(main)! : 'UNCONDITIONAL',
    main,
    forms: new Set(),
    values: new Set(),
    inputs: new Set(),
    requires,
  };
}

const strictest = ([first, ...others]: readonly FieldStatement[]): FieldStatement | undefined =>
  others.reduce((best, next) => {
    const [a, b] = [shareTypeOf(best!)!, shareTypeOf(next)!];
    return a !== b && stricter(a, b) === b ? next : best;
  }, first);

/** Most items depend on none. */
const NO_ITEMS: readonly Coordinate[] = [];

function dependencies(drafts: ItemDrafts, at: Coordinate): readonly Coordinate[] {
  const draft = drafts.get(at);
  if (!draft || draft.forms.size + draft.values.size + draft.inputs.size === 0) return NO_ITEMS;
  return [...draft.forms, ...draft.values, ...draft.inputs];
}

function closure(
  start: Coordinate,
  first: Iterable<Coordinate>,
  next: (at: Coordinate) => readonly Coordinate[],
): readonly Coordinate[] {
  const queue = [...first];
  if (queue.length === 0) return NO_ITEMS;
  const seen = new Set<Coordinate>();
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    queue.push(...next(at));
  }
  seen.delete(start);
  return [...seen];
}
