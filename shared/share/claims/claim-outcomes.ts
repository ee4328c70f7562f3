import { coordinate, HubError, type Coordinate, type VerificationDetail } from '../../kernel/index.js';
import type { ClaimedItem } from './claimed-items.js';
import { MOST_CLAIM_ROWS } from './claim-names.js';

/** Claims as the input has them. */
export type Claims = Readonly<Record<string, unknown>>;
/** A claim about an item. */
export interface ClaimAbout {
  readonly item: ClaimedItem;
  /** As it travels. */
  readonly value: unknown;
}
export interface ItemOutcome {
  readonly item: Coordinate;
  readonly outcome: 'MATCH' | 'NOT_CONFIRMED';
}
/** The outcome of all claims about one record. */
export interface Outcome {
  readonly outcome: 'MATCH' | 'NOT_CONFIRMED' | 'NO_RECORD';
  readonly comparedBy: 'PROVIDER' | 'HUB';
  /** Of each item that is claimed; null where that is not said. */
  readonly outcomes: readonly ItemOutcome[] | null;
}

/** @throws HubError LIST_EMPTY, LIST_TOO_LONG */
export function checkClaimRows(rows: readonly unknown[]): void {
  if (rows.length === 0) throw new HubError('LIST_EMPTY', '`rows` is empty. Give 1 to 10,000 rows.');
  if (rows.length > MOST_CLAIM_ROWS)
    throw new HubError(
      'LIST_TOO_LONG',
      `\`rows\` has ${rows.length} rows, and at most ${MOST_CLAIM_ROWS} are compared at once. Ask in several operations.`,
    );
}

/** @param items   by the name of the claim
 *  @param toWire  the form in which a value travels
 *  @throws HubError CLAIM_MISSING */
export function readClaims(
  items: ReadonlyMap<string, ClaimedItem>,
  claims: Claims,
  toWire: (item: ClaimedItem, value: unknown) => unknown,
): readonly ClaimAbout[] {
  const given = Object.entries(claims).map(([name, value]) => ({ item: items.get(name)!, value }));
  const empty = given.find(({ value }) => value === null);
  if (empty || given.length === 0)
    throw new HubError(
      'CLAIM_MISSING',
      empty
        ? `The claim \`${empty.item.claim}\` is null. Give a value, or leave the claim out.`
        : `No claim is given. Give one or more of ${[...items.keys()].map((name) => `\`${name}\``).join(', ')}.`,
    );
  return given.map(({ item, value }) => ({ item, value: item.isBand ? value : toWire(item, value) }));
}

/** Refuses claims of which a "no" would be the value.
 *  @param rows      claims about one record each
 *  @param itemised  true where an outcome of each item is asked for, so that no claim hides another
 *  @throws HubError CLAIM_TELLS_VALUE */
export async function refuseTelling(
  rows: readonly (readonly ClaimAbout[])[],
  itemised: boolean,
  hasFewValues: (item: ClaimedItem) => boolean | Promise<boolean>,
): Promise<void> {
  const kinds = new Map(rows.map((claims) => [claims.map(({ item }) => item.claim).join(), claims]));
  for (const claims of kinds.values()) {
    const restricted = claims.filter(({ item }) => !item.isOpen);
    // What everybody may read is no company: the caller knows it.
    if (restricted.length > 1 && !itemised) continue;
    for (const { item } of restricted)
      if (!item.isBand && (await hasFewValues(item)))
        throw new HubError(
          'CLAIM_TELLS_VALUE',
          `\`${item.claim}\` has so few values that the answer would tell it. Claim it together with another item that is not shared with everybody${itemised ? ', and without `outcomes`' : ''}.`,
        );
  }
}

/** Says what the grants of all items that are claimed allow, and no more.
 *  @param found    of each claim, true where it is confirmed
 *  @param isThere  false where there is no record, or one that is withheld
 *  @param details  answers beyond one outcome that are allowed, by item */
export function toOutcome(
  type: string,
  claims: readonly ClaimAbout[],
  found: readonly boolean[],
  isThere: boolean,
  details: Readonly<Record<Coordinate, readonly VerificationDetail[]>>,
  comparedBy: Outcome['comparedBy'],
): Outcome {
  const coordinateOf = ({ item }: ClaimAbout): Coordinate => coordinate(type, item.item);
  const says = (detail: VerificationDetail) => claims.every((claim) => details[coordinateOf(claim)]?.includes(detail));
  const toWord = (matches: boolean): ItemOutcome['outcome'] => (matches ? 'MATCH' : 'NOT_CONFIRMED');
  return {
    outcome: says('NO_RECORD') && !isThere ? 'NO_RECORD' : toWord(found.every(Boolean)),
    comparedBy,
    outcomes: says('PER_ITEM')
      ? claims.map((claim, i) => ({ item: coordinateOf(claim), outcome: toWord(found[i]!) }))
      : null,
  };
}
