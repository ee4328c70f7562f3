import type { GraphQLResolveInfo } from 'graphql';
import type { Grant } from '../../shared/kernel/index.js';
import type { ShareIndex } from '../../shared/share/share-index.js';
import type { Operation } from '../operation/operation.js';
import { Denial, liveGrants, releasesUnder, type Question, type Release } from './decision.js';
import type { OperationRequirements } from './requirements.js';
import type { ItemInForce } from './in-force.js';
import { ruleInForce, type NamedRule, type RuleTree } from './rule-tree.js';
import { isOwn } from './rules/own-resource.rule.js';
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
  /** Ways in which an item is given that rests on grants, the least limited first. */
  readonly releases = new Map<number, readonly Release[]>();
  readonly verdicts = new WeakMap<Operation, Verdict>();
  /** Instants between which no grant of this set begins or ends; outside, everything is decided anew. */
  private readonly validFrom: number;
  private readonly validUntil: number;
  private readonly byCoordinate = new Map<string, Grant[]>();

  constructor(
    private readonly index: ShareIndex,
    private readonly rules: RuleTree,
    private readonly department: string | undefined,
    private readonly scenario: string | undefined,
    readonly grants: readonly Grant[],
    now: number,
    private readonly persons: readonly string[] = [],
    /** In index order. */
    private readonly items: readonly ItemInForce[] = index.items,
  ) {
    const words = (index.items.length + 31) >> 5;
    this.known = new Uint32Array(words);
    this.allowed = new Uint32Array(words);
    this.limited = new Uint32Array(words);
    let [from, until] = [-Infinity, Infinity];
    for (const grant of grants) {
      // Whatever key the read model filed it under, a grant is good for its own department and scenario only.
      if (grant.department !== department || grant.scenario !== scenario) continue;
      for (const instant of [grant.from, grant.until]) {
        if (instant > now) until = Math.min(until, instant);
        else from = Math.max(from, instant);
      }
      for (const at of grant.coordinates) {
        const list = this.byCoordinate.get(at);
        if (list) list.push(grant);
        else this.byCoordinate.set(at, [grant]);
      }
    }
    [this.validFrom, this.validUntil] = [from, until];
  }

  isFor(grants: readonly Grant[], items: readonly ItemInForce[], now: number): boolean {
    return this.grants === grants && this.items === items && this.validFrom <= now && now < this.validUntil;
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
    for (const { given, filtering } of sites)
      for (const number of [...given, ...filtering])
        for (const grant of this.releases.get(number)?.[0]?.grants ?? []) found.add(grant);
    return [...found];
  }

  ruleName(number: number): string {
    return this.ruleOf(this.items[number]!)?.name ?? 'deny';
  }

  /** Runs the shield rule of every item that is not decided yet. A rule that throws or is missing denies. */
  async evaluate(numbers: readonly number[], now: number): Promise<void> {
    for (const number of numbers) {
      const [word, bit] = [number >> 5, 1 << (number & 31)];
      if (this.known[word]! & bit) continue;
      const item = this.items[number]!;
      const question: Question = {
        item,
        department: this.department,
        scenario: this.scenario,
        grants: this.byCoordinate.get(item.coordinate) ?? [],
        persons: this.persons,
        now,
      };
      const outcome = await this.ask(item, question);
      if (outcome === true) {
        this.allowed[word]! |= bit;
        const releases = this.releasesOf(item, question);
        const [best] = releases;
        if (best) {
          this.releases.set(number, releases);
          if (best.rows || best.mask || best.quotaPerDay !== undefined) this.limited[word]! |= bit;
        }
      } else {
        this.denials.set(number, outcome);
      }
      this.known[word]! |= bit;
    }
  }

  private async ask(item: ItemInForce, question: Question): Promise<true | Denial> {
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

  private ruleOf(item: ItemInForce): NamedRule | undefined {
    return ruleInForce(this.rules, item, this.index.items[item.index]!);
  }

  /** An allowed item rests on grants unless it is unconditional or the department's own. */
  private releasesOf(item: ItemInForce, question: Question): readonly Release[] {
    if (item.ownType === 'UNCONDITIONAL' || isOwn(item, this.department)) return [];
    const live = liveGrants(question);
    return releasesUnder(item.ownType === 'NOT_SHARED' ? live.filter((grant) => grant.coordination) : live, item);
  }
}
