import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

export interface WatchOptions {
  /** A change is taken up when the files have been still for this long, milliseconds. Half-written files settle in it. */
  readonly settleMs?: number;
  /** How often the files are looked at where the file system reports nothing (network mounts, containers), milliseconds. */
  readonly pollMs?: number;
  /** How often `onChange` is called although no file changed, for SDL that subgraphs serve; 0 for never. */
  readonly refreshMs?: number;
  /** Whether SIGHUP counts as a change. */
  readonly signal?: boolean;
}
export interface GraphWatch {
  /** Watches these files from now on. */
  watch(files: readonly string[]): void;
  /** Resolves when a call of `onChange` under way has ended. */
  close(): Promise<void>;
}

/** Calls `onChange` when any of the files has other content on disk than before, or SIGHUP arrives.
 *  Folders are watched, not files, because editors and deployments replace a file by renaming another one over it.
 *  Calls never overlap; changes during a call lead to one more. The first call comes soon after the watch begins, for a
 *  change that fell between the reading of a file and the first look at it. */
export function watchGraphSource(
  files: readonly string[],
  onChange: () => Promise<unknown>,
  { settleMs = 150, pollMs = 2_000, refreshMs = 0, signal = true }: WatchOptions = {},
): GraphWatch {
  let paths: readonly string[] = [];
  let folders: FSWatcher[] = [];
  let seen: string | undefined;
  let settling: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;

  const run = (): void => {
    if (closed) return;
    if (running) {
      again = true;
      return;
    }
    running = Promise.resolve()
      .then(onChange)
      .catch(() => {})
      .then(() => {
        running = undefined;
        if (again) {
          again = false;
          run();
        }
      });
  };
  const look = async (): Promise<void> => {
    const now = await fingerprint(paths);
    if (closed || now === seen) return;
    seen = now;
    settle();
  };
  const settle = (): void => {
    clearTimeout(settling);
    settling = setTimeout(async () => {
      const now = await fingerprint(paths);
      if (closed) return;
      if (now === seen) return run();
      seen = now;
      settle();
    }, settleMs);
    settling.unref();
  };
  const target: GraphWatch = {
    watch(next) {
      const wanted = [...new Set(next.map((file) => resolve(file)))].sort();
      if (closed || wanted.join('\0') === paths.join('\0')) return;
      paths = wanted;
      seen = undefined;
      for (const folder of folders) folder.close();
      folders = [...new Set(wanted.map((file) => dirname(file)))].flatMap((folder) => watchFolder(folder, look));
      void look();
    },
    async close() {
      closed = true;
      clearTimeout(settling);
      clearInterval(poll);
      clearInterval(refresh);
      for (const folder of folders) folder.close();
      if (signal) process.off('SIGHUP', run);
      await running;
    },
  };
  const poll = setInterval(() => void look(), pollMs).unref();
  const refresh = refreshMs > 0 ? setInterval(run, refreshMs).unref() : undefined;
  if (signal) process.on('SIGHUP', run);
  target.watch(files);
  return target;
}

function watchFolder(folder: string, look: () => Promise<void>): FSWatcher[] {
  try {
    // Where the folder cannot be watched, or vanishes later, the poll finds the change.
    return [watch(folder, { persistent: false }, () => void look()).on('error', () => {})];
  } catch {
    return [];
  }
}

/** What the file system says of the files; a missing one has an entry too. */
async function fingerprint(paths: readonly string[]): Promise<string> {
  const marks = await Promise.all(
    paths.map((path) =>
      stat(path, { bigint: true }).then(
        ({ dev, ino, size, mtimeNs }) => `${dev}:${ino}:${size}:${mtimeNs}`,
        () => 'absent',
      ),
    ),
  );
  return marks.join('|');
}
