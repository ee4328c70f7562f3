import { access, open, readFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { syncFolder } from '../../shared/files/sync-folder.js';
import { HubError } from '../../shared/kernel/index.js';

/** Progress of an export that is not finished, kept in a file beside it. */
const exportProgress = z.object({
  /** Cursor of the next page. */
  after: z.string(),
  uses: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  /** Hash of the export's parameters; only the same export may resume it. */
  parameters: z.string(),
});
type ExportProgress = z.infer<typeof exportProgress>;

/** A file that grows page by page under a temporary name and gets its own when it is complete. Its progress is stored
 *  beside it, so that an interrupted export can continue; what was written beyond the stored progress is cut off then. */
export class ResumableFile {
  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    private readonly parameters: string,
    public uses: number,
    private bytes: number,
    /** Cursor of the next page; undefined before the first and behind the last. */
    public after: string | undefined,
  ) {}

  /** @param parameters  hash of the export's parameters
   *  @param after       cursor at which an interrupted export is resumed
   *  @throws HubError BAD_USER_INPUT when the file is there already, or what stands beside it is another export's */
  static async open(path: string, parameters: string, after: string | undefined): Promise<ResumableFile> {
    const badInput = (message: string) => new HubError('BAD_USER_INPUT', message);
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      throw badInput(`${path} is there already. Name another --output.`);
    const progress = await readProgress(path);
    if (!progress) return new ResumableFile(path, await open(part(path), 'w', 0o600), parameters, 0, 0, after);
    if (progress.parameters !== parameters)
      throw badInput(`${part(path)} is of an export with other filters. Remove it, or name another --output.`);
    if (after === undefined)
      throw badInput(
        `${part(path)} has ${progress.uses} uses of this export. Go on with --after ${progress.after}, or remove it.`,
      );
    if (progress.after !== after) throw badInput(`${part(path)} goes on with --after ${progress.after}.`);
    const handle = await open(part(path), 'r+');
    await handle.truncate(progress.bytes);
    return new ResumableFile(path, handle, parameters, progress.uses, progress.bytes, after);
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
    const progress: ExportProgress = { after: next, uses: this.uses, bytes: this.bytes, parameters: this.parameters };
    await writeFile(`${state(this.path)}.new`, JSON.stringify(progress), { mode: 0o600, flush: true });
    await rename(`${state(this.path)}.new`, state(this.path));
  }

  /** Gives the finished file its own name. */
  async finish(): Promise<void> {
    await this.handle.sync();
    await this.handle.close();
    await rename(part(this.path), this.path);
    await rm(state(this.path), { force: true });
    await syncFolder(dirname(this.path));
  }

  /** Closes the unfinished file so that it can be resumed; removes it when nothing was added. */
  async suspend(): Promise<void> {
    await this.handle.close();
    if (!(await readProgress(this.path))) await rm(part(this.path), { force: true });
  }
}

const part = (path: string): string => `${path}.part`;
const state = (path: string): string => `${path}.part.json`;

async function readProgress(path: string): Promise<ExportProgress | undefined> {
  try {
    return exportProgress.parse(JSON.parse(await readFile(state(path), 'utf8')));
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
