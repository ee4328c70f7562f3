import { checkItems } from './check-items.js';
import { checkPull } from './check-pull.js';
import { checkRelations } from './check-relations.js';
import { checkService } from './check-service.js';
import { checkStatistics } from './check-statistics.js';
import type { DeclarationMistake, Refuse } from './declaration-problem.js';
import type { Declaration, DeclaredType } from './declaration-schema.js';
import {
  groupTypes,
  connectionName,
  edgeName,
  enumName,
  hasPages,
  hasStatistics,
  LIST_ARGUMENTS,
  RESERVED_TYPES,
  STATISTICS_TYPES,
} from './graph-names.js';

/** Finds what a well-formed declaration says that cannot work. */
export function checkDeclaration(declaration: Declaration): DeclarationMistake[] {
  const mistakes: DeclarationMistake[] = [];
  const refuse: Refuse = (code, path, message) => void mistakes.push({ code, path, message });
  if (Object.keys(declaration.types).length === 0) refuse('SOURCE_UNFIT', ['types'], 'declares no type.');
  checkTypeNames(declaration, refuse);
  checkRootNames(declaration, refuse);
  for (const [name, type] of Object.entries(declaration.types)) {
    checkSource(name, type, refuse);
    checkService(declaration, name, refuse);
    checkPull(name, type, refuse);
    checkItems(name, type, refuse);
    checkStatistics(name, type, refuse);
    checkKeys(name, type, refuse);
    checkRoots(name, type, refuse);
  }
  checkRelations(declaration, refuse);
  return mistakes;
}

/** One name is one type in the whole graph, the types that follow from others included. */
function checkTypeNames(declaration: Declaration, refuse: Refuse): void {
  const taken = new Map<string, string>();
  const take = (name: string, what: string, path: DeclarationMistake['path']) => {
    const other = taken.get(name);
    if (RESERVED_TYPES.has(name))
      refuse('NAME_RESERVED', path, `${name} is a name that every subgraph has. Use another.`);
    else if (other !== undefined) refuse('NAME_TAKEN', path, `${name} is the name of ${what} and of ${other}.`);
    taken.set(name, what);
  };
  for (const name of Object.keys(declaration.types)) take(name, 'a type', ['types', name]);
  for (const name of Object.keys(declaration.extends)) take(name, STUB, ['extends', name]);
  for (const [path, name] of stubsOf(declaration)) if (taken.get(name) !== STUB) take(name, STUB, path);
  for (const [name, type] of Object.entries(declaration.types)) {
    for (const [item, each] of Object.entries(type.items)) {
      const codes = enumName(name, item, each);
      if (codes !== undefined) take(codes, `the code list of ${name}.${item}`, ['types', name, 'items', item]);
    }
    if (hasStatistics(type))
      for (const added of [...STATISTICS_TYPES.map((suffix) => name + suffix), ...groupTypes(name, type)])
        take(added, `the statistics of ${name}`, ['types', name]);
    if (!hasPages(declaration, name)) continue;
    take(connectionName(name), `the pages of ${name}`, ['types', name]);
    take(edgeName(name), `the pages of ${name}`, ['types', name]);
  }
}

const STUB = "another department's type";

/** Types of other departments that relations lead to, with the first place of each. */
function stubsOf({ types, extends: others }: Declaration): [readonly string[], string][] {
  return Object.entries(types).flatMap(([name, { relations }]) =>
    Object.entries(relations).flatMap(([field, { type }]): [readonly string[], string][] =>
      Object.hasOwn(types, type) || Object.hasOwn(others, type)
        ? []
        : [[['types', name, 'relations', field, 'type'], type]],
    ),
  );
}

function checkRootNames({ types }: Declaration, refuse: Refuse): void {
  const taken = new Map<string, string>(
    Object.entries(types).flatMap(([name, type]) => (hasStatistics(type) ? [[`statistics${name}`, name]] : [])),
  );
  for (const [name, { lists, lookups }] of Object.entries(types))
    for (const [part, roots] of Object.entries({ lists, lookups }))
      for (const root of Object.keys(roots)) {
        const other = taken.get(root);
        const path = ['types', name, part, root];
        if (other !== undefined) refuse('NAME_TAKEN', path, `${root} is a root field of ${other} already.`);
        taken.set(root, name);
      }
}

function checkSource(name: string, { from }: DeclaredType, refuse: Refuse): void {
  const path = ['types', name, 'from'];
  const sources = (['hosted', 'database', 'service'] as const).filter((kind) => from[kind] !== undefined);
  if (sources.length !== 1) refuse('SOURCE_UNFIT', path, 'must name one source: hosted, database or service.');
  else if (from.database !== undefined && from.table === undefined)
    refuse('SOURCE_UNFIT', path, 'must name the `table` or view of the database.');
  else if (from.database === undefined && from.table !== undefined)
    refuse('SOURCE_UNFIT', [...path, 'table'], 'belongs to a `database`.');
}

const KEY_TYPES: ReadonlySet<string> = new Set(['String', 'ID', 'Int']);

function checkKeys(name: string, { keys, items }: DeclaredType, refuse: Refuse): void {
  const seen = new Set<string>();
  for (const [index, key] of keys.entries()) {
    const path = ['types', name, 'keys', index];
    const text = key.toSorted().join(' ');
    if (seen.has(text) || new Set(key).size < key.length) refuse('KEY_UNFIT', path, 'repeats itself.');
    seen.add(text);
    for (const [place, item] of key.entries()) {
      const found = items[item];
      const at = [...path, place];
      if (!found) refuse('ITEM_UNKNOWN', at, `${name} has no item ${item}.`);
      else if (!KEY_TYPES.has(found.type))
        refuse('KEY_UNFIT', at, `${item} is a ${found.type}. Keys are of String, ID or Int.`);
      else if (index === 0 && !found.required)
        refuse('KEY_UNFIT', at, `${item} is in the first key, which names every row: mark it \`required: true\`.`);
    }
  }
}

function checkRoots(name: string, { items, keys, lists, lookups }: DeclaredType, refuse: Refuse): void {
  for (const [list, filters] of Object.entries(lists))
    for (const [place, item] of filters.entries()) {
      const path = ['types', name, 'lists', list, place];
      const found = items[item];
      if (!found) refuse('ITEM_UNKNOWN', path, `${name} has no item ${item}.`);
      else if (LIST_ARGUMENTS.has(item))
        refuse('NAME_RESERVED', path, `Every list has an argument ${item} of its own. Give the item another name.`);
      else if (found.type === 'Float')
        refuse('LIST_UNFIT', path, `${item} is a Float, which is hardly ever equal to a value. Use a Decimal.`);
      else if (filters.indexOf(item) !== place) refuse('LIST_UNFIT', path, `${item} stands here twice.`);
    }
  const texts = new Set(keys.map((key) => key.toSorted().join(' ')));
  for (const [lookup, key] of Object.entries(lookups))
    if (!texts.has(key.toSorted().join(' ')))
      refuse('KEY_UNFIT', ['types', name, 'lookups', lookup], `is no key of ${name}, so it may find several rows.`);
}
