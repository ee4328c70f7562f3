/** Columns of `evidence.record` in the order in which they are asked for. */
export const ROW_COLUMNS = [
  ...(['position', 'month', 'seq', 'at', 'items', 'writer', 'kind', 'department', 'system', 'person'] as const),
  ...(['scenario', 'mode', 'outcome', 'code', 'request', 'object', 'concerns', 'subjects', 'line'] as const),
];
export type RowColumn = (typeof ROW_COLUMNS)[number];
const AT = Object.fromEntries(ROW_COLUMNS.map((name, i) => [name, i])) as Readonly<Record<RowColumn, number>>;
const LINE = AT.line;
const COLUMNS = ROW_COLUMNS.length;

/** "PGCOPY", a signature, flags, and the length of an extension. */
const HEADER = 19;
/** Milliseconds from the epoch to PostgreSQL's, 2000-01-01. */
const EPOCH = 946_684_800_000;
const TWO_32 = 4_294_967_296;

/** A row in the binary format of COPY, read in place: its values are taken from the bytes when they are asked for. One
 *  object stands for row after row.
 *  @source PostgreSQL documentation, COPY, "Binary Format" */
export class CopiedRow {
  private bytes: Buffer = Buffer.alloc(0);
  private next = 0;
  private begun = false;
  private readonly from = new Int32Array(COLUMNS);
  private readonly to = new Int32Array(COLUMNS);
  /** The row's bytes, each one character, and where they begin. */
  text = '';
  private base = 0;

  /** Adds what has come of the stream; the rows before must have been read. */
  feed(chunk: Buffer): void {
    const rest = this.bytes.subarray(this.next);
    this.bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    this.next = 0;
    if (this.begun || this.bytes.length < HEADER) return;
    this.next = HEADER + this.bytes.readInt32BE(HEADER - 4);
    this.begun = true;
  }

  /** Goes on to the next row. @returns false when it has not come whole yet, or there is none */
  advance(): boolean {
    const { bytes, from, to } = this;
    let at = this.next;
    if (!this.begun || at + 2 > bytes.length) return false;
    const columns = bytes.readInt16BE(at);
    if (columns < 0) return false;
    if (columns !== COLUMNS) throw new Error(`a row has ${columns} columns instead of ${COLUMNS}`);
    at += 2;
    for (let i = 0; i < COLUMNS; i++) {
      if (at + 4 > bytes.length) return false;
      const length = bytes.readInt32BE(at);
      from[i] = at + 4;
      at += 4 + (length > 0 ? length : 0);
      to[i] = length < 0 ? -1 : at;
    }
    if (at > bytes.length) return false;
    this.base = this.next;
    this.text = bytes.toString('latin1', this.next, at);
    this.next = at;
    return true;
  }

  has(column: RowColumn): boolean {
    return this.to[AT[column]]! >= 0;
  }

  /** A text's bytes, each one character; undefined where there is none. */
  latin1(column: RowColumn): string | undefined {
    const i = AT[column];
    return this.to[i]! < 0 ? undefined : this.text.substring(this.from[i]! - this.base, this.to[i]! - this.base);
  }

  string(column: RowColumn): string | undefined {
    const i = AT[column];
    return this.to[i]! < 0 ? undefined : this.bytes.toString('utf8', this.from[i], this.to[i]);
  }

  /** A `bigint` below 2^53. */
  big(column: RowColumn): number {
    const from = this.from[AT[column]]!;
    return this.bytes.readInt32BE(from) * TWO_32 + this.bytes.readUInt32BE(from + 4);
  }

  /** An `int`; undefined where there is none. */
  int(column: RowColumn): number | undefined {
    const i = AT[column];
    return this.to[i]! < 0 ? undefined : this.bytes.readInt32BE(this.from[i]);
  }

  /** A `timestamptz`, milliseconds since the epoch. */
  instant(column: RowColumn): number {
    return this.big(column) / 1000 + EPOCH;
  }

  /** A `date`, milliseconds since the epoch at its beginning in UTC. */
  date(column: RowColumn): number {
    return this.bytes.readInt32BE(this.from[AT[column]]) * 86_400_000 + EPOCH;
  }

  /** The elements of a one-dimensional array of texts. */
  strings(column: RowColumn): string[] | undefined {
    return this.elements(column)?.map(([from, to]) => this.bytes.toString('utf8', from, to));
  }

  /** The elements of a one-dimensional array of `bigint`, in decimal. */
  bigs(column: RowColumn): string[] | undefined {
    return this.elements(column)?.map(([from]) => this.bytes.readBigInt64BE(from).toString());
  }

  /** True if every element of a one-dimensional array of `bigint` passes; an element is given as two signed halves. */
  everyBig(column: RowColumn, isRight: (high: number, low: number) => boolean): boolean {
    let at = this.from[AT[column]]!;
    if (this.bytes.readInt32BE(at) !== 1) return false;
    let count = this.bytes.readInt32BE(at + 12);
    for (at += 20; count > 0; count--, at += 12)
      if (!isRight(this.bytes.readInt32BE(at + 4), this.bytes.readInt32BE(at + 8))) return false;
    return true;
  }

  /** The exact bytes of the record's line; good until the next row. */
  get line(): Buffer {
    return this.bytes.subarray(this.from[LINE], this.to[LINE]);
  }

  get seq(): number {
    return this.big('seq');
  }

  /** Offset of the line in `text`. */
  get lineFrom(): number {
    return this.from[LINE]! - this.base;
  }

  private elements(column: RowColumn): [from: number, to: number][] | undefined {
    const i = AT[column];
    if (this.to[i]! < 0) return undefined;
    let at = this.from[i]!;
    const dimensions = this.bytes.readInt32BE(at);
    if (dimensions === 0) return [];
    const count = this.bytes.readInt32BE(at + 12);
    at += 20;
    return Array.from({ length: dimensions === 1 ? count : 0 }, () => {
      const length = Math.max(0, this.bytes.readInt32BE(at));
      at += 4 + length;
      return [at - length, at];
    });
  }
}
