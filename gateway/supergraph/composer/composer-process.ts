// The process that composes graphs, started by `composer.ts`. It does one task after another, and ends with its parent.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { HubError } from '../../../shared/kernel/index.js';
import { isStackExceeded } from './limits.js';
import { Tasks, type ResultMessage, type TaskMessage } from './tasks.js';

const send = (message: ResultMessage): void => void process.send?.(message);

const tasks = new Tasks();

/** Largest heap, bytes, and the part of it beyond which what is kept leaves the next graph too little. */
const [most, KEPT_PART] = [Number(process.argv[2]) * 2 ** 20, 0.4];
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const isLarge = (): boolean => process.memoryUsage().heapUsed > most * KEPT_PART;

/** Says when what is kept has grown too much. Garbage does not count. */
function watchMemory(): void {
  if (!isLarge()) return;
  collectGarbage();
  if (isLarge()) send({ kind: 'grown' });
}

function carryOut({ task, input }: TaskMessage): void {
  try {
    const result = tasks[task](input as never);
    for (const [name, value] of Object.entries(result)) send({ kind: 'member', name, value });
    send({ kind: 'end' });
  } catch (error) {
    if (isStackExceeded(error)) send({ kind: 'too deep' });
    else if (error instanceof HubError)
      send({ kind: 'refused', code: error.code, message: error.message, details: error.details });
    else throw error;
  }
  setImmediate(watchMemory);
}

process.on('message', carryOut);
process.on('disconnect', () => process.exit());
// Its parent says when it ends; a signal to the whole group is meant for the parent.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
