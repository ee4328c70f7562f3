import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { LRUCache } from 'lru-cache';

/** Characters that are kept in memory; the strings after them go to a file. */
const MOST_KEPT = 30_000_000;
const WRITE_BYTES = 1_000_000;
const PAGE_BYTES = 65_536;
const MOST_PAGES = 256;

/** The strings of a workbook, by their number. Many are spilled to a file beside the workbook, and read back by pages. */
export class StringTable {
  readonly #kept: string[] = [];
  #size = 0;
  #file: number | undefined;
  #ends = new Float64Array(1_024);
  #spilled = 0;
  #written = 0;
  #open: Buffer[] = [];
  #openBytes = 0;
  readonly #pages = new LRUCache<number, Buffer>({ max: MOST_PAGES });

  /** @param path  where strings are spilled; the file is removed by `close` */
  constructor(
    private readonly path: string,
    private readonly mostKept = MOST_KEPT,
  ) {}

  add(text: string): void {
    if (this.#file === undefined && this.#size < this.mostKept) {
      this.#kept.push(text);
      this.#size += text.length;
      return;
    }
    this.#file ??= openSync(this.path, 'w+', 0o600);
    const bytes = Buffer.from(text);
    this.#open.push(bytes);
    this.#openBytes += bytes.length;
    if (this.#spilled === this.#ends.length) {
      const larger = new Float64Array(this.#ends.length * 2);
      larger.set(this.#ends);
      this.#ends = larger;
    }
    this.#ends[this.#spilled++] = this.#written + this.#openBytes;
    if (this.#openBytes > WRITE_BYTES) this.#flush();
  }

  /** @returns undefined where there is no such string */
  get(index: number): string | undefined {
    if (index < this.#kept.length) return this.#kept[index];
    const at = index - this.#kept.length;
    if (!(at < this.#spilled)) return undefined;
    this.#flush();
    const start = at === 0 ? 0 : this.#ends[at - 1]!;
    return this.#read(start, this.#ends[at]!);
  }

  close(): void {
    if (this.#file === undefined) return;
    closeSync(this.#file);
    this.#file = undefined;
    rmSync(this.path, { force: true });
  }

  #flush(): void {
    if (this.#openBytes === 0) return;
    const bytes = Buffer.concat(this.#open);
    for (let done = 0; done < bytes.length;)
      done += writeSync(this.#file!, bytes, done, bytes.length - done, this.#written + done);
    this.#written += bytes.length;
    [this.#open, this.#openBytes] = [[], 0];
  }

  #read(start: number, end: number): string {
    const parts: Buffer[] = [];
    for (let at = start; at < end;) {
      const page = Math.floor(at / PAGE_BYTES);
      const offset = at - page * PAGE_BYTES;
      const part = this.#page(page).subarray(offset, offset + end - at);
      parts.push(part);
      at += part.length;
    }
    return (parts.length === 1 ? parts[0]! : Buffer.concat(parts)).toString();
  }

  #page(page: number): Buffer {
    const known = this.#pages.get(page);
    if (known) return known;
    const buffer = Buffer.alloc(PAGE_BYTES);
    const size = readSync(this.#file!, buffer, 0, PAGE_BYTES, page * PAGE_BYTES);
    const read = buffer.subarray(0, size);
    this.#pages.set(page, read);
    return read;
  }
}
