import { coordinate, parseCoordinate, type Coordinate } from '../../kernel/index.js';
import { findMoved } from '../moved-statements.js';
import type { ShareItem } from '../share-index.js';
import type { FieldStatement, SubgraphShares } from '../statements.js';
import type { Ownership } from './ownership.js';
import type { Release, ReleaseUse } from './release.js';

const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);
/** Root fields of the federation protocol, which every subgraph has. */
const PROTOCOL: ReadonlySet<string> = new Set(['_entities', '_service']);

/** Items of the catalogue, for their share type in force and their identity. */
type Items = ReadonlyMap<string, Pick<ShareItem, 'shareType' | 'identity'>>;

/** Everything that a graph sends to a subgraph, and everything that a subgraph serves in another department's place:
 *  the parts of every key, nested ones and those of interfaces included; what `@requires` reads; overrides, copies,
 *  `@provides`, root fields and catalogue entries of others.
 *  @param items  share types in force; what is not among them counts as restricted
 *  @source share-rules section 1, rules 9 and 10 */
export function findReleases(
  subgraphs: readonly SubgraphShares[],
  ownership: Ownership,
  items: Items,
): readonly Release[] {
  const found = new Map<string, Release>();
  const add = (
    receiver: string,
    use: ReleaseUse,
    item: string,
    forCoordinate: string,
    owners: readonly string[],
    {
      isFree = false,
      receiverDepartments = ownership.departmentsOf(receiver),
      keys,
    }: Pick<Partial<Release>, 'isFree' | 'receiverDepartments' | 'keys'> = {},
  ) => {
    const departments = ownership.departmentsOf(receiver);
    for (const owner of owners.length > 0 ? owners : [''])
      found.set([receiver, use, item, forCoordinate, owner].join('|'), {
        item,
        use,
        owner,
        receiverSubgraph: receiver,
        receiverDepartments,
        forCoordinate,
        identity: items.get(item)?.identity,
        isFree,
        restingItems: isFree && use === 'KEY' ? [] : findRestingItems(ownership, receiver, use, item, forCoordinate),
        needsConsent: !isFree && !departments.includes(owner),
        ...(keys && { keys }),
      });
  };
  const isOpen = (at: Coordinate) => items.get(at)?.shareType === 'UNCONDITIONAL';
  const stated = (at: Coordinate, says: (statement: FieldStatement) => boolean) =>
    ownership.sourcesOf(at).some(({ statement }) => says(statement));
  const isSubject = (at: Coordinate) => stated(at, ({ subject }) => subject !== undefined);
  const isBasic = (at: Coordinate) => stated(at, ({ basic }) => basic);

  const moved = findMoved(subgraphs);
  for (const { subgraph, keys, fields } of subgraphs) {
    const resolvable = keys.filter((each) => each.resolvable);
    const led = objectsLedTo(ownership, fields);
    for (const { type, fields: set } of resolvable) {
      const all = resolvable.filter((each) => each.type === type);
      const ways = [
        ...all.map((each) => [...ownership.types.readsOf(type, each.fields)]),
        ...([type, ...ownership.types.objectsOf(type)].some((each) => led.has(each)) ? [[]] : []),
      ];
      for (const at of ownership.types.readsOf(type, set))
        add(subgraph, 'KEY', at, type, ownership.ownersOf(at), {
          isFree: isSubject(at) || (isBasic(at) && isOpen(at)),
          keys: ways,
        });
    }
    for (const field of fields) {
      if (moved.has(field)) continue;
      const { type } = parseCoordinate(field.coordinate);
      if (field.requires !== undefined)
        for (const at of ownership.types.readsOf(type, field.requires))
          add(subgraph, 'REQUIRES', at, field.coordinate, ownership.ownersOf(at), {
            isFree: isSubject(at) || isOpen(at),
            receiverDepartments: ownership.answeringFor(field),
          });
      if (field.provides !== undefined)
        for (const at of ownership.types.readsOf(field.returns, field.provides))
          if (!isOwnReference(ownership, subgraph, at))
            add(subgraph, 'PROVIDES', at, field.coordinate, ownership.ownersOf(at));
    }
  }
  addServed(subgraphs, ownership, add);
  addEntries(subgraphs, ownership, add);
  return [...found.values()];
}

/** Items that are refused while a consent is missing, those computed from them included. Which items a missing key takes
 *  along, plans alone can tell.
 *  @source share-rules section 1, rules 8 to 10 */
export function findConsentItems(releases: readonly Release[]): ReadonlySet<string> {
  const resting = releases.flatMap(({ needsConsent, use, restingItems }) =>
    needsConsent && use !== 'KEY' ? restingItems : [],
  );
  const found = new Set<string>(resting);
  const chains = releases.filter(({ use }) => use === 'REQUIRES');
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const { item, restingItems } of chains) if (found.has(item)) restingItems.forEach((each) => found.add(each));
  }
  return found;
}

/** Types whose objects the subgraph gets at by a field of its own, without their key. */
function objectsLedTo({ types }: Ownership, fields: readonly FieldStatement[]): ReadonlySet<string> {
  const returned = new Set(fields.flatMap(({ returns, external, abstract }) => (external || abstract ? [] : returns)));
  return new Set([...returned].flatMap((type) => [type, ...types.objectsOf(type)]));
}

/** Items that are given only where a release is made. Of the fields behind a key those count that no other subgraph
 *  resolves; the others may come from there. */
function findRestingItems(
  ownership: Ownership,
  receiver: string,
  use: ReleaseUse,
  item: string,
  forCoordinate: string,
): readonly Coordinate[] {
  if (use === 'OVERRIDE' || use === 'SHAREABLE' || use === 'ROOT_FIELD') return [item as Coordinate];
  if (use === 'KEY' || use === 'TYPE')
    return ownership.resolvedOnlyBy(receiver, [forCoordinate, ...ownership.types.objectsOf(forCoordinate)]);
  const { type, field } = parseCoordinate(forCoordinate as Coordinate);
  return [...new Set([type, ...ownership.types.objectsOf(type)])].map((each) => coordinate(each, field));
}

type Add = (receiver: string, use: ReleaseUse, item: string, forCoordinate: string, owners: readonly string[]) => void;

/** The fields that a subgraph resolves although another department answers for them. A value type that nobody catalogues is resolved
 *  by whoever gave the record it is part of, so nobody stands in another's place there. */
function addServed(subgraphs: readonly SubgraphShares[], ownership: Ownership, add: Add): void {
  const entities = new Set(
    subgraphs.flatMap(({ keys }) => keys.flatMap(({ type }) => [type, ...ownership.types.objectsOf(type)])),
  );
  for (const at of ownership.claimed()) {
    const { type, field } = parseCoordinate(at);
    const isRoot = ROOTS.has(type);
    if (isRoot ? PROTOCOL.has(field) : !entities.has(type) && !ownership.isCatalogued(type)) continue;
    const sources = ownership.sourcesOf(at);
    for (const { kind, subgraph } of ownership.claimsOn(at)) {
      if (kind === 'REFERENCE') continue;
      const others = sources.filter((source) => source.subgraph !== subgraph).flatMap((source) => source.departments);
      if (others.length > 0)
        add(subgraph, isRoot ? 'ROOT_FIELD' : kind === 'OVERRIDE' ? 'OVERRIDE' : 'SHAREABLE', at, at, [
          ...new Set(others),
        ]);
    }
  }
}

/** Types that another department has in the catalogue. */
function addEntries(subgraphs: readonly SubgraphShares[], ownership: Ownership, add: Add): void {
  const resources = subgraphs.flatMap((shares) => shares.resources);
  const ofType = Map.groupBy(resources, ({ type }) => type);
  for (const own of resources) {
    const others = ofType.get(own.type)!.filter(({ subgraph }) => subgraph !== own.subgraph);
    for (const other of others) add(own.subgraph, 'TYPE', own.type, own.type, ownership.answeringFor(other));
  }
}

/** A subgraph may give the key of a record that it refers to along with the reference. */
const isOwnReference = (ownership: Ownership, subgraph: string, at: Coordinate): boolean =>
  ownership.claimsOn(at).some((claim) => claim.kind === 'REFERENCE' && claim.subgraph === subgraph);
