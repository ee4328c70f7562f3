import { SHARE_TYPES, stricter, type ShareType } from '../kernel/index.js';
import type { Refuse } from './declaration-problem.js';
import type { Declaration, DeclaredRelation, DeclaredType, ExtendedType } from './declaration-schema.js';
import { RESERVED_ITEMS, shareOfItem } from './graph-names.js';

/** Finds relations that lead nowhere, or show more than the items that they are made of. */
export function checkRelations(declaration: Declaration, refuse: Refuse): void {
  const parts: Readonly<Record<string, Readonly<Record<string, DeclaredType | ExtendedType>>>> = {
    types: declaration.types,
    extends: declaration.extends,
  };
  for (const [part, types] of Object.entries(parts))
    for (const [name, type] of Object.entries(types)) {
      const own = 'items' in type ? type : undefined;
      if (Object.keys('key' in type ? type.key : { none: '' }).length === 0)
        refuse('KEY_UNFIT', [part, name, 'key'], `names nothing by which ${name} is known.`);
      for (const [field, relation] of Object.entries(type.relations)) {
        const path = [part, name, 'relations', field];
        if (own && Object.hasOwn(own.items, field))
          refuse('NAME_TAKEN', path, `${field} is an item of ${name} already.`);
        if ('key' in type && Object.hasOwn(type.key, field)) refuse('NAME_TAKEN', path, `${field} is its key.`);
        if (RESERVED_ITEMS.has(field)) refuse('NAME_RESERVED', path, `${field} is no name for a relation.`);
        checkRelation(declaration, name, own, relation, path, refuse);
      }
    }
}

function checkRelation(
  declaration: Declaration,
  name: string,
  own: DeclaredType | undefined,
  relation: DeclaredRelation,
  path: readonly string[],
  refuse: Refuse,
): void {
  const { type, key, by, many } = relation;
  const target = declaration.types[type];
  if ((key === undefined) === (by === undefined))
    return refuse('RELATION_UNFIT', path, 'must say either `key` (to one record) or `by` (to those that refer here).');
  if (key !== undefined) {
    if (!own)
      return refuse(
        'RELATION_UNFIT',
        path,
        `cannot rest on items of ${name}, which are another department's. Use \`by\`.`,
      );
    if (many !== false) return refuse('RELATION_UNFIT', [...path, 'many'], 'is of relations with `by`.');
    checkForwardKey(declaration, own, relation, key, path, refuse);
  } else {
    const item = target?.items[by!];
    if (!target)
      return refuse(
        'RELATION_UNFIT',
        [...path, 'type'],
        `${type} is no type of this declaration, so its records are not here.`,
      );
    if (!item) return refuse('ITEM_UNKNOWN', [...path, 'by'], `${type} has no item ${by}.`);
    if (many === false && !target.keys.some((each) => each.length === 1 && each[0] === by))
      refuse(
        'RELATION_UNFIT',
        path,
        `may find several: ${by} is no key of ${type}. Say \`many: true\`, or \`many: pages\`.`,
      );
    if (many === 'pages' && item.type === 'Float') refuse('RELATION_UNFIT', [...path, 'by'], 'is a Float.');
    const keys = own
      ? own.keys[0]!.map((each) => own.items[each]?.type)
      : Object.values(declaration.extends[name]!.key);
    if (keys.length !== 1)
      refuse('RELATION_UNFIT', path, `needs a ${name} that is known by one item, and its key has ${keys.length}.`);
    else if ((keys[0] === 'Int') !== (item.type === 'Int'))
      refuse('RELATION_UNFIT', [...path, 'by'], `is a ${item.type}, and the key of ${name} a ${keys[0]}.`);
  }
  checkShare(declaration, own, relation, path, refuse);
}

function checkForwardKey(
  declaration: Declaration,
  own: DeclaredType,
  { type }: DeclaredRelation,
  key: Readonly<Record<string, string>>,
  path: readonly string[],
  refuse: Refuse,
): void {
  const fields = Object.keys(key);
  const target = declaration.types[type];
  const other = declaration.extends[type];
  if (fields.length === 0) refuse('RELATION_UNFIT', [...path, 'key'], 'is empty.');
  for (const [field, item] of Object.entries(key)) {
    const found = own.items[item];
    const wanted = target?.items[field]?.type ?? other?.key[field] ?? 'String';
    if (!found) refuse('ITEM_UNKNOWN', [...path, 'key', field], `There is no item ${item}.`);
    else if ((found.type === 'Int') !== (wanted === 'Int'))
      refuse(
        'RELATION_UNFIT',
        [...path, 'key', field],
        `${item} is a ${found.type}, and ${type}.${field} a ${wanted}.`,
      );
  }
  const text = fields.toSorted().join(' ');
  if (target && !target.keys.some((each) => each.toSorted().join(' ') === text))
    refuse('RELATION_UNFIT', [...path, 'key'], `is no key of ${type}.`);
  if (other && Object.keys(other.key).toSorted().join(' ') !== text)
    refuse('RELATION_UNFIT', [...path, 'key'], `is not the key that \`extends\` gives for ${type}.`);
}

/** A relation shows the items it is made of, so it is shared no more widely.
 *  @source share-rules section 1, rule 12 */
function checkShare(
  declaration: Declaration,
  own: DeclaredType | undefined,
  relation: DeclaredRelation,
  path: readonly string[],
  refuse: Refuse,
): void {
  const least = shareOfRelation(declaration, own, { ...relation, share: undefined })?.type;
  const stated = relation.share?.type;
  if (least && stated && isLooser(stated, least))
    refuse('SHARE_LOOSER', [...path, 'share'], `is ${stated}, and the items it is made of are ${least}.`);
}

const isLooser = (one: ShareType, other: ShareType): boolean => SHARE_TYPES.indexOf(one) < SHARE_TYPES.indexOf(other);

/** Share of a relation: its own, else the strictest of the items that it is made of.
 *  @param own  type that has the relation; undefined for another department's */
export function shareOfRelation(
  declaration: Declaration,
  own: DeclaredType | undefined,
  { share, type, key, by }: DeclaredRelation,
): DeclaredType['share'] {
  if (share) return share;
  const target = declaration.types[type];
  const made = key && own ? Object.values(key).map((item) => shareOfItem(own, item)) : [];
  const referring = by !== undefined && target ? [shareOfItem(target, by)] : [];
  return [...made, ...referring].reduce<DeclaredType['share']>(
    (strictest, each) =>
      !strictest || (each && stricter(each.type, strictest.type) !== strictest.type) ? each : strictest,
    undefined,
  );
}
