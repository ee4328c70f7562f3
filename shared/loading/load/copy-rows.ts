import { once } from 'node:events';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Streams rows into a table by COPY; the database's own pace holds the sender back. */
export class RowCopy {
  readonly #stream;
  readonly #failed: Promise<never>;
  #text = '';

  /** @param into    table and columns, quoted
   *  @param isFree  for each value, true where it may hold any character */
  constructor(
    client: ClientBase,
    into: string,
    private readonly isFree: readonly boolean[],
  ) {
    this.#stream = client.query(copyFrom(`copy ${into} from stdin`));
    this.#failed = new Promise((_, reject) => this.#stream.once('error', reject));
    // Whoever waits for room or for the end is told; the error itself is told by the stream.
    this.#failed.catch(() => undefined);
  }

  /** @param first  columns before the values, escaped already, as in `12\t` */
  add(first: string, values: readonly (string | null)[], last = ''): void {
    let text = first;
    for (let at = 0; at < values.length; at++) {
      const value = values[at]!;
      if (at > 0) text += '\t';
      text += value === null ? '\\N' : this.isFree[at] && SPECIAL.test(value) ? escape(value) : value;
    }
    this.#text += `${text}${last}\n`;
  }

  /** Hands over what was added, and waits while the database is behind.
   *  @throws the database's error */
  async flush(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    if (text === '' || this.#stream.write(text)) return;
    await Promise.race([once(this.#stream, 'drain'), this.#failed]);
  }

  async end(): Promise<void> {
    await this.flush();
    const done = once(this.#stream, 'finish');
    this.#stream.end();
    await Promise.race([done, this.#failed]);
  }

  /** Gives up; the transaction has failed then. */
  abandon(): void {
    this.#stream.on('error', () => undefined).destroy(new Error('the load was given up'));
  }
}

const SPECIAL = /[\\\n\r\t]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escape = (value: string): string => value.replace(/[\\\n\r\t]/g, (found) => ESCAPES[found]!);
