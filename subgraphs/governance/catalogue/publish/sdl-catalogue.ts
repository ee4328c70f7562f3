import { parse } from 'graphql';
import { parseCoordinate, type Coordinate, type ShareType, type Text } from '../../../../shared/kernel/index.js';
import { isCommonField } from '../../../../shared/share/common-fields.js';
import { readSubgraphShares } from '../../../../shared/share/read-subgraph.js';
import { shareTypeOf, type FieldStatement, type SubgraphShares } from '../../../../shared/share/statements.js';
import { currentProvider, interfaceCode, type Successions } from '../../../../shared/share/succession/succession.js';
import type { ResourceKind } from '../checks/vocabulary.rule.js';
import { readSdlTypes } from './sdl-types.js';
import { say } from '../messages/index.js';

/** A catalogue entry as a subgraph's SDL states it. */
export interface SdlResource {
  readonly code: string;
  /** `INTERFACE` for fields on no type of a resource: root fields, pages, value types, fields added to others' types. */
  readonly kind: ResourceKind;
  readonly subgraph: string;
  /** Type that stands for it; absent for an interface. */
  readonly type?: string;
  readonly name: string;
  readonly abstract?: string | undefined;
  readonly provider: string;
  readonly library?: string;
  readonly category?: string;
  readonly updateCycle?: string;
  readonly items: readonly SdlItem[];
}
export interface SdlItem {
  readonly coordinate: Coordinate;
  readonly name: string;
  readonly provider: string;
  /** As the SDL writes it, e.g. `[String!]`. */
  readonly type: string;
  readonly shareType: ShareType;
  readonly basis: readonly string[];
  readonly condition?: string;
  readonly basic: boolean;
  readonly identifier: boolean;
  /** Subgraph that is its one source, where this is a copy. */
  readonly copyOf?: string;
  /** It stands on an entity, so no other provider may claim it. */
  readonly ofEntity: boolean;
}
export interface SdlCatalogue {
  readonly resources: readonly SdlResource[];
  /** Errors and gaps in the SDL, as sentences. */
  readonly problems: readonly Text[];
}

/** Reads the catalogue that a subgraph's own SDL states ("the schema is the catalogue"): a resource for each type that
 *  says so, and for each provider one entry more for its interface, so that nothing is served without an entry.
 *  @param successions  what departments have taken over since: an entry stays under its code, with the provider that it has now
 *  @throws GraphQLError when the text is no SDL
 *  @source share-rules section 1; HZ-3.1f, HZ-5.3b, YN-9a */
export function readSdlCatalogue(subgraph: string, sdl: string, successions: Successions = []): SdlCatalogue {
  const document = parse(sdl, { noLocation: true });
  const shares = readSubgraphShares(subgraph, document);
  const { fieldTypes, abstracts } = readSdlTypes(document);
  const itemsByEntry = new Map<string, SdlItem[]>();
  const codes = new Map(shares.resources.map(({ type, code }) => [type, code]));
  const providerOf = assignProviders(subgraph, shares);
  const entities = findEntities(shares);
  const problems: Text[] = shares.problems.map(({ message }) => message);
  // Of two types with one code the first keeps it, and the other is catalogued by nothing.
  const types = new Map([...shares.resources].reverse().map(({ type, code }) => [code, type]));
  const unique = shares.resources.filter(({ type, code }) => types.get(code) === type);
  for (const { type, code } of shares.resources)
    if (types.get(code) !== type) problems.push(say('sdl.codeTaken', { type, code, other: types.get(code)! }));
  for (const field of shares.fields) {
    if (field.external || field.abstract || isCommonField(field)) continue;
    const { type } = parseCoordinate(field.coordinate);
    const code = codes.get(type);
    if (code !== undefined && types.get(code) !== type) continue;
    if (shareTypeOf(field) === undefined) {
      if (code !== undefined) problems.push(say('sdl.noShareType', { item: field.coordinate }));
      continue;
    }
    if (code === undefined && field.key && field.own === undefined) continue;
    const stated = providerOf(field.provider);
    const entry = code ?? findInterfaceCode(subgraph, stated, successions);
    const provider = currentProvider(stated, entry, successions);
    const item = toItem(field, provider, fieldTypes.get(field.coordinate) ?? '', entities.has(type));
    itemsByEntry.set(entry, [...(itemsByEntry.get(entry) ?? []), item]);
  }
  const data = unique.map(({ type, code, name, provider, library, category, updateCycle }): SdlResource => ({
    code,
    kind: 'DATA',
    subgraph,
    type,
    name,
    abstract: abstracts.get(type),
    provider: currentProvider(provider, code, successions),
    library,
    category,
    updateCycle,
    items: itemsByEntry.get(code) ?? [],
  }));
  const known = new Set(data.map(({ code }) => code));
  const interfaces = [...itemsByEntry]
    .filter(([code]) => !known.has(code))
    .map(([code, items]): SdlResource => {
      const { provider } = items[0]!;
      return { code, kind: 'INTERFACE', subgraph, name: `${subgraph} 服务接口`, provider, items };
    });
  return { resources: [...data, ...interfaces], problems };
}

/** Finds the department behind a stated provider: a field that names only its subgraph belongs to the department of the
 *  subgraph's first resource. */
function assignProviders(subgraph: string, { resources }: SubgraphShares): (provider: string) => string {
  const departments = new Set(resources.map(({ provider }) => provider));
  const fallback = resources[0]?.provider ?? subgraph;
  return (provider) => (provider === subgraph && !departments.has(subgraph) ? fallback : provider);
}

/** The code under which an interface stands: that of the department which provided it first. */
function findInterfaceCode(subgraph: string, provider: string, successions: Successions): string {
  const taken = successions.find(
    ({ kind, id, to }) => kind === 'RESOURCE' && to === provider && id.startsWith(interfaceCode(subgraph, '')),
  );
  return taken?.id ?? interfaceCode(subgraph, provider);
}

const findEntities = (shares: SubgraphShares): ReadonlySet<string> =>
  new Set(shares.fields.filter(({ key }) => key).map(({ coordinate }) => parseCoordinate(coordinate).type));

const toItem = (field: FieldStatement, provider: string, type: string, ofEntity: boolean): SdlItem => ({
  coordinate: field.coordinate,
  name: field.title,
  provider,
  type,
  shareType: shareTypeOf(field)!,
  basis: field.basis,
  condition: field.condition,
  basic: field.basic,
  identifier: field.subject !== undefined,
  copyOf: field.copyOf,
  ofEntity,
});
