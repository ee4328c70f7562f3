import type { GraphQLResolveInfo } from 'graphql';
import { parseCoordinate, type Grant } from '../../shared/kernel/index.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import type { Operation } from '../operation/operation.js';
import { Denial, liveGrants, releaseUnder, type Question, type Release } from './decision.js';
import type { OperationRequirements } from './requirements.js';
import type { RuleTree } from './rule-tree.js';
import type { Verdict } from './verdict.js';

const SHIELD_OPTIONS = {
  debug: false,
  allowExternalErrors: false,
  fallbackRule: undefined,
  fallbackError: undefined,
  hashFunction: () => '',
};

/** All decisions for one department under one scenario, made as they are first asked for. */
export class DecisionSet {
  private readonly known: Uint32Array;
  private readonly allowed: Uint32Array;
  /** Items given under a limit: rows, mask or quota. */
  private readonly limited: Uint32Array;
  readonly denials = new Map<number, Denial>();
  readonly releases = new Map<number, Release>();
  readonly verdicts = new WeakMap<Operation, Verdict>();
  /** Instant at which a grant of this set begins or ends, and everything is decided anew. */
  readonly validUntil: number;
  private readonly byCoordinate = new Map<string, Grant[]>();

  constructor(
    private readonly index: ShareIndex,
    private readonly rules: RuleTree,
    private readonly department: string | undefined,
    private readonly scenario: string | undefined,
    readonly grants: readonly Grant[],
    now: number,
  ) {
    const words = (index.items.length + 31) >> 5;
    this.known = new Uint32Array(words);
    this.allowed = new Uint32Array(words);
    this.limited = new Uint32Array(words);
    let until = Infinity;
    for (const grant of grants) {
      for (const instant of [grant.from, grant.until]) if (instant > now && instant < until) until = instant;
      for (const at of grant.coordinates) {
        const list = this.byCoordinate.get(at);
        if (list) list.push(grant);
        else this.byCoordinate.set(at, [grant]);
      }
    }
    this.validUntil = until;
  }

  knows({ words, masks }: OperationRequirements): boolean {
    for (let i = 0; i < words.length; i++) if ((masks[i]! & ~this.known[words[i]!]!) !== 0) return false;
    return true;
  }

  /** True when every item is allowed and none under a limit. */
  allowsPlainly({ words, masks }: OperationRequirements): boolean {
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!;
      if ((masks[i]! & ~(this.allowed[word]! & ~this.limited[word]!)) !== 0) return false;
    }
    return true;
  }

  grantsOf({ sites }: OperationRequirements): readonly Grant[] {
    const found = new Set<Grant>();
    for (const { items } of sites)
      for (const number of items ?? []) {
        const grant = this.releases.get(number)?.grant;
        if (grant) found.add(grant);
      }
    return [...found];
  }

  ruleName(item: ShareItem): string {
    return this.ruleOf(item)?.name ?? 'deny';
  }

  /** Runs the shield rule of every item that is not decided yet. A rule that throws or is missing denies. */
  async evaluate(numbers: readonly number[], now: number): Promise<void> {
    for (const number of numbers) {
      const [word, bit] = [number >> 5, 1 << (number & 31)];
      if (this.known[word]! & bit) continue;
      const item = this.index.items[number]!;
      const question: Question = {
        item,
        department: this.department,
        scenario: this.scenario,
        grants: this.byCoordinate.get(item.coordinate) ?? [],
        now,
      };
      const outcome = await this.ask(item, question);
      if (outcome === true) {
        this.allowed[word]! |= bit;
        const release = this.releaseOf(item, question);
        if (release) {
          this.releases.set(number, release);
          if (release.rows || release.mask || release.grant?.quotaPerDay !== undefined) this.limited[word]! |= bit;
        }
      } else {
        this.denials.set(number, outcome);
      }
      this.known[word]! |= bit;
    }
  }

  private async ask(item: ShareItem, question: Question): Promise<true | Denial> {
    const named = this.ruleOf(item);
    const context = { ...question, _shield: { cache: {} } };
    const outcome = await named?.rule
      .resolve({}, {}, context, {} as GraphQLResolveInfo, SHIELD_OPTIONS as never)
      .catch(() => false);
    if (outcome === true) return true;
    if (outcome instanceof Denial) return outcome;
    return new Denial(
      item.ownType === 'NOT_SHARED' ? 'NOT_SHARED' : 'GRANT_REQUIRED',
      item,
      `${item.title} (${item.coordinate}) could not be decided, so it is refused.`,
    );
  }

  private ruleOf(item: ShareItem) {
    const { type, field } = parseCoordinate(item.coordinate);
    return this.rules[type]?.[field];
  }

  /** An allowed item rests on a grant unless it is unconditional or the provider's own. */
  private releaseOf(item: ShareItem, question: Question): Release | undefined {
    if (item.ownType === 'UNCONDITIONAL' || (item.provider !== '' && item.provider === this.department))
      return undefined;
    const live = liveGrants(question);
    return releaseUnder(
      item.ownType === 'NOT_SHARED' ? live.filter((grant) => grant.coordination) : live,
      item.coordinate,
    );
  }
}
