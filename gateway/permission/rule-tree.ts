import { parseCoordinate, type ShareType, type UseMode } from '../../shared/kernel/index.js';
import { chain, race, type ShieldRule } from '../../shared/share/shield.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import type { ItemInForce } from './items-in-force.js';
import { isAnyDepartment, isAnyone } from './rules/any-department.rule.js';
import { hasCoordinatedGrant, hasGrant } from './rules/granted.rule.js';
import { refuseStopped } from './rules/release-stopped.rule.js';
import { refuseUnpublished } from './rules/not-published.rule.js';
import { isOwnResource } from './rules/own-resource.rule.js';
import { namesPurpose } from './rules/purpose-named.rule.js';

/** One shield rule for every item: `{ Resident: { phone: conditional } }`. */
export type RuleTree = Readonly<Record<string, Readonly<Record<string, NamedRule>>>>;
export interface NamedRule {
  /** Name for explain and the access record. */
  readonly name: string;
  readonly rule: ShieldRule;
}

const RULES: Readonly<Record<ShareType, NamedRule>> = {
  UNCONDITIONAL: { name: 'unconditional', rule: isAnyDepartment },
  CONDITIONAL: { name: 'conditional', rule: race(isOwnResource, chain(namesPurpose, hasGrant)) },
  NOT_SHARED: { name: 'not-shared', rule: race(isOwnResource, hasCoordinatedGrant) },
};
/** Compares or counts an item that is not shared like a conditional one: under a grant, for a purpose. @source QZ-5.4d */
const NOT_SHARED_USED: NamedRule = {
  name: 'not-shared-used',
  rule: race(isOwnResource, chain(namesPurpose, hasGrant)),
};
const UNPUBLISHED: NamedRule = { name: 'not-published', rule: race(isOwnResource, refuseUnpublished) };
const STOPPED: NamedRule = { name: 'release-stopped', rule: refuseStopped };
const ANYONE: NamedRule = { name: 'permissive', rule: isAnyone };

/** Builds the rule tree of one graph version. An item that is not in it is denied.
 *  @param permissive  unconditional items are given to anyone; everything else stays as it is
 *  @source share-rules section 3.3 */
export function buildRuleTree(index: ShareIndex, permissive: boolean): RuleTree {
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

/** Finds the rule of a use of an item in force: the tree's, unless the catalogue is stricter than the SDL.
 *  @param stated  the item as its SDL states it */
export function findRuleInForce(
  tree: RuleTree,
  item: ItemInForce,
  stated: ShareItem,
  mode: UseMode,
): NamedRule | undefined {
  if (item.stopped) return STOPPED;
  if (item.published === false) return UNPUBLISHED;
  if (item.ownType === 'NOT_SHARED' && mode !== 'QUERY') return NOT_SHARED_USED;
  if (item.ownType !== stated.ownType) return RULES[item.ownType];
  const { type, field } = parseCoordinate(item.coordinate);
  return tree[type]?.[field];
}
