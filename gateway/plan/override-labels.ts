/** The labels of `@override(label:)` of one graph, and which of them are active for a request.
 *  `percent(n)` is active for n of 100 requests; all percentages of a request are decided by one number, so that a request
 *  with a rare label has the more frequent ones too and an operation has few plans. Any other label is switched by the
 *  operator.
 *  @source Federation specification v2.7 `@override(from:, label:)` */
export class OverrideLabels {
  private readonly percentages: readonly { readonly label: string; readonly percent: number }[];
  private readonly switched: readonly string[];
  private readonly drawn = new Map<number, ReadonlySet<string>>();

  /** @param labels  every label of the graph
   *  @param active  labels that the operator switched on, percentages not among them */
  constructor(labels: ReadonlySet<string>, active: Iterable<string> = []) {
    const percentages = [...labels].flatMap((label) => {
      const percent = /^percent\((\d+(?:\.\d+)?)\)$/.exec(label)?.[1];
      return percent === undefined ? [] : [{ label, percent: Number(percent) }];
    });
    this.percentages = percentages.sort((a, b) => b.percent - a.percent);
    this.switched = [...active].filter((label) => labels.has(label));
  }

  /** @param draw  gives a number from 0 up to, and not including, 100
   *  @returns the active labels; the same set each time the same labels are active */
  choose(draw: () => number): ReadonlySet<string> {
    const number = this.percentages.length === 0 ? 0 : draw();
    return this.take(this.percentages.filter(({ percent }) => number < percent).length);
  }

  /** Every set that a request may have. */
  all(): ReadonlySet<string>[] {
    return Array.from({ length: this.percentages.length + 1 }, (_, count) => this.take(count));
  }

  private take(count: number): ReadonlySet<string> {
    const known = this.drawn.get(count);
    if (known) return known;
    const labels = new Set([...this.switched, ...this.percentages.slice(0, count).map(({ label }) => label)]);
    this.drawn.set(count, labels);
    return labels;
  }
}
