import { LRUCache } from 'lru-cache';
import { parseCoordinate, type Coordinate, type Grant, type Mask } from '../../shared/kernel/index.js';
import { scenarioKey } from '../../shared/read-model/read-model.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import type { Denials, Operation } from '../operation/operation.js';
import { Denial } from './decision.js';
import { DecisionSet } from './decision-set.js';
import type { QuotaLedger } from './quota.js';
import { readsOfValue, requirementsOf, type OperationRequirements, type SiteRequirement } from './requirements.js';
import { ruleTree } from './rule-tree.js';
import type { Asked, ReleaseLimits, Verdict } from './verdict.js';

const NO_LIMITS: ReleaseLimits = {};
const NONE: ReadonlySet<number> = new Set();
const NO_GRANTS: readonly Grant[] = [];

/** Decides operations of one graph version. Decisions are kept for each (department, scenario) until one of its grants
 *  changes, begins or ends; an operation that is allowed whole costs one look-up. @source share-rules section 3.3 */
export class Decider {
  private readonly sets = new LRUCache<string, DecisionSet>({ max: 10_000 });
  private readonly requirements = new WeakMap<Operation, OperationRequirements>();
  private readonly rules: ReturnType<typeof ruleTree>;

  constructor(
    readonly index: ShareIndex,
    private readonly quota: QuotaLedger,
    permissive = false,
  ) {
    this.rules = ruleTree(index, permissive);
  }

  /** Decides every site of an operation, before it is planned. Never throws for a refusal. */
  async decide(operation: Operation, asked: Asked): Promise<Verdict> {
    const set = this.decisionsFor(asked);
    const known = set.verdicts.get(operation);
    if (known) return known;
    let requirements = this.requirements.get(operation);
    if (!requirements) this.requirements.set(operation, (requirements = requirementsOf(operation, this.index)));

    if (!set.knows(requirements)) {
      const wanted = requirements.sites.flatMap((site) => site.items ?? []);
      await set.evaluate(wanted, asked.now);
    }
    const settled = !requirements.unknown && !requirements.dynamic;
    if (settled && set.allowsPlainly(requirements)) {
      const verdict = {
        denials: zeros(operation),
        denied: 0,
        reasons: new Map(),
        closed: NONE,
        grants: set.grantsOf(requirements),
        limits: NO_LIMITS,
      };
      set.verdicts.set(operation, verdict);
      return verdict;
    }
    const { verdict, counted } = await this.weigh(operation, requirements, set, asked);
    if (settled && !counted) set.verdicts.set(operation, verdict);
    return verdict;
  }

  /** Decision on a single item, for explain. */
  async decideItem(item: ShareItem, asked: Asked): Promise<{ denial?: Denial; grant?: Grant; rule: string }> {
    const set = this.decisionsFor(asked);
    await set.evaluate([item.index], asked.now);
    return {
      denial: set.denials.get(item.index),
      grant: set.releases.get(item.index)?.grant,
      rule: set.ruleName(item),
    };
  }

  private decisionsFor({ department, scenario, snapshot, now }: Asked): DecisionSet {
    const key = department === undefined ? '' : scenarioKey(department, scenario ?? '');
    const grants = (department !== undefined && scenario !== undefined && snapshot.grants.get(key)) || NO_GRANTS;
    const known = this.sets.get(key);
    if (known && known.grants === grants && now < known.validUntil) return known;
    const set = new DecisionSet(this.index, this.rules, department, scenario, grants, now);
    this.sets.set(key, set);
    return set;
  }

  private async weigh(
    operation: Operation,
    requirements: OperationRequirements,
    set: DecisionSet,
    asked: Asked,
  ): Promise<{ verdict: Verdict; counted: boolean }> {
    const quota = { charged: new Set<string>(), spent: new Set<string>() };
    const used = new Map<string, Grant>();
    const denials = zeros(operation);
    const reasons = new Map<number, Denial>();
    const scopes: Record<Coordinate, readonly string[]> = {};
    const rows: Record<string, readonly string[]> = {};
    const masks: Record<Coordinate, Mask> = {};
    let counted = false;
    const closed = new Set<number>();
    for (const required of requirements.sites) {
      // What lies under a refused site is refused with it, and its refusal says it once.
      if (closed.has(required.parent)) {
        closed.add(required.site.index);
        continue;
      }
      const reads = await this.readsOf(required, set, asked);
      const denial = reads ? this.firstDenial(reads, set, asked, quota, used) : unreadable(required, this.index);
      if (denial) {
        denials[required.site.index >> 5]! |= 1 << (required.site.index & 31);
        reasons.set(required.site.index, denial);
        closed.add(required.site.index);
        continue;
      }
      for (const number of reads!.items) {
        const release = set.releases.get(number);
        if (!release) continue;
        const item = this.index.items[number]!;
        if (release.rows) scopes[item.coordinate] = release.rows;
        if (release.rows && reads!.filtering.includes(number))
          rows[parseCoordinate(item.coordinate).type] = release.rows;
        if (release.mask) masks[item.coordinate] = release.mask;
      }
    }
    for (const grant of used.values()) counted ||= grant.quotaPerDay !== undefined;
    const limits = {
      ...(Object.keys(scopes).length > 0 && { scopes }),
      ...(Object.keys(rows).length > 0 && { rows }),
      ...(Object.keys(masks).length > 0 && { masks }),
    };
    const verdict = { denials, denied: reasons.size, reasons, closed, grants: [...used.values()], limits };
    return { verdict, counted: counted || quota.spent.size > 0 };
  }

  private async readsOf(
    required: SiteRequirement,
    set: DecisionSet,
    asked: Asked,
  ): Promise<{ items: readonly number[]; filtering: readonly number[] } | undefined> {
    if (!required.items) return undefined;
    if (required.dynamic.length === 0) return { items: required.items, filtering: required.filtering };
    const items = [...required.items];
    const filtering = [...required.filtering];
    for (const { variable, reads, type } of required.dynamic) {
      if (!Object.hasOwn(asked.variables, variable)) continue;
      const found = type ? readsOfValue(asked.variables[variable], type, this.index) : reads;
      if (!found) return undefined;
      items.push(...found);
      filtering.push(...found);
    }
    await set.evaluate(items, asked.now);
    return { items, filtering };
  }

  private firstDenial(
    reads: { items: readonly number[]; filtering: readonly number[] },
    set: DecisionSet,
    asked: Asked,
    quota: { charged: Set<string>; spent: Set<string> },
    used: Map<string, Grant>,
  ): Denial | undefined {
    const touched: Grant[] = [];
    for (const number of reads.items) {
      const denial = set.denials.get(number);
      if (denial) return denial;
      const item = this.index.items[number]!;
      const release = set.releases.get(number);
      if (release?.mask && reads.filtering.includes(number))
        return new Denial(
          'GRANT_REQUIRED',
          item,
          `${item.title} (${item.coordinate}) is given de-identified only, so it cannot be filtered by.`,
          release.grant,
        );
      const grant = release?.grant;
      if (!grant) continue;
      if (grant.quotaPerDay !== undefined && !quota.charged.has(grant.id)) {
        if (
          quota.spent.has(grant.id) ||
          !this.quota.take(grant.id, grant.quotaPerDay, asked.now, asked.use !== false)
        ) {
          quota.spent.add(grant.id);
          return new Denial(
            'QUOTA_EXCEEDED',
            item,
            `Grant ${grant.id} allows ${grant.quotaPerDay} operations a day, and they are used up.`,
            grant,
          );
        }
        quota.charged.add(grant.id);
      }
      touched.push(grant);
    }
    for (const grant of touched) used.set(grant.id, grant);
    return undefined;
  }
}

const zeros = (operation: Operation): Denials => new Uint32Array((operation.sites.length + 31) >> 5);

/** A coordinate that the index does not know is refused like an item that is not shared. */
function unreadable(required: SiteRequirement, index: ShareIndex): Denial {
  const known = index.byCoordinate.get(required.site.coordinate);
  const { coordinate } = required.site;
  const item: ShareItem = known ?? {
    coordinate,
    index: -1,
    subgraph: '',
    provider: '',
    title: coordinate,
    shareType: 'NOT_SHARED',
    ownType: 'NOT_SHARED',
    basis: [],
    basic: false,
    needs: [],
    verifiable: false,
    filters: {},
  };
  return new Denial('NOT_SHARED', item, `${coordinate} is not catalogued, so it is not shared.`);
}
