import { getNamedType, isInputObjectType, isObjectType, type GraphQLOutputType } from 'graphql';
import { parseCoordinate } from '../../shared/kernel/index.js';
import type { ShareItem, ShareProblem } from '../../shared/share/share-index.js';
import type { ComparedGraph } from './compare-graphs.js';

/** Arguments of pages, which filter by nothing. */
const PAGING: ReadonlySet<string> = new Set(['first', 'after', 'last', 'before']);
/** A resource is data, named for what it is about; a system that keeps it has another name. */
const SYSTEM_NAME = /(系统|平台|软件|数据库|客户端|小程序|APP)$/i;
const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** Finds what the catalogue of a graph should not have, and its rules do not refuse: codes that two resources have, names
 *  that nobody searches for, arguments that say not by what they filter.
 *  @source QZ-4.2a, HZ-3.1a */
export function lintCatalogue({ index, schema }: ComparedGraph): ShareProblem[] {
  return [...findCodesTwice(index.items), ...findNames(index.items), ...findUnstatedFilters(index.items, schema)];
}

const note = (code: string, { subgraph }: ShareItem, coordinate: string, message: string): ShareProblem => ({
  ...{ code, severity: 'warning', subgraph, coordinate, message },
});

function* findCodesTwice(items: readonly ShareItem[]): Generator<ShareProblem> {
  const first = new Map<string, ShareItem>();
  const told = new Set<string>();
  for (const item of items) {
    if (!item.resource) continue;
    const { code, name, type } = item.resource;
    const other = first.get(code)?.resource ?? item.resource;
    if (other.type === type) first.set(code, item);
    else if (!told.has(type)) {
      told.add(type);
      yield note(
        'RESOURCE_CODE_TWICE',
        item,
        type,
        `${code} is the code of ${other.name} (${other.type}) and of ${name} (${type}).`,
      );
    }
  }
}

function* findNames(items: readonly ShareItem[]): Generator<ShareProblem> {
  const types = new Set<string>();
  for (const item of items) {
    if (!item.entry) continue;
    const { type } = parseCoordinate(item.coordinate);
    if (item.resource && !types.has(type)) {
      types.add(type);
      const { name } = item.resource;
      if (!isChinese(name)) yield note('NAME_NOT_CHINESE', item, type, `The resource ${name} has no Chinese name.`);
      else if (SYSTEM_NAME.test(name))
        yield note(
          'RESOURCE_NAMED_AS_SYSTEM',
          item,
          type,
          `${name} is the name of a system. Name the data that is in it.`,
        );
    }
    if (item.resource && !isChinese(item.title))
      yield note(
        'NAME_NOT_CHINESE',
        item,
        item.coordinate,
        `${item.coordinate} has no Chinese name: begin its description with one.`,
      );
  }
}

/** Root fields that give records of a resource. Of an input object each field says for itself by what it filters. */
function* findUnstatedFilters(items: readonly ShareItem[], schema: ComparedGraph['schema']): Generator<ShareProblem> {
  const query = schema.getQueryType();
  const resources = new Set(items.flatMap(({ resource }) => resource?.type ?? []));
  for (const item of items) {
    const { type, field: name } = parseCoordinate(item.coordinate);
    const field = type === query?.name ? query.getFields()[name] : undefined;
    if (!field || !resources.has(recordType(field.type))) continue;
    for (const argument of field.args) {
      const input = getNamedType(argument.type);
      const mayFilter = !PAGING.has(argument.name) && !isInputObjectType(input) && input.name !== 'Boolean';
      if (mayFilter && (item.argumentUses[argument.name] ?? []).length === 0)
        yield note(
          'FILTERS_MISSING',
          item,
          item.coordinate,
          `${item.coordinate}(${argument.name}:) says not by what it filters. Add @filters, so that it is given only to who may read that item.`,
        );
    }
  }
}

/** The type of the records that a field gives: itself, or the nodes of its pages. */
function recordType(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  const nodes = isObjectType(named) && named.name.endsWith('Connection') ? named.getFields()['nodes'] : undefined;
  return nodes ? getNamedType(nodes.type).name : named.name;
}
