import { describe, expect, it, jest } from '@jest/globals';
import type { Logger } from 'pino';
import type { ActiveGraph } from '../../gateway/supergraph/graph-holder.js';
import { GraphHolder } from '../../gateway/supergraph/graph-holder.js';
import { GraphUpdates } from '../../gateway/supergraph/graph-updates.js';
import { reloadOnPolicyChange } from '../../gateway/supergraph/reload-on-policy-change.js';
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

describe('a graph that was refused', () => {
  /** Loads a first graph; the second is refused once with this code.
   *  @returns the version in force a while after that, without a further call */
  async function versionAfterRefusal(code: ErrorCode): Promise<string> {
    jest.useFakeTimers();
    try {
      const holder = new GraphHolder<{ close(): void }>();
      let loads = 0;
      const load = async () => {
        if (++loads === 2) throw new HubError(code, 'Not now.');
        const graph = { version: `v${loads}`, subgraphs: new Map() };
        return { graph, engine: { close: () => undefined } } as unknown as ActiveGraph<{ close(): void }>;
      };
      const updates = new GraphUpdates({
        holder,
        load,
        known: { fetchSdl: async () => '', stale: () => new Map(), keep: async () => undefined },
        logger: { error: () => undefined, info: () => undefined } as unknown as Logger,
        metrics: { stale: () => undefined, graph: () => undefined },
      });
      await updates.start();
      expect(await updates.reload()).toMatchObject({ kind: 'refused', error: { code } });
      await jest.advanceTimersByTimeAsync(60_000);
      updates.stop();
      return holder.current!.graph.version;
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
