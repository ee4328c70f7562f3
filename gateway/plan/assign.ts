import {
  costOfRefused,
  originsOf,
  REFUSED,
  requestOf,
  sharedCost,
  UNREACHABLE,
  type FieldPlan,
  type NodePlan,
  type Origin,
  type RefusedPart,
  type Use,
} from './node-plan.js';
import type { Node } from './node.js';
import { mergeItem, splitIntoLeaves, type Item, type Selections } from './selection.js';

/** An origin, or the node itself. */
interface Offer {
  readonly origin: Origin | undefined;
  readonly node: Node;
}

/** How one offer answers one item. */
type Answer = FieldPlan | NodePlan;

/** The search as the assignment sees it. */
export interface Answers {
  /** Subgraphs that were taken where another would have done. */
  readonly preferred: Set<string>;
  /** The field of a node with the plan below it; undefined when the node cannot answer it by itself.
   *  @param inputs  text of the inputs that the field must require; undefined for none */
  planField(node: Node, item: Item, inputs: string | undefined): FieldPlan | undefined;
  /** The plan of items that an abstract node answers type by type. */
  planRest(node: Node, items: readonly Item[]): NodePlan;
  /** Refuses an item that nothing answers, where a release that must not be made is the reason. */
  refuse(node: Node, item: Item): RefusedPart | undefined;
  /** The plan of selections where some origins are open anyway, and cost nothing.
   *  @param limit  no origin of this cost or more is taken */
  planBeside(node: Node, selections: Selections, opened: readonly Origin[], limit: number): NodePlan | undefined;
}

export interface Assignment {
  readonly cost: number;
  readonly uses: readonly Use[];
  readonly refused: readonly RefusedPart[];
  /** An item that nobody can answer. */
  readonly missing?: Item | undefined;
}

/** Chooses, for each item of an object, the origin it is taken from, so that few fetches are needed: opens origins one by
 *  one, the one that saves most first, and closes those that turn out not to be needed.
 *  @param own      the node that holds the object; undefined at the root
 *  @param origins  in an order that settles ties
 *  @param given    those of them that are open anyway */
export function assignItems(
  answers: Answers,
  own: Node | undefined,
  items: Iterable<Item>,
  origins: readonly Origin[],
  given: readonly Origin[] = [],
): Assignment {
  const choice = new Choice(answers, own, origins, given);
  for (const item of items) choice.add(item);
  if (choice.missing) return { cost: UNREACHABLE, uses: [], refused: [], missing: choice.missing };
  while (choice.openBest());
  choice.openPassed();
  choice.closeUnneeded();
  return { cost: choice.total(), uses: choice.uses(), refused: choice.refused };
}

/** Cost counted for an item without an answer: more than any plan, and finite, so that answering one more is progress. */
const UNANSWERED = 1e6;

/** Cost of a further call in a request that is made anyway: to the same subgraph, at the same depth. */
const FURTHER_CALL = 0.1;

/** An origin, and the fetches that it adds to those that are made anyway. */
interface Settled {
  readonly origin: Origin;
  readonly cost: number;
}

interface Row {
  readonly item: Item;
  readonly answers: readonly (Answer | undefined)[];
  readonly costs: readonly number[];
}

class Choice {
  private readonly rows: Row[] = [];
  private readonly opened = new Set<number>();
  readonly refused: RefusedPart[] = [];
  missing: Item | undefined;

  private readonly offers: readonly Offer[];
  private readonly settled = new Map<string, Settled>();

  constructor(
    private readonly answers: Answers,
    private readonly own: Node | undefined,
    origins: readonly Origin[],
    private readonly given: readonly Origin[],
  ) {
    const offers = origins.map((origin): Offer => ({ origin, node: origin.node }));
    this.offers = own ? [{ origin: undefined, node: own }, ...offers] : offers;
    this.offers.forEach(({ origin }, index) => {
      if (!origin || given.includes(origin)) this.opened.add(index);
    });
  }

  /** Adds an item. One that no offer answers whole is split: `shop { opens owner }`, of which each subgraph has a part. */
  add(item: Item): void {
    const row = this.ask(item);
    const lowest = Math.min(...row.costs);
    const leaves = lowest < REFUSED ? [] : splitIntoLeaves(item);
    if (leaves.length > 1) leaves.forEach((leaf) => this.add(leaf));
    else if (lowest < UNREACHABLE) this.rows.push(row);
    else {
      const refused = this.own && this.answers.refuse(this.own, item);
      if (refused) this.refused.push(refused);
      else this.missing ??= item;
    }
  }

  /** Opens the offer that lowers the total most. @returns false when none does */
  openBest(): boolean {
    const current = this.rows.map((row) => this.lowest(row));
    const openOrigins = this.openOrigins();
    let best: number | undefined;
    let most = 0;
    for (let i = 0; i < this.offers.length; i++) {
      if (this.opened.has(i)) continue;
      let saved = -this.settle(this.offers[i]!.origin!, openOrigins).cost;
      for (let r = 0; r < current.length; r++) saved += Math.max(0, current[r]! - this.rows[r]!.costs[i]!);
      if (saved > most) [most, best] = [saved, i];
    }
    if (best !== undefined) this.opened.add(best);
    return best !== undefined;
  }

  /** Opens what the keys and inputs of open origins come from anyway, where that answers items as well. */
  openPassed(): void {
    if (this.given.length > 0) return;
    const passed = new Set([...this.openOrigins()].flatMap(({ needs }) => needs.flatMap(originsOf)));
    for (const [index, { origin }] of this.offers.entries()) {
      if (!origin || this.opened.has(index) || origin.cost > origin.ownCost || !passed.has(origin.id)) continue;
      const before = this.total();
      this.opened.add(index);
      if (this.total() >= before) this.opened.delete(index);
    }
  }

  /** Closes what was opened early and is no cheaper than what was opened later. */
  closeUnneeded(): void {
    for (const index of [...this.opened]) {
      const { origin } = this.offers[index]!;
      if (!origin || this.given.includes(origin)) continue;
      const before = this.total();
      this.opened.delete(index);
      if (this.total() > before) this.opened.add(index);
    }
  }

  total(): number {
    let total = 0;
    for (const part of this.refused) total += costOfRefused(part);
    for (const row of this.rows) total += this.lowest(row);
    return total + this.openingCost();
  }

  /** Fetches that the open origins add. */
  private openingCost(): number {
    const origins = this.openOrigins();
    const requests = new Set(this.given.map(requestOf));
    let total = 0;
    for (const each of origins) {
      if (this.given.includes(each)) continue;
      const { cost, origin } = this.settle(each, origins);
      total += requests.has(requestOf(origin)) ? cost - origin.ownCost + FURTHER_CALL : cost;
      requests.add(requestOf(origin));
    }
    return total;
  }

  uses(): Use[] {
    const origins = this.openOrigins();
    const taken = new Map<number, Map<string, { item: Item; answer: Answer | undefined }>>();
    for (const row of this.rows) {
      const index = this.cheapest(row)!;
      this.noteChoice(row, index);
      const of = taken.get(index) ?? taken.set(index, new Map()).get(index)!;
      const known = of.get(row.item.key);
      // Parts of a split item that one origin answers are asked of it together.
      if (known) of.set(row.item.key, { item: mergeItem(known.item, row.item), answer: undefined });
      else of.set(row.item.key, { item: row.item, answer: row.answers[index] });
    }
    return [...taken].map(([index, of]): Use => {
      const { origin, node } = this.offers[index]!;
      const all = [...of.values()].map(({ item, answer }) => ({ item, answer: answer ?? this.answer(item, index) }));
      const rest = all.flatMap(({ item, answer }) => (answer && 'item' in answer ? [] : [item]));
      return {
        origin: origin && this.settle(origin, origins).origin,
        fields: all.flatMap(({ answer }) => (answer && 'item' in answer ? [answer] : [])),
        rest: rest.length > 0 ? this.answers.planRest(node, rest) : undefined,
      };
    });
  }

  /** Notes a subgraph that was taken where another would have done, perhaps as well. */
  private noteChoice({ costs }: Row, index: number): void {
    const { origin, node } = this.offers[index]!;
    if (origin && costs.some((cost, i) => cost < REFUSED && this.offers[i]!.node.graph !== node.graph))
      this.answers.preferred.add(node.graph);
  }

  private ask(item: Item): Row {
    const answers = this.offers.map((_, index) => this.answer(item, index));
    return { item, answers, costs: answers.map(costOf) };
  }

  private answer(item: Item, index: number): Answer | undefined {
    const { node, origin } = this.offers[index]!;
    const field = this.answers.planField(node, item, origin?.inputs?.text);
    return field ?? (origin && node.kind === 'abstract' ? this.answers.planRest(node, [item]) : undefined);
  }

  /** The origin with its key and inputs taken, where possible, from origins that are open anyway, and the fetches that it
   *  then adds. Only cheaper ones are looked at, so that none waits for itself. */
  private settle(origin: Origin, opened: ReadonlySet<Origin>): Settled {
    const { ownCost } = origin;
    if (!this.own || !origin.key || origin.cost <= ownCost || this.given.includes(origin))
      return { origin, cost: ownCost };
    const cheaper = [...opened].filter(({ cost }) => cost < origin.cost);
    const at = [origin, ...cheaper].map(({ id }) => id).join('|');
    const known = this.settled.get(at);
    if (known) return known;
    const beside = cheaper.map((each) => this.settle(each, opened).origin);
    const selections = [origin.key.selections, ...(origin.inputs ? [origin.inputs.selections] : [])];
    let cost = ownCost;
    const needs = origin.needs.map((need, index) => {
      if (need.cost === 0) return need;
      const plan = this.answers.planBeside(this.own!, selections[index]!, beside, origin.cost);
      cost += plan?.cost ?? Math.max(0, need.cost - sharedCost(need, opened));
      return plan ?? need;
    });
    const depth = 1 + Math.max(0, ...needs.map((need) => need.depth));
    const settled = { origin: { ...origin, needs, depth }, cost };
    this.settled.set(at, settled);
    return settled;
  }

  private openOrigins(): Set<Origin> {
    return new Set([...this.opened].flatMap((index) => this.offers[index]!.origin ?? []));
  }

  private cheapest({ costs }: Row): number | undefined {
    let best: number | undefined;
    for (const index of this.opened)
      if (costs[index]! < UNREACHABLE && (best === undefined || costs[index]! < costs[best]!)) best = index;
    return best;
  }

  private lowest(row: Row): number {
    const index = this.cheapest(row);
    return index === undefined ? UNANSWERED : row.costs[index]!;
  }
}

const costOf = (answer: Answer | undefined): number =>
  answer === undefined ? UNREACHABLE : 'item' in answer ? (answer.child?.plan.cost ?? 0) : answer.cost;
