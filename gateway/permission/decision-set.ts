import type { GraphQLResolveInfo } from 'graphql';
import type { Grant, UseMode } from '../../shared/kernel/index.js';
import type { Consent } from '../../shared/share/releases/release.js';
import type { ShareIndex } from '../../shared/share/share-index.js';
import type { Operation } from '../request/operation.js';
import { countUseNumbers, useOf } from './use-number.js';
import { findLiveGrants, toReleases, type RuleInput, type Release } from './decision.js';
import { Denial } from '../request/denial.js';
import type { OperationRequirements } from './requirements.js';
import type { ItemInForce } from './items-in-force.js';
import { findRuleInForce, type NamedRule, type RuleTree } from './rule-tree.js';
import { isOwnItem } from './rules/own-resource.rule.js';
import type { Verdict } from '../request/verdict.js';
import { labelOf, say } from '../request/messages/index.js';

/** `debug` makes a rule that throws reject, so that its error can be reported; the item is refused all the same. */
const SHIELD_OPTIONS = {
  debug: true,
  allowExternalErrors: false,
  fallbackRule: undefined,
  fallbackError: undefined,
  hashFunction: () => '',
};

/** Called with the error of a share rule that threw, and the item it was to decide. */
export type OnRuleFault = (error: unknown, coordinate: string) => void;

/** The caller that a set of decisions is made for, and the governance that it rests on. */
export interface DecisionSetOptions {
  readonly department: string | undefined;
  readonly scenario: string | undefined;
  /** Grants of the department under the scenario, in any state. */
  readonly grants: readonly Grant[];
  /** The caller's subject and posts, where a grant names persons. */
  readonly persons?: readonly string[];
  /** The items in force, in index order; default: the items as their SDL states them. */
  readonly items?: readonly ItemInForce[];
  readonly onFault?: OnRuleFault | undefined;
  /** Zone in which refusals tell days. */
  readonly timeZone?: string | undefined;
}

/** The decisions for one department under one scenario, each made when it is first needed. They are kept by use number, see
 *  `toUseNumber`. */
export class DecisionSet {
  private readonly known: Uint32Array;
  private readonly allowed: Uint32Array;
  /** Uses allowed under a limit: rows, mask or quota; and comparisons of which more is told than one outcome. */
  private readonly limited: Uint32Array;
  readonly denials = new Map<number, Denial>();
  /** Releases of each use that rests on grants, the least limited first. */
  readonly releases = new Map<number, readonly Release[]>();
  readonly verdicts = new WeakMap<Operation, Verdict>();
  /** Interval in which no grant of this set begins or ends; outside it the set is stale. */
  private readonly validFrom: number;
  private readonly validUntil: number;
  private readonly byCoordinate = new Map<string, Grant[]>();
  private readonly items: readonly ItemInForce[];

  constructor(
    private readonly index: ShareIndex,
    private readonly rules: RuleTree,
    private readonly options: DecisionSetOptions,
    now: number,
  ) {
    const { department, scenario, grants } = options;
    this.items = options.items ?? index.items;
    const words = (countUseNumbers(index) + 31) >> 5;
    this.known = new Uint32Array(words);
    this.allowed = new Uint32Array(words);
    this.limited = new Uint32Array(words);
    let [from, until] = [-Infinity, Infinity];
    for (const grant of grants) {
      // A grant is valid for its own department and scenario only, whatever key the read model has it under.
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
    return this.options.grants === grants && this.items === items && this.validFrom <= now && now < this.validUntil;
  }

  knows({ words, masks }: OperationRequirements): boolean {
    for (let i = 0; i < words.length; i++) if ((masks[i]! & ~this.known[words[i]!]!) !== 0) return false;
    return true;
  }

  /** True when every use is allowed and none under a limit. */
  allowsPlainly({ words, masks }: OperationRequirements): boolean {
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!;
      if ((masks[i]! & ~(this.allowed[word]! & ~this.limited[word]!)) !== 0) return false;
    }
    return true;
  }

  /** True where the value of an item may be read without a grant. */
  isReadable(number: number): boolean {
    return this.isReadableItem(this.itemOf(number));
  }

  private isReadableItem(item: ItemInForce): boolean {
    return item.ownType === 'UNCONDITIONAL' || isOwnItem(item, this.options.department);
  }

  /** Grants with a daily quota that may be charged for these uses. */
  quotasOf(numbers: Iterable<number>): ReadonlySet<string> {
    const found = new Set<string>();
    for (const number of numbers) {
      const releases = this.releases.get(number) ?? [];
      const [best] = releases;
      // A whole release without a quota is always preferred.
      if (!best || (best.quotaPerDay === undefined && !best.rows && !best.mask)) continue;
      for (const { quotaPerDay, grants } of releases) if (quotaPerDay !== undefined) found.add(grants[0].id);
    }
    return found;
  }

  grantsOf({ sites }: OperationRequirements): readonly Grant[] {
    const found = new Set<Grant>();
    for (const { given, throughArguments } of sites)
      for (const number of [...given, ...throughArguments])
        for (const grant of this.releases.get(number)?.[0]?.grants ?? []) found.add(grant);
    return [...found];
  }

  consentsOf({ sites }: OperationRequirements): readonly Consent[] {
    return this.listConsents(sites.flatMap(({ given, throughArguments }) => [...given, ...throughArguments]));
  }

  /** Consents that some uses rest on, each once. */
  listConsents(numbers: readonly number[]): readonly Consent[] {
    const found = new Set<Consent>();
    for (const number of numbers) for (const consent of this.itemOf(number).consents ?? []) found.add(consent);
    return [...found];
  }

  ruleName(number: number): string {
    return this.findRule(this.itemOf(number), this.modeOf(number))?.name ?? 'deny';
  }

  /** Runs the shield rule of every use that is not decided yet. A rule that throws or is missing denies. */
  async evaluate(numbers: readonly number[], now: number): Promise<void> {
    const { department, scenario, persons = [], timeZone } = this.options;
    for (const number of numbers) {
      const [word, bit] = [number >> 5, 1 << (number & 31)];
      if (this.known[word]! & bit) continue;
      const item = this.itemOf(number);
      const input: RuleInput = {
        item,
        mode: this.modeOf(number),
        department,
        scenario,
        grants: this.byCoordinate.get(item.coordinate) ?? [],
        persons,
        now,
        timeZone,
      };
      const result = await this.runRule(item, input);
      if (result === true) {
        this.allowed[word]! |= bit;
        const releases = this.releasesOf(item, input);
        const [best] = releases;
        if (best) {
          this.releases.set(number, releases);
          if (best.rows || best.mask || best.quotaPerDay !== undefined || best.grants.some(hasDetails))
            this.limited[word]! |= bit;
        }
      } else {
        this.denials.set(number, result);
      }
      this.known[word]! |= bit;
    }
  }

  private async runRule(item: ItemInForce, input: RuleInput): Promise<true | Denial> {
    const context = { ...input, _shield: { cache: {} } };
    try {
      const result = await this.findRule(item, input.mode)?.rule.resolve(
        {},
        {},
        context,
        {} as GraphQLResolveInfo,
        SHIELD_OPTIONS as never,
      );
      if (result === true || result instanceof Denial) return result;
    } catch (error) {
      this.options.onFault?.(error, item.coordinate);
    }
    return new Denial(
      item.ownType === 'NOT_SHARED' ? 'NOT_SHARED' : 'GRANT_REQUIRED',
      item,
      say('item.undecided', { item: labelOf(item) }),
      undefined,
      input.mode,
    );
  }

  private findRule(item: ItemInForce, mode: UseMode): NamedRule | undefined {
    return findRuleInForce(this.rules, item, this.index.items[item.index]!, mode);
  }

  private itemOf(number: number): ItemInForce {
    return this.items[useOf(this.index, number).item.index]!;
  }

  private modeOf(number: number): UseMode {
    return useOf(this.index, number).mode;
  }

  /** An allowed use rests on grants unless it is unconditional or the department's own. */
  private releasesOf(item: ItemInForce, input: RuleInput): readonly Release[] {
    if (this.isReadableItem(item)) return [];
    return toReleases(findLiveGrants(input), item);
  }
}

const hasDetails = ({ verificationDetails = [] }: Grant): boolean => verificationDetails.length > 0;
