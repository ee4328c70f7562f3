import { isTypeDefinitionNode, isTypeExtensionNode, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { kindOf, parseDeclaration } from '../../../../shared/declaration/index.js';
import { anyOf, type Database } from '../../core/index.js';
import { registryTables } from '../tables.js';
import type { ServedTypes } from './supply.rule.js';

/** By id of the version, which never changes. */
const known = new LRUCache<string, ServedTypes>({ max: 1_000 });

/** What each published subgraph serves, by its name. */
export async function readServedTypes(database: Database): Promise<ReadonlyMap<string, ServedTypes>> {
  const versions = () => registryTables(database).selectFrom('subgraph_version').where('state', '=', 'PUBLISHED');
  const published = await versions().select(['id', 'subgraph']).where('sdl', 'is not', null).execute();
  const unread = published.flatMap(({ id }) => (known.has(id) ? [] : id));
  const read = new Map<string, ServedTypes>();
  if (unread.length > 0) {
    const rows = await versions().select(['id', 'sdl', 'declaration']).where('id', '=', anyOf(unread)).execute();
    for (const { id, sdl, declaration } of rows) {
      const types = readTypes(sdl, declaration);
      read.set(id, types);
      known.set(id, types);
    }
  }
  return new Map(published.map(({ id, subgraph }) => [subgraph, read.get(id) ?? known.get(id) ?? {}]));
}

function readTypes(sdl: string | null | undefined, text: string | null | undefined): ServedTypes {
  const declared = text == null ? undefined : parseDeclaration(text).declaration;
  if (declared)
    return { kinds: new Map(Object.entries(declared.types).map(([name, type]) => [name, kindOf(type)] as const)) };
  const { definitions } = parse(sdl ?? '', { noLocation: true });
  return {
    types: new Set(
      definitions.flatMap((each) => (isTypeDefinitionNode(each) || isTypeExtensionNode(each) ? each.name.value : [])),
    ),
  };
}
