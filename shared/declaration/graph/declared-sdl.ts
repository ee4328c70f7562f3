import { parse, type DocumentNode } from 'graphql';
import { asBlocks } from '../../share/block-descriptions.js';
import { enumValue, printArguments } from '../../share/print-arguments.js';
import { shareOfRelation } from '../check-relations.js';
import type {
  Declaration,
  DeclaredItem,
  DeclaredRelation,
  DeclaredShare,
  DeclaredType,
} from '../declaration-schema.js';
import { bandsOf, connectionName, edgeName, enumName, hasPages, shareOfItem } from '../graph-names.js';
import { PAGE_ARGUMENTS, PAGE_INFO, TOTAL_COUNT } from './page-types.js';
import { otherTypes, type OtherType } from './other-types.js';

/** Types and root fields of a declaration, with their share types and without links; the kit adds those. The order is
 *  that of the declaration, and the kit sorts the types. */
export function declaredTypes(declaration: Declaration): DocumentNode {
  const own = Object.entries(declaration.types);
  const text = [
    ...own.flatMap(([name, type]) => [objectType(declaration, name, type), ...enums(name, type)]),
    ...own.flatMap(([name, type]) => (hasPages(declaration, name) ? [pages(name, type)] : [])),
    ...otherTypes(declaration).map((other) => otherType(declaration, other)),
    ...(own.some(([name]) => hasPages(declaration, name)) ? [PAGE_INFO] : []),
    ...roots(declaration),
    ...scalars(declaration),
  ].join('\n');
  return asBlocks(parse(text, { noLocation: true }));
}

/** GraphQL's name of an item's type. */
const GRAPH_TYPES: Readonly<Record<DeclaredItem['type'], string>> = {
  String: 'String',
  ID: 'ID',
  Int: 'Int',
  Float: 'Float',
  Decimal: 'Decimal',
  Boolean: 'Boolean',
  Date: 'LocalDate',
  DateTime: 'DateTimeISO',
};
const SCALARS = ['Decimal', 'LocalDate', 'DateTimeISO'] as const;

const graphType = (name: string, item: string, each: DeclaredItem): string =>
  enumName(name, item, each) ?? GRAPH_TYPES[each.type];

const scalars = ({ types }: Declaration): string[] => {
  const used = new Set(
    Object.values(types).flatMap(({ items }) => Object.values(items).map(({ type }) => GRAPH_TYPES[type])),
  );
  return SCALARS.filter((name) => used.has(name)).map((name) => `scalar ${name}`);
};

function objectType(declaration: Declaration, name: string, type: DeclaredType): string {
  const { resource, keys, items, relations, title, description } = type;
  const entry = {
    code: resource.code,
    name: resource.name ?? title,
    provider: declaration.department,
    library: resource.library,
    updateCycle: resource.updateCycle,
    category: resource.category,
  };
  const directives = [
    `@resource${printArguments(entry)}`,
    ...(type.share ? [shareDirective(type.share)] : []),
    ...keys.map((key) => `@key(fields: ${JSON.stringify(key.join(' '))})`),
  ];
  const fields = [
    ...Object.entries(items).map(([item, each]) => itemField(name, type, item, each)),
    ...Object.entries(relations).map(([field, each]) => relationField(declaration, type, field, each)),
  ];
  return `${describe(title, description)} type ${name} ${directives.join(' ')} {\n${fields.join('\n')}\n}`;
}

function itemField(name: string, type: DeclaredType, item: string, each: DeclaredItem): string {
  const { share, basic, subject, scope, mask, verifiable, dimension, measure, values } = each;
  const texts = values && enumName(name, item, each) === undefined ? values.map(({ code }) => code) : undefined;
  const directives = [
    ...(share ? [shareDirective(share)] : []),
    ...(basic ? ['@basic'] : []),
    ...(subject ? [`@subject${printArguments({ kind: enumValue(subject) })}`] : []),
    ...(scope ? [`@scope${printArguments({ by: scope })}`] : []),
    ...(mask ? [`@mask${printArguments({ as: enumValue(mask) })}`] : []),
    ...(verifiable ? [`@verifiable${printRule(verifiable)}`] : []),
    ...(dimension ? [`@dimension${printArguments({ values: texts, bands: bandsOf(each) })}`] : []),
    ...(measure ? [`@measure${printArguments(measure === true ? {} : { ...measure })}`] : []),
  ];
  // A refusal and a hidden value are null, so only what is always given may be not null.
  const always = each.required && shareOfItem(type, item)?.type === 'UNCONDITIONAL' && mask !== 'HIDDEN';
  const codes =
    values && enumName(name, item, each) === undefined
      ? values.map(({ code, title }) => `${code} ${title}`).join('；')
      : undefined;
  const description = describe(each.title, [each.description, codes].filter(Boolean).join('\n'));
  return `${description} ${item}: ${graphType(name, item, each)}${always ? '!' : ''} ${directives.join(' ')}`;
}

function relationField(
  declaration: Declaration,
  own: DeclaredType | undefined,
  field: string,
  relation: DeclaredRelation,
): string {
  const { type, title, description, many } = relation;
  const share = shareOfRelation(declaration, own, relation);
  // On another department's type the hub could not tell whose the field is.
  const directive = share ? shareDirective(share, own ? undefined : declaration.department) : '';
  const returns = many === 'pages' ? connectionName(type) : many ? `[${type}!]` : type;
  const args = many === 'pages' ? `(${PAGE_ARGUMENTS})` : '';
  return `${describe(title, description)} ${field}${args}: ${returns} ${directive}`;
}

function otherType(declaration: Declaration, { name, keys, relations }: OtherType): string {
  const fields = new Map(keys.flatMap((key) => Object.entries(key)));
  const extended = Object.keys(relations).length > 0;
  const directives = keys.map(
    (key) => `@key(fields: ${JSON.stringify(Object.keys(key).join(' '))}${extended ? '' : ', resolvable: false'})`,
  );
  const lines = [
    ...[...fields].map(([field, type]) => `${field}: ${type}!`),
    ...Object.entries(relations).map(([field, each]) => relationField(declaration, undefined, field, each)),
  ];
  return `type ${name} ${directives.join(' ')} {\n${lines.join('\n')}\n}`;
}

const enums = (name: string, { items }: DeclaredType): string[] =>
  Object.entries(items).flatMap(([item, each]) => {
    const type = enumName(name, item, each);
    if (type === undefined) return [];
    const values = each.values!.map(({ code, title }) => `${describe(title)} ${code}`);
    return [`${describe(each.title)} enum ${type} {\n${values.join('\n')}\n}`];
  });

const pages = (name: string, { title, from }: DeclaredType): string => `
${describe(`${title}列表项`)} type ${edgeName(name)} @share(type: UNCONDITIONAL) {
  "游标" cursor: String!
  "记录" node: ${name}!
}
${describe(`${title}分页`)} type ${connectionName(name)} @share(type: UNCONDITIONAL) {
  "本页记录及其游标" edges: [${edgeName(name)}!]!
  "本页记录" nodes: [${name}!]!
  "分页信息" pageInfo: PageInfo!
  ${from.service === undefined ? TOTAL_COUNT : ''}
}`;

function roots({ types }: Declaration): string[] {
  const fields = Object.entries(types).flatMap(([name, type]) => [
    ...Object.entries(type.lists).map(([list, filters]) => {
      const args = filters.map((item) => argument(name, type, item, false)).join('\n');
      const sorted = `Sorted by ${type.keys[0]!.join(', ')}${scopeIn(type, filters) ? ', within a division by division first' : ''}.`;
      return `${describe(`查询${type.title}`, sorted)} ${list}(${PAGE_ARGUMENTS}\n${args}): ${connectionName(name)} @share(type: UNCONDITIONAL)`;
    }),
    ...Object.entries(type.lookups).map(([lookup, key]) => {
      const args = key.map((item) => argument(name, type, item, true)).join('\n');
      const by = key.map((item) => type.items[item]!.title).join('、');
      return `${describe(`按${by}查询${type.title}`)} ${lookup}(${args}): ${name} @share(type: UNCONDITIONAL)`;
    }),
  ]);
  return fields.length > 0 ? [`type Query {\n${fields.join('\n')}\n}`] : [];
}

/** The item by which a list is narrowed to a division; any level of it. */
export const scopeIn = ({ items }: DeclaredType, filters: readonly string[]): string | undefined =>
  filters.find((item) => items[item]!.scope !== undefined || items[item]!.format === 'DIVISION_CODE');

function argument(name: string, type: DeclaredType, item: string, required: boolean): string {
  const each = type.items[item]!;
  const note = scopeIn(type, [item]) && !required ? 'Division code, of any level.' : undefined;
  const filters = `@filters(field: ${JSON.stringify(`${name}.${item}`)})`;
  return `${describe(each.title, note)} ${item}: ${graphType(name, item, each)}${required ? '!' : ''} ${filters}`;
}

const printRule = (verifiable: DeclaredItem['verifiable']): string => {
  if (typeof verifiable === 'boolean') return '';
  const { as, within, bands } = verifiable;
  return printArguments({ ...(as && { as: enumValue(as) }), within, bands });
};

function shareDirective({ type, basis, condition }: NonNullable<DeclaredShare>, provider?: string): string {
  return `@share${printArguments({ type: enumValue(type), basis, condition, provider })}`;
}

const describe = (title: string, more?: string): string => JSON.stringify(more ? `${title}\n${more}` : title);
