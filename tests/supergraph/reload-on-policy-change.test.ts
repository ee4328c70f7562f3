import { describe, expect, it, jest } from '@jest/globals';
import type { Logger } from 'pino';
import type { ActiveGraph } from '../../gateway/supergraph/graph-holder.js';
import { GraphHolder } from '../../gateway/supergraph/graph-holder.js';
import { GraphUpdates } from '../../gateway/supergraph/graph-updates.js';
import { reloadOnPolicyChange, waitForGraph } from '../../gateway/supergraph/reload-on-policy-change.js';
import { HubError, type ErrorCode } from '../../shared/kernel/index.js';
import type { GovernanceSnapshot } from '../../shared/read-model/read-model.js';

const VIEW = { version: 1, publishers: new Map(), consents: [], subgraphs: [] } as unknown as GovernanceSnapshot;
const PUBLISHED: GovernanceSnapshot = { ...VIEW, version: 2, subgraphs: [] };

/** A feed that shows `fresh` at once, and `confirmed` to those who wait. */
function follow(reload: () => Promise<unknown>) {
  const listeners = new Set<() => void | Promise<void>>();
  const show: { fresh: GovernanceSnapshot | undefined; confirmed: GovernanceSnapshot | undefined } = {
    fresh: VIEW,
    confirmed: VIEW,
  };
  const stop = reloadOnPolicyChange(
    {
      fresh: () => show.fresh,
      current: async () => {
        if (!show.confirmed) throw new HubError('GRANTS_STALE', 'Governance is away.');
        return show.confirmed;
      },
      subscribe: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    },
    reload,
  );
  const change = async (fresh: GovernanceSnapshot | undefined, confirmed = fresh) => {
    Object.assign(show, { fresh, confirmed });
    for (const listener of listeners) await listener();
  };
  return { change, stop };
}

describe('a change of what may be published', () => {
  it('is followed, and a change of anything else reads no graph again', async () => {
    const reload = jest.fn(async () => undefined);
    const { change, stop } = follow(reload);
    await change({ ...VIEW, version: 2 });
    expect(reload).not.toHaveBeenCalled();
    await change(PUBLISHED);
    expect(reload).toHaveBeenCalledTimes(1);
    stop();
    await change({ ...PUBLISHED, subgraphs: [] });
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('is followed where the view that shows it is outdated as soon as it is read', async () => {
    const reload = jest.fn(async () => undefined);
    const { change } = follow(reload);
    await change(undefined, { ...VIEW, version: 2 });
    expect(reload).not.toHaveBeenCalled();
    await change(undefined, PUBLISHED);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('is followed where the view cannot be confirmed', async () => {
    const reload = jest.fn(async () => undefined);
    await follow(reload).change(undefined, undefined);
    expect(reload).toHaveBeenCalledTimes(1);
  });
});

describe('the answer to a change', () => {
  const feed = (now: GovernanceSnapshot) => ({ fresh: () => now, current: async () => now });
  const never = () => new Promise<never>(() => undefined);

  it('waits until the graph follows from it, and for nothing where the graph stays as it is', async () => {
    let follow: (() => void) | undefined;
    const reload = () => new Promise<void>((resolve) => (follow = resolve));
    const answered = jest.fn();
    const waiting = waitForGraph(feed(PUBLISHED), reload, VIEW, new AbortController().signal).then(answered);
    await new Promise(setImmediate);
    expect(answered).not.toHaveBeenCalled();
    follow!();
    await waiting;
    await waitForGraph(feed({ ...VIEW, version: 2 }), never, VIEW, new AbortController().signal);
  });

  it('is given by the deadline of its request, since the change is made', async () => {
    const deadline = new AbortController();
    const answered = jest.fn();
    const ask = () => void waitForGraph(feed(PUBLISHED), never, VIEW, deadline.signal).then(answered);
    ask();
    deadline.abort(new HubError('DEADLINE_EXCEEDED', 'It takes too long.'));
    await new Promise(setImmediate);
    expect(answered).toHaveBeenCalledTimes(1);
    ask();
    await new Promise(setImmediate);
    expect(answered).toHaveBeenCalledTimes(2);
  });
});

/** Updates of graphs that say how often they were loaded. */
function openUpdates(
  load: (count: number) => Promise<void> = async () => undefined,
  keep = async (): Promise<void> => undefined,
) {
  const holder = new GraphHolder<{ close(): void }>();
  let loads = 0;
  const updates = new GraphUpdates({
    holder,
    load: async () => {
      const count = ++loads;
      await load(count);
      const graph = { version: `v${count}`, subgraphs: new Map() };
      return { graph, engine: { close: () => undefined } } as unknown as ActiveGraph<{ close(): void }>;
    },
    known: { fetchSdl: async () => '', stale: () => new Map(), keep },
    logger: { error: () => undefined, info: () => undefined } as unknown as Logger,
    metrics: { stale: () => undefined, graph: () => undefined },
  });
  return { updates, version: () => holder.current!.graph.version };
}

describe('changes in quick succession', () => {
  it('are read once for all that came while another one was composed', async () => {
    let open!: () => void;
    const { updates, version } = openUpdates((count) =>
      count === 2 ? new Promise((resolve) => (open = resolve)) : Promise.resolve(),
    );
    await updates.start();
    const first = updates.reload();
    await new Promise(setImmediate);
    const others = Array.from({ length: 10 }, () => updates.reload());
    open();
    expect((await Promise.all([first, ...others])).map((result) => result.kind)).toEqual(Array(11).fill('swapped'));
    await updates.stop();
    expect(version()).toBe('v3');
  });
});

describe('a graph that was refused', () => {
  /** Loads a first graph; the second is refused once with this code.
   *  @returns the version in force a while after that, without a further call */
  async function versionAfterRefusal(code: ErrorCode): Promise<string> {
    jest.useFakeTimers();
    try {
      const { updates, version } = openUpdates(async (count) => {
        if (count === 2) throw new HubError(code, 'Not now.');
      });
      await updates.start();
      expect(await updates.reload()).toMatchObject({ kind: 'refused', error: { code } });
      await jest.advanceTimersByTimeAsync(60_000);
      await updates.stop();
      return version();
    } finally {
      jest.useRealTimers();
    }
  }

  it('for what it says is not read again before it changes', async () => {
    expect(await versionAfterRefusal('COMPOSITION_FAILED')).toBe('v1');
  });

  it('because governance could not be confirmed is read again without a further change', async () => {
    expect(await versionAfterRefusal('GRANTS_STALE')).toBe('v3');
  });
});

describe('an end', () => {
  it('waits for the schemas that are being kept, and nothing is kept after it', async () => {
    let [kept, begun] = [0, 0];
    let finish = () => undefined as void;
    const keep = async () => {
      if (++begun === 2) await new Promise<void>((resolve) => (finish = resolve));
      kept++;
    };
    const { updates } = openUpdates(undefined, keep);
    await updates.start();
    const reloading = updates.reload();
    while (begun < 2) await new Promise(setImmediate);
    const ended = updates.stop().then(() => kept);
    const late = updates.reload();
    await new Promise(setImmediate);
    finish();
    expect(await ended).toBe(2);
    await Promise.all([reloading, late]);
    expect(begun).toBe(2);
  });
});
