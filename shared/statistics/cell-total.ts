/** One line of the database's answer: persons who are in the same cell. Keys and sketches are unsigned, of 64 bits. */
export interface GroupRow {
  /** Of each column at its level, as the database has it. */
  readonly values: readonly (string | null)[];
  readonly persons: number;
  /** Record keys of the persons, by XOR. */
  readonly key: bigint;
  readonly sketch: bigint;
  readonly measures: readonly GroupMeasure[];
  /** All cells in which these persons are. Rows of one pattern count the same persons, once in each cell. */
  readonly pattern?: string | undefined;
}
export interface GroupMeasure {
  /** Persons with a value. */
  readonly persons: number;
  /** Of record keys and values, hashed together. */
  readonly key: bigint;
  readonly sketch: bigint;
  /** Of values cut to the bound. */
  readonly sum: number;
  /** At least the largest amount that a person contributes. */
  readonly largest: number;
}

/** What is known of one cell before anything is published. */
export class CellTotal {
  persons = 0;
  key = 0n;
  sketch = 0n;
  readonly measures: readonly MeasureTotal[];

  constructor(measures: number) {
    this.measures = Array.from({ length: measures }, () => new MeasureTotal());
  }

  /** Adds persons.
   *  @param isCounted  they are in the total already, by another row of theirs; only what they contribute is added */
  add({ persons, key, sketch, measures }: Omit<GroupRow, 'values'>, isCounted = false): void {
    if (!isCounted) {
      this.persons += persons;
      this.key ^= key;
      this.sketch ^= sketch;
    }
    this.measures.forEach((measure, at) => measure.add(measures[at]!, isCounted));
  }
}

export class MeasureTotal implements GroupMeasure {
  persons = 0;
  key = 0n;
  sketch = 0n;
  sum = 0;
  largest = 0;

  add({ persons, key, sketch, sum, largest }: GroupMeasure, isCounted: boolean): void {
    this.key ^= key;
    this.sketch ^= sketch;
    this.sum += sum;
    if (isCounted) return;
    this.persons += persons;
    this.largest = Math.max(this.largest, largest);
  }
}
