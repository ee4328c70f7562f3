import { LRUCache } from 'lru-cache';
import type { Grant } from '../../shared/kernel/index.js';
import { scenarioKey, type PublishedItems } from '../../shared/read-model/read-model.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import type { Operation } from '../operation/operation.js';
import type { Denial } from './decision.js';
import { DecisionSet } from './decision-set.js';
import { itemsInForce, type ItemInForce } from './in-force.js';
import type { QuotaLedger } from './quota.js';
import { readsOfValue, requirementsOf, type OperationRequirements, type SiteRequirement } from './requirements.js';
import { ruleTree } from './rule-tree.js';
import type { Asked, Verdict } from './verdict.js';
import { Weighing, type SiteReads } from './weigh.js';

const NO_GRANTS: readonly Grant[] = [];
const NOBODY: readonly string[] = [];

/** Decides operations of one graph version. Decisions are kept for each (department, scenario), and person where a
 *  grant names persons, until one of its grants
 *  changes, begins or ends; an operation that is allowed whole costs one look-up. @source share-rules section 3.3 */
export class Decider {
  private readonly sets = new LRUCache<string, DecisionSet>({ max: 10_000 });
  private readonly requirements = new WeakMap<Operation, OperationRequirements>();
  private readonly personal = new WeakMap<readonly Grant[], boolean>();
  private readonly rules: ReturnType<typeof ruleTree>;
  /** The items under what was published last; replaced when an entry is published or taken back. */
  private inForce?: { readonly published: PublishedItems | undefined; readonly items: readonly ItemInForce[] };

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
      const wanted = requirements.sites.flatMap(({ given, filtering }) => [...given, ...filtering]);
      await set.evaluate(wanted, asked.now);
    }
    const settled = !requirements.unknown && !requirements.dynamic;
    if (settled && set.allowsPlainly(requirements)) {
      const verdict = allowed(operation, set.grantsOf(requirements));
      set.verdicts.set(operation, verdict);
      return verdict;
    }
    const sites = requirements.sites.map((required) => this.readsOf(required, asked));
    await set.evaluate(
      sites.flatMap(({ filtering }) => filtering ?? []),
      asked.now,
    );
    const { verdict, counted } = new Weighing(this.index, set, this.quota, asked).weigh(operation, sites);
    if (settled && !counted) set.verdicts.set(operation, verdict);
    return verdict;
  }

  /** Decision on a single item, for explain. */
  async decideItem(item: ShareItem, asked: Asked): Promise<{ denial?: Denial; grant?: Grant; rule: string }> {
    const set = this.decisionsFor(asked);
    await set.evaluate([item.index], asked.now);
    return {
      denial: set.denials.get(item.index),
      grant: set.releases.get(item.index)?.[0]?.grants[0],
      rule: set.ruleName(item.index),
    };
  }

  /** An item as it is in force now. */
  itemInForce(item: ShareItem, { snapshot }: Asked): ItemInForce {
    return this.itemsUnder(snapshot.published)[item.index] ?? item;
  }

  private itemsUnder(published: PublishedItems | undefined): readonly ItemInForce[] {
    if (!this.inForce || this.inForce.published !== published)
      this.inForce = { published, items: itemsInForce(this.index, published) };
    return this.inForce.items;
  }

  private decisionsFor(asked: Asked): DecisionSet {
    const { department, scenario, snapshot, now } = asked;
    const grants =
      (department !== undefined && scenario !== undefined && snapshot.grants.get(scenarioKey(department, scenario))) ||
      NO_GRANTS;
    // No code holds a NUL, so no two pairs share a key.
    const persons = this.isPersonal(grants) ? personsOf(asked) : NOBODY;
    const pair = scenario === undefined ? (department ?? '') : `${department}\0${scenario}`;
    const key = persons.length === 0 ? pair : `${pair}\0${persons.join('\0')}`;
    const known = this.sets.get(key);
    const items = this.itemsUnder(snapshot.published);
    if (known?.isFor(grants, items, now)) return known;
    const set = new DecisionSet(this.index, this.rules, department, scenario, grants, now, persons, items);
    this.sets.set(key, set);
    return set;
  }

  /** Whether some of the grants are for named persons only; looked at once for each list of grants. */
  private isPersonal(grants: readonly Grant[]): boolean {
    if (grants === NO_GRANTS) return false;
    let personal = this.personal.get(grants);
    if (personal === undefined)
      this.personal.set(grants, (personal = grants.some(({ persons }) => persons !== undefined)));
    return personal;
  }

  private readsOf(required: SiteRequirement, { variables }: Asked): SiteReads {
    if (required.dynamic.length === 0) return { required, filtering: required.filtering };
    const filtering = new Set(required.filtering);
    for (const { variable, reads, type } of required.dynamic) {
      if (!Object.hasOwn(variables, variable)) continue;
      const found = type ? readsOfValue(variables[variable], type, this.index) : reads;
      if (!found) return { required, filtering: undefined };
      for (const number of found) filtering.add(number);
    }
    return { required, filtering: [...filtering] };
  }
}

/** A person as grants name it: by subject, and by the posts that it holds now. */
const personsOf = ({ person, snapshot }: Asked): readonly string[] =>
  person === undefined || person.startsWith('*')
    ? NOBODY
    : [person, ...(snapshot.officers.get(person)?.posts ?? []).map((post) => `*${post}`).sort()];

const allowed = (operation: Operation, grants: readonly Grant[]): Verdict => ({
  denials: new Uint32Array((operation.sites.length + 31) >> 5),
  denied: 0,
  reasons: new Map(),
  closed: new Set(),
  grants,
  limits: {},
});
