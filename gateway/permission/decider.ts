import { LRUCache } from 'lru-cache';
import type { Grant, GrantMode, UseMode } from '../../shared/kernel/index.js';
import { scenarioKey, type GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import type { Release } from '../../shared/share/releases/release.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import { takesPart, type Operation } from '../request/operation.js';
import type { RequestProtections } from '../request/protections.js';
import type { Denial } from '../request/denial.js';
import { conditionsUnder, type DecisionContext } from './decision-context.js';
import { DecisionSet, type OnRuleFault } from './decision-set.js';
import { ItemsInForceCache, type ItemInForce } from './items-in-force.js';
import { Protections } from './protections.js';
import { QuotaPlan } from './quota-plan.js';
import type { QuotaLedger } from './quota-ledger.js';
import { toUseNumber, useOf, type ItemUse } from './use-number.js';
import {
  compileRequirements,
  findUsesOfValue,
  type OperationRequirements,
  type SiteRequirement,
} from './requirements.js';
import { buildRuleTree, type RuleTree } from './rule-tree.js';
import type { Verdict } from '../request/verdict.js';
import { summariseUses, VerdictBuilder, type SiteUses } from './evaluate-sites.js';

const NO_GRANTS: readonly Grant[] = [];
const NO_PERSONS: readonly string[] = [];
const NO_USES: ReadonlyMap<string, number> = new Map();

export interface DeciderOptions {
  /** Gives unconditional items to anyone; only for trying the engine. */
  readonly permissive?: boolean;
  /** Called with the error of a share rule that threw. */
  readonly onFault?: OnRuleFault;
  /** Zone in which refusals tell days. */
  readonly timeZone?: string;
  /** Modes in which a department may apply for an item that is not shared, by this jurisdiction's law. */
  readonly notSharedModes?: readonly GrantMode[];
  /** Subgraph that a department runs on a machine of its own. */
  readonly tried?: string | undefined;
}

/** Decides operations of one graph version. Decisions are cached for each (department, scenario), and for each person
 *  where a grant names persons, until one of its grants changes, begins or ends. An operation that is allowed whole costs
 *  one look-up. @source share-rules section 3.3 */
export class Decider {
  private readonly sets = new LRUCache<string, DecisionSet>({ max: 10_000 });
  private readonly requirements = new WeakMap<Operation, OperationRequirements>();
  private readonly personal = new WeakMap<readonly Grant[], boolean>();
  private readonly rules: RuleTree;
  /** Replaced when an entry is published or withdrawn, and when permits or consents change or end. */
  private readonly inForce: ItemsInForceCache;
  private readonly protections: Protections;

  constructor(
    readonly index: ShareIndex,
    private readonly quota: QuotaLedger,
    private readonly options: DeciderOptions = {},
  ) {
    this.rules = buildRuleTree(index, options.permissive ?? false);
    this.inForce = new ItemsInForceCache(index);
    this.protections = new Protections(index, options.tried);
  }

  /** What a refusal offers in place of an item that is not shared. */
  get notSharedModes(): readonly GrantMode[] | undefined {
    return this.options.notSharedModes;
  }

  /** Decides every site of an operation, before it is planned. Never throws for a refusal. */
  async decide(operation: Operation, context: DecisionContext): Promise<Verdict> {
    const set = this.findDecisions(context);
    const known = set.verdicts.get(operation);
    if (known) return known;
    const requirements = this.findRequirements(operation, context);

    if (!set.knows(requirements)) {
      const wanted = requirements.sites.flatMap(({ given, throughArguments }) => [...given, ...throughArguments]);
      await set.evaluate(wanted, context.now);
    }
    const { unknown, dynamic, conditional, itemised } = requirements;
    const isStable = !unknown && !dynamic;
    if (isStable && !itemised && set.allowsPlainly(requirements)) {
      const verdict = toPlainVerdict(operation, {
        grants: set.grantsOf(requirements),
        consents: set.consentsOf(requirements),
        ...summariseUses(
          this.index,
          requirements.sites.map((required) => ({ required, throughArguments: required.throughArguments })),
        ),
      });
      if (!conditional) set.verdicts.set(operation, verdict);
      return verdict;
    }
    const sites = requirements.sites.map((required) => this.resolveUses(required, context));
    await set.evaluate(
      sites.flatMap(({ throughArguments }) => throughArguments ?? []),
      context.now,
    );
    const used = await this.readUsed(set, sites, context);
    const quotas = new QuotaPlan(used ?? NO_USES, context.variables);
    const verdict = new VerdictBuilder(this.index, set, quotas).build(operation, sites);
    if (isStable && !conditional && !verdict.counted && !used) set.verdicts.set(operation, verdict);
    return used ? { ...verdict, used } : verdict;
  }

  /** Decision on a single item, for explain. */
  async decideItem(
    item: ShareItem,
    context: DecisionContext,
    mode: UseMode = 'QUERY',
  ): Promise<{ denial?: Denial; grant?: Grant; rule: string }> {
    const set = this.findDecisions(context);
    const number = toUseNumber(this.index, item, mode);
    await set.evaluate([number], context.now);
    return {
      denial: set.denials.get(number),
      grant: set.releases.get(number)?.[0]?.grants[0],
      rule: set.ruleName(number),
    };
  }

  /** Items that the arguments of each site compare or count, by index of the site; for explain. */
  findArgumentUses(operation: Operation, context: DecisionContext): ReadonlyMap<number, readonly ItemUse[]> {
    const { sites } = this.findRequirements(operation, context);
    return new Map(
      sites.map((required) => {
        const uses = (this.resolveUses(required, context).throughArguments ?? []).map((number) =>
          useOf(this.index, number),
        );
        return [required.site.index, uses.filter(({ mode }) => mode !== 'QUERY')];
      }),
    );
  }

  /** An item as it is in force now. */
  itemInForce(item: ShareItem, { snapshot, now }: DecisionContext): ItemInForce {
    return this.inForce.find(snapshot, now).items[item.index] ?? item;
  }

  /** Releases of the graph that must not be made now; the same set while none of them changes. */
  findAllStopped(snapshot: GovernanceSnapshot, now: number): ReadonlySet<Release> | undefined {
    return this.inForce.find(snapshot, now).releases?.stopped;
  }

  /** Whose records are withheld from the caller; undefined where nobody's are. */
  findProtections(context: DecisionContext): RequestProtections | undefined {
    return this.protections.of(context);
  }

  /** The first of these releases that must not be made now. */
  findStopped(releases: readonly Release[], snapshot: GovernanceSnapshot, now: number): Release | undefined {
    const stopped = this.findAllStopped(snapshot, now);
    return stopped && stopped.size > 0 ? releases.find((release) => stopped.has(release)) : undefined;
  }

  /** Uses of the quotas that the sites may rest on; undefined where there are none. One that cannot be read is missing. */
  private async readUsed(
    set: DecisionSet,
    sites: readonly SiteUses[],
    { used: known }: DecisionContext,
  ): Promise<ReadonlyMap<string, number> | undefined> {
    const grants = set.quotasOf(
      sites.flatMap(({ required, throughArguments = [] }) => [...required.given, ...throughArguments]),
    );
    if (grants.size === 0) return undefined;
    const missing = [...grants].filter((grant) => !known?.has(grant));
    if (known && missing.length === 0) return known;
    // What the ledger cannot tell is refused by name, and the rest is given.
    const read = await this.quota.used(missing).catch(() => []);
    return new Map([...(known ?? []), ...read]);
  }

  private findDecisions(context: DecisionContext): DecisionSet {
    const { department, scenario, snapshot, now } = context;
    const grants =
      (department !== undefined && scenario !== undefined && snapshot.grants.get(scenarioKey(department, scenario))) ||
      NO_GRANTS;
    // No code holds a NUL, so no two pairs share a key.
    const persons = this.isPersonal(grants) ? listPersonNames(context) : NO_PERSONS;
    const pair = scenario === undefined ? (department ?? '') : `${department}\0${scenario}`;
    const key = persons.length === 0 ? pair : `${pair}\0${persons.join('\0')}`;
    const known = this.sets.get(key);
    const { items } = this.inForce.find(snapshot, now);
    if (known?.isFor(grants, items, now)) return known;
    const set = new DecisionSet(
      this.index,
      this.rules,
      { department, scenario, grants, persons, items, ...this.options },
      now,
    );
    this.sets.set(key, set);
    return set;
  }

  /** What the operation reads, without the sites that `@skip` and `@include` leave out: a decision is made on what takes
   *  part, and nothing else is charged, refused or recorded. */
  private findRequirements(operation: Operation, context: DecisionContext): OperationRequirements {
    let requirements = this.requirements.get(operation);
    if (!requirements) this.requirements.set(operation, (requirements = compileRequirements(operation, this.index)));
    if (!requirements.conditional) return requirements;
    const bits = conditionsUnder(operation, context);
    const sites = requirements.sites.filter(({ site }) => takesPart(site, bits));
    return { ...requirements, sites, unknown: sites.some((site) => site.unknown) };
  }

  /** True when some of the grants are for named persons only; computed once for each list of grants. */
  private isPersonal(grants: readonly Grant[]): boolean {
    if (grants === NO_GRANTS) return false;
    let personal = this.personal.get(grants);
    if (personal === undefined)
      this.personal.set(grants, (personal = grants.some(({ persons }) => persons !== undefined)));
    return personal;
  }

  private resolveUses(required: SiteRequirement, { variables }: DecisionContext): SiteUses {
    if (required.dynamic.length === 0) return { required, throughArguments: required.throughArguments };
    const numbers = new Set(required.throughArguments);
    for (const { variable, uses, type } of required.dynamic) {
      if (!Object.hasOwn(variables, variable)) continue;
      const found = type ? findUsesOfValue(variables[variable], type, this.index) : uses;
      if (!found) return { required, throughArguments: undefined };
      for (const number of found) numbers.add(number);
    }
    return { required, throughArguments: [...numbers] };
  }
}

/** The names under which a grant may list the caller: their subject, and the posts they hold now. */
const listPersonNames = ({ person, snapshot }: DecisionContext): readonly string[] =>
  person === undefined || person.startsWith('*')
    ? NO_PERSONS
    : [person, ...(snapshot.officers.get(person)?.posts ?? []).map((post) => `*${post}`).sort()];

const toPlainVerdict = (
  operation: Operation,
  basis: Pick<Verdict, 'grants' | 'consents' | 'throughArguments' | 'mode'>,
): Verdict => ({
  denials: new Uint32Array((operation.sites.length + 31) >> 5),
  denied: 0,
  reasons: new Map(),
  closed: new Set(),
  ...basis,
  limits: {},
});
