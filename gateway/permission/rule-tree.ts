import { parseCoordinate, type ShareType } from '../../shared/kernel/index.js';
import { chain, race, type ShieldRule } from '../../shared/share/shield.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import type { ItemInForce } from './in-force.js';
import { anyDepartment, anyone } from './rules/any-department.rule.js';
import { coordinated, granted } from './rules/granted.rule.js';
import { notPublished } from './rules/not-published.rule.js';
import { ownResource } from './rules/own-resource.rule.js';
import { purposeNamed } from './rules/purpose-named.rule.js';

/** One shield rule for every item: `{ Resident: { phone: conditional } }`. */
export type RuleTree = Readonly<Record<string, Readonly<Record<string, NamedRule>>>>;
export interface NamedRule {
  /** Name for explain and the access record. */
  readonly name: string;
  readonly rule: ShieldRule;
}

const RULES: Readonly<Record<ShareType, NamedRule>> = {
  UNCONDITIONAL: { name: 'unconditional', rule: anyDepartment },
  CONDITIONAL: { name: 'conditional', rule: race(ownResource, chain(purposeNamed, granted)) },
  NOT_SHARED: { name: 'not-shared', rule: race(ownResource, coordinated) },
};
const UNPUBLISHED: NamedRule = { name: 'not-published', rule: race(ownResource, notPublished) };
const ANYONE: NamedRule = { name: 'permissive', rule: anyone };

/** Generates the rule tree of one graph version. What is not in it is denied.
 *  @param permissive  unconditional items are given to anyone; everything else stays as it is
 *  @source share-rules section 3.3 */
export function ruleTree(index: ShareIndex, permissive: boolean): RuleTree {
  const tree: Record<string, Record<string, NamedRule>> = Object.create(null) as Record<
    string,
    Record<string, NamedRule>
  >;
  for (const item of index.items) {
    const { type, field } = parseCoordinate(item.coordinate);
    (tree[type] ??= Object.create(null) as Record<string, NamedRule>)[field] =
      permissive && item.ownType === 'UNCONDITIONAL' ? ANYONE : RULES[item.ownType];
  }
  return tree;
}

/** Rule of an item as it is in force: the tree's, unless the catalogue is stricter than the SDL.
 *  @param stated  the item as its SDL states it */
export function ruleInForce(tree: RuleTree, item: ItemInForce, stated: ShareItem): NamedRule | undefined {
  if (item.published === false) return UNPUBLISHED;
  if (item.ownType !== stated.ownType) return RULES[item.ownType];
  const { type, field } = parseCoordinate(item.coordinate);
  return tree[type]?.[field];
}
