import { access, open, readFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../../shared/files/sync-folder.js';
import { HubError } from '../../shared/kernel/index.js';

/** How far a file has come that is not whole yet. */
interface Come {
  /** Cursor of what follows. */
  readonly after: string;
  readonly uses: number;
  readonly bytes: number;
  /** What it was asked for; only the same may follow. */
  readonly asked: string;
}

/** A file that grows page by page under another name, and takes its own when it is whole. Beside it stands how far it has
 *  come, so that it can be gone on with after whatever ended it; what was written beyond that is cut off then. */
export class PartFile {
  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    private readonly asked: string,
    public uses: number,
    private bytes: number,
    /** Where to go on. */
    public after: string | undefined,
  ) {}

  /** @param asked  what is exported, in any form that is the same for the same
   *  @param after  where an interrupted export is gone on with
   *  @throws HubError BAD_USER_INPUT when the file is there already, or what stands beside it is another export's */
  static async open(path: string, asked: string, after: string | undefined): Promise<PartFile> {
    const wrong = (says: string) => new HubError('BAD_USER_INPUT', says);
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      throw wrong(`${path} is there already. Name another --output.`);
    const come = await readCome(path);
    if (!come) return new PartFile(path, await open(part(path), 'w', 0o600), asked, 0, 0, after);
    if (come.asked !== asked)
      throw wrong(`${part(path)} is of an export with other filters. Remove it, or name another --output.`);
    if (after === undefined)
      throw wrong(
        `${part(path)} has ${come.uses} uses of this export. Go on with --after ${come.after}, or remove it.`,
      );
    if (come.after !== after) throw wrong(`${part(path)} goes on with --after ${come.after}.`);
    const handle = await open(part(path), 'r+');
    await handle.truncate(come.bytes);
    return new PartFile(path, handle, asked, come.uses, come.bytes, after);
  }

  get isEmpty(): boolean {
    return this.bytes === 0;
  }

  /** Adds a page. @param next  cursor of the page behind it; absent behind the last */
  async add(text: string, uses: number, next: string | undefined): Promise<void> {
    const page = Buffer.from(text);
    await this.handle.write(page, 0, page.length, this.bytes);
    this.bytes += page.length;
    this.uses += uses;
    this.after = next;
    if (next === undefined) return;
    await this.handle.datasync();
    const come: Come = { after: next, uses: this.uses, bytes: this.bytes, asked: this.asked };
    await writeFile(`${state(this.path)}.new`, JSON.stringify(come), { mode: 0o600, flush: true });
    await rename(`${state(this.path)}.new`, state(this.path));
  }

  /** Gives the file its name: it is whole. */
  async finish(): Promise<void> {
    await this.handle.sync();
    await this.handle.close();
    await rename(part(this.path), this.path);
    await rm(state(this.path), { force: true });
    await syncFolder(dirname(this.path));
  }

  /** Leaves it as it is, to be gone on with; nothing is left where nothing was added. */
  async leave(): Promise<void> {
    await this.handle.close();
    if (!(await readCome(this.path))) await rm(part(this.path), { force: true });
  }
}

const part = (path: string): string => `${path}.part`;
const state = (path: string): string => `${path}.part.json`;

async function readCome(path: string): Promise<Come | undefined> {
  try {
    return JSON.parse(await readFile(state(path), 'utf8')) as Come;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new HubError(
      'BAD_USER_INPUT',
      `${state(path)} cannot be read. Remove it and ${part(path)}.`,
      {},
      { cause: error },
    );
  }
}
