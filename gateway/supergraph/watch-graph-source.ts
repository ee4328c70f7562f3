import { dirname, resolve } from 'node:path';
import { watch, type FSWatcher } from 'chokidar';

export interface WatchOptions {
  /** Time without a further change after which a change is taken up, milliseconds; a half-written file is whole by then. */
  readonly settleMs?: number;
  /** Interval at which the files are checked, milliseconds. */
  readonly pollMs?: number;
  /** Counts SIGHUP as a change. */
  readonly signal?: boolean;
}
export interface GraphWatch {
  /** Watches these files from now on. */
  watch(files: readonly string[]): void;
  /** Resolves when a call of `onChange` in progress has ended. */
  close(): Promise<void>;
}

/** Calls `onChange` when one of the files changes on disk, or SIGHUP arrives. Calls never overlap; changes during a call
 *  lead to one more. The first call comes when the watch is ready, for a change between reading a file and watching it.
 *
 *  The files are polled, because network mounts and containers report no changes; and their folders are watched, because
 *  editors and deployments replace a file by renaming another one over it. */
export function watchGraphSource(
  files: readonly string[],
  onChange: () => Promise<unknown>,
  { settleMs = 150, pollMs = 1_000, signal = true }: WatchOptions = {},
): GraphWatch {
  let paths: readonly string[] = [];
  let watcher: FSWatcher | undefined;
  let settling: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isChangedAgain = false;
  let isClosed = false;

  const run = (): void => {
    if (isClosed) return;
    if (running) {
      isChangedAgain = true;
      return;
    }
    running = Promise.resolve()
      .then(onChange)
      // `onChange` reports its own failures; the next change is a new attempt.
      .catch(() => undefined)
      .then(() => {
        running = undefined;
        if (!isChangedAgain) return;
        isChangedAgain = false;
        run();
      });
  };
  const settle = (): void => {
    clearTimeout(settling);
    if (!isClosed) settling = setTimeout(run, settleMs).unref();
  };
  const result: GraphWatch = {
    watch(next) {
      const wanted = [...new Set(next.map((file) => resolve(file)))].sort();
      if (isClosed || wanted.join('\0') === paths.join('\0')) return;
      paths = wanted;
      void watcher?.close();
      const folders = [...new Set(wanted.map((file) => dirname(file)))];
      const known = new Set([...folders, ...wanted]);
      watcher = watch(folders, {
        depth: 0,
        ignored: (path) => !known.has(resolve(path)),
        ignoreInitial: true,
        usePolling: true,
        interval: pollMs,
        persistent: false,
      });
      // A folder that cannot be read now is polled again.
      watcher.on('all', settle).on('ready', settle).on('error', settle);
    },
    async close() {
      isClosed = true;
      clearTimeout(settling);
      if (signal) process.off('SIGHUP', run);
      await watcher?.close();
      await running;
    },
  };
  if (signal) process.on('SIGHUP', run);
  result.watch(files);
  return result;
}
