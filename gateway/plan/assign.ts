import { UNREACHABLE, type FieldPlan, type NodePlan, type Origin, type Use } from './node-plan.js';
import type { Node } from './node.js';
import { mergeItem, splitIntoLeaves, type Item } from './selection.js';

/** An origin, or the node itself. */
interface Offer {
  readonly origin: Origin | undefined;
  readonly node: Node;
}

/** How one offer answers one item. */
type Answer = FieldPlan | NodePlan;

/** The search as the assignment sees it. */
export interface Answers {
  /** The field of a node with the plan below it; undefined when the node cannot answer it by itself.
   *  @param inputs  text of the inputs that the field must require; undefined for none */
  planField(node: Node, item: Item, inputs: string | undefined): FieldPlan | undefined;
  /** The plan of items that an abstract node answers type by type. */
  planRest(node: Node, items: readonly Item[]): NodePlan;
}

export interface Assignment {
  readonly cost: number;
  readonly uses: readonly Use[];
  /** An item that nobody can answer. */
  readonly missing?: Item | undefined;
}

/** Chooses, for each item of an object, the origin it is taken from, so that few fetches are needed: opens origins one by
 *  one, the one that saves most first, and closes those that turn out not to be needed.
 *  @param own      the node that holds the object; undefined at the root
 *  @param origins  in an order that settles ties */
export function assignItems(
  answers: Answers,
  own: Node | undefined,
  items: Iterable<Item>,
  origins: readonly Origin[],
): Assignment {
  const offers: Offer[] = origins.map((origin) => ({ origin, node: origin.node }));
  if (own) offers.unshift({ origin: undefined, node: own });
  const choice = new Choice(answers, offers);
  for (const item of items) choice.add(item);
  if (choice.missing) return { cost: UNREACHABLE, uses: [], missing: choice.missing };
  if (own) choice.open(0);
  while (choice.openBest());
  choice.closeUnneeded();
  return { cost: choice.total(), uses: choice.uses() };
}

/** Cost counted for an item without an answer: more than any plan, and finite, so that answering one more is progress. */
const UNANSWERED = 1e6;

interface Row {
  readonly item: Item;
  readonly answers: readonly (Answer | undefined)[];
  readonly costs: readonly number[];
}

class Choice {
  private readonly rows: Row[] = [];
  private readonly opened = new Set<number>();
  missing: Item | undefined;

  constructor(
    private readonly answers: Answers,
    private readonly offers: readonly Offer[],
  ) {}

  /** Adds an item. One that no offer answers whole is split: `shop { opens owner }`, of which each subgraph has a part. */
  add(item: Item): void {
    const row = this.ask(item);
    if (row.costs.some((cost) => cost < UNREACHABLE)) this.rows.push(row);
    else {
      const leaves = splitIntoLeaves(item);
      if (leaves.length > 1) leaves.forEach((leaf) => this.add(leaf));
      else this.missing ??= item;
    }
  }

  open(index: number): void {
    this.opened.add(index);
  }

  /** Opens the offer that lowers the total most. @returns false when none does */
  openBest(): boolean {
    const current = this.rows.map((row) => this.lowest(row));
    const openOrigins = this.openOrigins();
    let best: number | undefined;
    let most = 0;
    for (let i = 0; i < this.offers.length; i++) {
      if (this.opened.has(i)) continue;
      let saved = -addedCost(this.offers[i]!.origin!, openOrigins);
      for (let r = 0; r < current.length; r++) saved += Math.max(0, current[r]! - this.rows[r]!.costs[i]!);
      if (saved > most) [most, best] = [saved, i];
    }
    if (best !== undefined) this.opened.add(best);
    return best !== undefined;
  }

  /** Closes what was opened early and is no cheaper than what was opened later. */
  closeUnneeded(): void {
    for (const index of [...this.opened]) {
      if (this.offers[index]!.origin === undefined) continue;
      const before = this.total();
      this.opened.delete(index);
      if (this.total() > before) this.opened.add(index);
    }
  }

  total(): number {
    let total = 0;
    for (const row of this.rows) total += this.lowest(row);
    const origins = this.openOrigins();
    for (const origin of origins) total += addedCost(origin, origins);
    return total;
  }

  uses(): Use[] {
    const taken = new Map<number, Map<string, { item: Item; answer: Answer | undefined }>>();
    for (const row of this.rows) {
      const index = this.cheapest(row)!;
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
        origin,
        fields: all.flatMap(({ answer }) => (answer && 'item' in answer ? [answer] : [])),
        rest: rest.length > 0 ? this.answers.planRest(node, rest) : undefined,
      };
    });
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

/** Fetches that an origin adds to others that are open: those that both need are counted once. */
function addedCost(origin: Origin, opened: ReadonlySet<Origin>): number {
  let shared = 0;
  for (const { uses } of origin.needs)
    for (const use of uses)
      if (use.origin && use.origin !== origin && opened.has(use.origin)) shared += use.origin.cost;
  return Math.max(1, origin.cost - shared);
}
