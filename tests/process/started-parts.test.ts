import { describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { StartedParts } from '../../cli/launch/started-parts.js';

const HOUR = 3_600_000;
const never = () => new Promise<void>(() => undefined);

function openParts(limits: ConstructorParameters<typeof StartedParts>[2]) {
  const [stopping, hurrying] = [new AbortController(), new AbortController()];
  const stopped: string[] = [];
  const signals = { stopping: stopping.signal, hurrying: hurrying.signal };
  let giveUp!: () => void;
  /** Resolves once a part is waited for no longer. */
  const givenUp = new Promise<void>((resolve) => (giveUp = resolve));
  const parts = new StartedParts(pino({ level: 'warn' }, { write: () => giveUp() }), signals, limits);
  const noting = (name: string) => async () => void stopped.push(name);
  return { parts, stopping, hurrying, stopped, noting, givenUp };
}

describe('stopping the parts of a hub', () => {
  it('stops its processes first, then the others, the last one first', async () => {
    const { parts, stopped, noting } = openParts({ stopMs: HOUR, hurryMs: HOUR });
    await parts.addDatabase({ stop: noting('database') });
    await parts.add('subgraph', noting('subgraph'));
    await parts.addProcess({ stop: noting('gateway') });
    await parts.stop();
    expect(stopped).toEqual(['gateway', 'subgraph', 'database']);
  });

  it('does not wait for a part that hangs longer than it may, nor for one that fails', async () => {
    const { parts, stopped, noting } = openParts({ stopMs: 1, hurryMs: HOUR });
    await parts.addDatabase({ stop: noting('database') });
    await parts.add('hangs', never);
    await parts.add('fails', () => Promise.reject(new Error('it is broken')));
    await parts.stop();
    expect(stopped).toEqual(['database']);
  });

  it('waits less once it is told to hurry, whenever that is', async () => {
    const { parts, hurrying, stopped, noting } = openParts({ stopMs: HOUR, hurryMs: 1 });
    await parts.addDatabase({ stop: noting('database') });
    await parts.add('hangs from the beginning', never);
    await parts.add('hangs when told to hurry', () => (hurrying.abort(), never()));
    await parts.stop();
    expect(stopped).toEqual(['database']);
  });

  it('gives the database the time that it needs', async () => {
    const { parts, stopped, noting, givenUp } = openParts({ stopMs: 1, hurryMs: 1 });
    let end!: () => void;
    const isDown = new Promise<void>((resolve) => (end = resolve));
    await parts.addDatabase({ stop: () => isDown.then(noting('database')) });
    await parts.add('hangs', never);
    const all = parts.stop().then(noting('all'));
    await givenUp;
    expect(stopped).toEqual([]);
    end();
    await all;
    expect(stopped).toEqual(['database', 'all']);
  });

  it('stops at once what has started after the stop, and says that it stops', async () => {
    const { parts, stopping, stopped, noting } = openParts({ stopMs: HOUR, hurryMs: HOUR });
    await parts.addDatabase({ stop: noting('database') });
    stopping.abort(new Error('stopped'));
    await expect(parts.add('late', noting('late'))).rejects.toThrow('stopped');
    await expect(parts.addProcess({ stop: noting('late process') })).rejects.toThrow('stopped');
    expect(stopped.toSorted()).toEqual(['database', 'late', 'late process']);
  });
});
