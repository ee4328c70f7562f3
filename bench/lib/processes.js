import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

const started = new Set();

/** Starts a child of ours that speaks over IPC and ends when we do. */
export function startChild(file) {
  return keep(fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
}

/** Sends a message and waits for the answer to it. */
export async function ask(child, message) {
  const over = new AbortController();
  const { signal } = over;
  const answered = once(child, 'message', { signal });
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`A helper process ended with ${code}.`);
  });
  ended.catch(() => {});
  child.send(message);
  try {
    return (await Promise.race([answered, ended]))[0];
  } finally {
    over.abort();
  }
}

const PROBE = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: '{ __typename }' }),
};

/** Starts a contender in a Node process of its own and waits until it answers.
 *  @returns its process id and where it answers */
export async function startContender(contender, settings, log) {
  const port = await freePort();
  const child = keep(
    spawn(process.execPath, contender.arguments({ ...settings, ...contender.settings, port }), {
      stdio: ['ignore', log, log],
      env: { ...process.env, NODE_ENV: 'production', ...contender.environment },
    }),
  );
  const running = { ...contender, pid: child.pid, origin: `http://127.0.0.1:${port}` };
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null) throw new Error(`${contender.title} ended while starting; see the log.`);
    const response = await fetch(running.origin + contender.path, PROBE).catch(() => undefined);
    if (response) break;
    if (tries === 300) throw new Error(`${contender.title} does not answer.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return running;
}

/** Ends everything at once: some gateways wait for their connections when they are asked politely. */
export function stopAll() {
  for (const child of started) child.kill('SIGKILL');
}
process.on('exit', stopAll);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

function keep(child) {
  started.add(child);
  child.once('exit', () => started.delete(child));
  return child;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
