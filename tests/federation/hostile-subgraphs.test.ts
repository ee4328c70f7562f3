import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { waitUntil } from '../governance/support/wait-until.js';
import { compose, connectGraph, listen, type TestGraph } from './support/graph.js';

const SDL = {
  good: 'type Query { items: [Item!] ping: String fine: Item } type Item @key(fields: "id") { id: ID! name: String }',
  bad: 'type Query { root: String rootItem: Item! } type Mutation { do: Int } type Item @key(fields: "id") { id: ID! label: String sure: String! size: Int flag: Boolean rate: Float other: ID kind: Kind sub: Sub subs: [Sub!]! any: Any } type Sub { x: Int } enum Kind { A B } scalar Any',
};
type Handler = (
  query: string,
  variables: Record<string, unknown[]>,
  response: ServerResponse,
  request: IncomingMessage,
) => void;

let graph: TestGraph;
let server: Server;
let handle: Handler;
let received = 0;
const servers: Server[] = [];
const say = (response: ServerResponse, body: unknown, status = 200, type = 'application/json') => {
  response.writeHead(status, { 'content-type': type });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};
function serve(act: Handler): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { query, variables = {} } = JSON.parse(Buffer.concat(chunks).toString());
      act(query, variables, response, request);
    });
  });
}
const entities =
  (make: (i: number) => unknown): Handler =>
  (_, { representations }, response) =>
    say(response, { data: { _entities: representations!.map((__, i) => make(i)) } });

beforeAll(async () => {
  const good = serve((query, __, response) =>
    say(response, {
      data: query.includes('ping')
        ? { ping: 'pong' }
        : query.includes('fine')
          ? { fine: { __typename: 'Item', id: '1', name: 'n1' } }
          : { items: ['1', '2', '1'].map((id) => ({ __typename: 'Item', id, name: `n${id}` })) },
    }),
  );
  server = serve((...args) => {
    received++;
    handle(...args);
  });
  servers.push(good, server);
  const urls = new Map([
    ['good', { url: await listen(good) }],
    ['bad', { url: await listen(server) }],
  ]);
  graph = await connectGraph(compose({ good: { sdl: SDL.good }, bad: { sdl: SDL.bad } }), urls, [], servers, {
    fetch: { fetchTimeout: 400, connectTimeout: 300, answerBytes: 1024 * 1024, connections: 4, pending: 20 },
  });
});
afterAll(async () => {
  await graph.close();
});
beforeEach(() => void (received = 0));
const errorsOf = async (query: string) => {
  const told = await graph.ask(query);
  expect(JSON.stringify(told.errors)).not.toMatch(/127\.0\.0\.1|localhost|ECONN|stack|secret|UND_ERR|SELECT/);
  return {
    data: told.data,
    errors: told.errors.map(({ path, extensions }) => `${extensions.code}@${(path ?? []).join('.')}`),
  };
};
const ROWS = {
  items: [
    { name: 'n1', l: null },
    { name: 'n2', l: null },
    { name: 'n1', l: null },
  ],
};

describe('the rest of the answer comes when a subgraph', () => {
  const wrong: Record<string, [handler: Handler, code: string]> = {
    'answers 500': [(_, __, response) => say(response, 'secret at 127.0.0.1', 500), 'SUBGRAPH_UNAVAILABLE'],
    'answers 503 with HTML': [
      (_, __, response) => say(response, '<html>secret</html>', 503, 'text/html'),
      'SUBGRAPH_UNAVAILABLE',
    ],
    'answers HTML': [
      (_, __, response) => say(response, '<!doctype html><p>secret', 200, 'text/html'),
      'SUBGRAPH_BAD_ANSWER',
    ],
    'answers 404': [(_, __, response) => say(response, 'nothing', 404), 'SUBGRAPH_BAD_ANSWER'],
    redirects: [
      (_, __, response) => {
        response.writeHead(302, { location: 'http://127.0.0.1:1/secret' });
        response.end('{"data":{"_entities":[]}}');
      },
      'SUBGRAPH_BAD_ANSWER',
    ],
    'answers nothing': [(_, __, response) => say(response, ''), 'SUBGRAPH_BAD_ANSWER'],
    'answers half an answer': [(_, __, response) => say(response, '{"data":{"_entities":[{"la'), 'SUBGRAPH_BAD_ANSWER'],
    'answers a list': [(_, __, response) => say(response, []), 'SUBGRAPH_BAD_ANSWER'],
    'answers null': [(_, __, response) => say(response, 'null'), 'SUBGRAPH_BAD_ANSWER'],
    'answers an empty object': [(_, __, response) => say(response, {}), 'SUBGRAPH_BAD_ANSWER'],
    'answers no data and no error': [(_, __, response) => say(response, { data: null }), 'SUBGRAPH_BAD_ANSWER'],
    'answers data of the wrong type': [(_, __, response) => say(response, { data: 'x' }), 'SUBGRAPH_BAD_ANSWER'],
    'answers errors of the wrong type': [
      (_, __, response) => say(response, { data: null, errors: 'secret' }),
      'SUBGRAPH_BAD_ANSWER',
    ],
    'answers errors only': [(_, __, response) => say(response, { errors: [{ message: 'secret' }] }), 'SUBGRAPH_ERROR'],
    'answers errors only, with status 400': [
      (_, __, response) => say(response, { errors: [{ message: 'secret' }] }, 400),
      'SUBGRAPH_ERROR',
    ],
    'answers errors that are not errors': [
      (_, __, response) => say(response, { data: null, errors: [null, 1, { path: 7 }, { path: [{}] }] }),
      'SUBGRAPH_ERROR',
    ],
    'answers an error at _entities': [
      (_, __, response) =>
        say(response, { data: { _entities: null }, errors: [{ message: 'x', path: ['_entities'] }] }),
      'SUBGRAPH_ERROR',
    ],
    'answers too few entities': [entities(() => null), ''],
    'answers no entities': [(_, __, response) => say(response, { data: { _entities: [] } }), 'SUBGRAPH_BAD_ANSWER'],
    'answers one entity too many': [
      (_, { representations }, response) => say(response, { data: { _entities: [...representations!, {}] } }),
      'SUBGRAPH_BAD_ANSWER',
    ],
    'answers entities that are an object': [
      (_, __, response) => say(response, { data: { _entities: { 0: {}, 1: {}, length: 2 } } }),
      'SUBGRAPH_BAD_ANSWER',
    ],
    'answers entities that are texts': [entities(() => 'secret'), 'SUBGRAPH_BAD_ANSWER'],
    'answers entities that are lists': [entities(() => [{ label: 'x' }]), 'SUBGRAPH_BAD_ANSWER'],
    'breaks the connection': [(_, __, response) => response.destroy(), 'SUBGRAPH_UNAVAILABLE'],
    'breaks it half way': [
      (_, __, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"data"');
        setImmediate(() => response.destroy());
      },
      'SUBGRAPH_UNAVAILABLE',
    ],
    'promises 200 MB': [
      (_, __, response) => {
        response.writeHead(200, { 'content-length': String(200 * 1024 * 1024) });
        pour(response);
      },
      'SUBGRAPH_BAD_ANSWER',
    ],
    'sends 200 MB without end': [
      (_, __, response) => {
        response.writeHead(200);
        pour(response);
      },
      'SUBGRAPH_BAD_ANSWER',
    ],
    'answers nothing in time': [() => undefined, 'SUBGRAPH_TIMEOUT'],
    'drips its answer': [
      (_, __, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(drip));
      },
      'SUBGRAPH_TIMEOUT',
    ],
    'answers JSON nested absurdly deep': [
      (_, __, response) => say(response, `{"data":{"_entities":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`),
      'SUBGRAPH_BAD_ANSWER',
    ],
  };
  for (const [what, [handler, code]] of Object.entries(wrong)) {
    it(what, async () => {
      handle = handler;
      const told = await errorsOf('{ items { name l: label } }');
      expect(told.data).toEqual(ROWS);
      const places = code === 'SUBGRAPH_BAD_ANSWER' && /texts|lists/.test(what) ? ['0', '1'] : ['0'];
      expect(told.errors.slice(0, 1)).toEqual(code ? [`${code}@items.0.l`] : []);
      expect(told.errors.length).toBeLessThanOrEqual(places.length);
      handle = entities((i) => ({ __typename: 'Item', label: `L${i}` }));
      expect(await errorsOf('{ items { label } }')).toEqual({
        data: { items: [{ label: 'L0' }, { label: 'L1' }, { label: 'L0' }] },
        errors: [],
      });
    });
  }
  it('is asked again once when a kept connection turned out to be closed, but never with a mutation', async () => {
    const contexts: unknown[] = [];
    handle = (_, __, response, request) => {
      contexts.push(request.headers['share-context']);
      return received === 1 ? response.socket!.destroy() : say(response, { data: { root: 'again' } });
    };
    let made = 0;
    const told = await graph.ask('{ root }', { context: () => `context ${++made}` });
    expect([told.data, told.errors]).toEqual([{ root: 'again' }, []]);
    // A subgraph accepts a context once.
    expect(contexts).toEqual(['context 1', 'context 2']);
    received = 0;
    expect(await errorsOf('mutation { do }')).toEqual({ data: { do: null }, errors: ['SUBGRAPH_UNAVAILABLE@do'] });
    expect(received).toBe(1);
  });
  it('is asked with the next key when it refuses a context, with a mutation too, and never once more than there are keys', async () => {
    const contexts: unknown[] = [];
    handle = (_, __, response, request) => {
      contexts.push(request.headers['share-context']);
      if (request.headers['share-context'] === 'key 2') say(response, { data: { root: 'yes', do: 1 } });
      else say(response, { errors: [{ message: 'no' }] }, 401);
    };
    const withKeys = (most: number) => {
      let key = 0;
      return { context: () => `key ${key}`, changeKey: () => key < most && ++key > 0 };
    };
    expect((await graph.ask('{ root }', withKeys(2))).data).toEqual({ root: 'yes' });
    expect((await graph.ask('mutation { do }', withKeys(2))).data).toEqual({ do: 1 });
    expect(contexts).toEqual(['key 0', 'key 1', 'key 2', 'key 0', 'key 1', 'key 2']);
    contexts.length = 0;
    const { data, errors } = await graph.ask('{ root }', withKeys(1));
    expect([data, errors.length, contexts.length]).toEqual([{ root: null }, 1, 2]);
  });
  it('speaks something that is not HTTP', async () => {
    const sockets = new Set<Socket>();
    const odd = createTcpServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', () => socket.end('220 secret SMTP\r\n'));
    });
    const told = await aside(await listen(odd as unknown as Server));
    expect(told).toEqual({
      data: { root: null },
      errors: [expect.stringMatching(/^SUBGRAPH_(BAD_ANSWER|UNAVAILABLE)@root$/)],
    });
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => odd.close(resolve));
  });
  it('is not there at all', async () => {
    const gone = createServer();
    const url = await listen(gone);
    await new Promise((resolve) => gone.close(resolve));
    expect(await aside(url)).toEqual({ data: { root: null }, errors: ['SUBGRAPH_UNAVAILABLE@root'] });
  });
  it('has no address', async () => {
    const lone = await connectGraph(graph.supergraph, new Map(), [], []);
    expect((await lone.ask('{ root ping }')).errors.map(({ extensions }) => extensions.code)).toEqual([
      'SUBGRAPH_UNAVAILABLE',
      'SUBGRAPH_UNAVAILABLE',
    ]);
    await lone.close();
  });
});

describe('a subgraph that hangs', () => {
  it('holds up nobody who does not ask it, and nobody after it recovers', async () => {
    const held: ServerResponse[] = [];
    handle = (_, __, response) => void held.push(response);
    const hung = Array.from({ length: 30 }, () => errorsOf('{ root }'));
    expect((await graph.ask('{ ping }')).data).toEqual({ ping: 'pong' });
    const answers = await Promise.all(hung);
    expect(new Set(answers.map(({ errors }) => errors[0]))).toEqual(
      new Set(['SUBGRAPH_TIMEOUT@root', 'SUBGRAPH_UNAVAILABLE@root']),
    );
    expect(answers.every(({ data }) => data.root === null)).toBe(true);
    handle = (_, __, response) => say(response, { data: { root: 'back' } });
    expect(await errorsOf('{ root }')).toEqual({ data: { root: 'back' }, errors: [] });
  });
  it('keeps one caller at a time waiting once several have waited in vain, and none once it answers', async () => {
    const held: ServerResponse[] = [];
    handle = (_, __, response) => void held.push(response);
    await Promise.all(Array.from({ length: 5 }, () => errorsOf('{ root }')));
    const asked = new Promise<void>((resolve) => {
      handle = (_, __, response) => {
        held.push(response);
        resolve();
      };
    });
    const trial = errorsOf('{ root }');
    await asked;
    const before = received;
    const told = await graph.ask('{ root }');
    expect(told.errors).toMatchObject([
      { message: expect.stringContaining('so it was not asked'), extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
    ]);
    expect(received).toBe(before);
    expect(graph.engine.hung()).toEqual(['bad']);
    handle = (_, __, response) => say(response, { data: { root: 'back' } });
    say(held.at(-1)!, { data: { root: 'back' } });
    await trial;
    await waitUntil(async () => (await errorsOf('{ root }')).data.root === 'back');
    expect(graph.engine.hung()).toEqual([]);
  });
  it('is given up when the client goes', async () => {
    const gone = new AbortController();
    const closed = new Promise<void>((resolve) => {
      handle = (_, __, response) => {
        response.on('close', resolve);
        gone.abort();
      };
    });
    const told = await graph.ask('{ root }', { signal: gone.signal });
    expect(told.data).toEqual({ root: null });
    await closed;
  });
  it('is not asked at all when the client has gone before', async () => {
    const told = await graph.ask('{ root }', { signal: AbortSignal.abort() });
    expect(told.data).toEqual({ root: null });
    expect(received).toBe(0);
  });
});

describe('values of the wrong type never pass', () => {
  const cases: Record<string, [given: unknown, want: unknown, errors: string[]]> = {
    'a number for a text': [{ label: 5 }, { label: null }, ['SUBGRAPH_BAD_ANSWER@items.0.label']],
    'an object for a text': [{ label: { secret: 1 } }, { label: null }, ['SUBGRAPH_BAD_ANSWER@items.0.label']],
    'a text for a number': [{ size: '5' }, { size: null }, ['SUBGRAPH_BAD_ANSWER@items.0.size']],
    'a fraction for a whole number': [{ size: 1.5 }, { size: null }, ['SUBGRAPH_BAD_ANSWER@items.0.size']],
    'a number that is too large': [{ size: 2 ** 31 }, { size: null }, ['SUBGRAPH_BAD_ANSWER@items.0.size']],
    'a text for a truth value': [{ flag: 'true' }, { flag: null }, ['SUBGRAPH_BAD_ANSWER@items.0.flag']],
    'a text for a rate': [{ rate: '1' }, { rate: null }, ['SUBGRAPH_BAD_ANSWER@items.0.rate']],
    'a fraction for an identifier': [{ other: 1.5 }, { other: null }, ['SUBGRAPH_BAD_ANSWER@items.0.other']],
    'an enum value nobody knows': [{ kind: 'constructor' }, { kind: null }, ['SUBGRAPH_BAD_ANSWER@items.0.kind']],
    'a list for an object': [{ sub: [{ x: 1 }] }, { sub: null }, ['SUBGRAPH_BAD_ANSWER@items.0.sub']],
    'a text for an object': [{ sub: 'x' }, { sub: null }, ['SUBGRAPH_BAD_ANSWER@items.0.sub']],
    'a null where there is always a value': [{ sure: null }, null, ['SUBGRAPH_BAD_ANSWER@items.0.sure']],
    'a null in a list without nulls': [{ subs: [{ x: 1 }, null] }, null, ['SUBGRAPH_BAD_ANSWER@items.0.subs.1']],
    'an object for a list': [{ subs: { x: 1 } }, null, ['SUBGRAPH_BAD_ANSWER@items.0.subs']],
  };
  for (const [what, [given, want, errors]] of Object.entries(cases)) {
    it(what, async () => {
      handle = entities(() => ({ __typename: 'Item', ...(given as object) }));
      const field = Object.keys(given as object)[0]!;
      const told = await errorsOf(`{ items { ${field} ${field.startsWith('sub') ? '{ x }' : ''} } }`);
      expect(told.errors.slice(0, 1)).toEqual(errors);
      expect(told.data).toEqual({ items: want === null ? null : [want, want, want] });
    });
  }
  it('and a whole number passes for a rate and for an identifier', async () => {
    handle = entities(() => ({
      rate: 1,
      other: 12,
      size: -5,
      flag: false,
      kind: 'B',
      any: { deep: [1, null, { constructor: 2 }] },
    }));
    expect(await errorsOf('{ items { rate other size flag kind any } }')).toMatchObject({
      errors: [],
      data: {
        items: expect.arrayContaining([
          { rate: 1, other: '12', size: -5, flag: false, kind: 'B', any: { deep: [1, null, { constructor: 2 }] } },
        ]),
      },
    });
  });
  it('and keys that nobody asked for never pass either', async () => {
    handle = (_, { representations }, response) =>
      say(
        response,
        `{"data":{"_entities":[${representations!.map(() => '{"__proto__":{"label":"polluted","name":"x"},"label":"L","name":"forged","id":"forged","secret":1}').join()}]},"extensions":{"secret":1}}`,
      );
    const told = await graph.ask('{ items { id name label } }');
    expect(told.answer.data).toBe(
      '{"items":[{"id":"1","name":"n1","label":"L"},{"id":"2","name":"n2","label":"L"},{"id":"1","name":"n1","label":"L"}]}',
    );
    expect(({} as Record<string, unknown>).label).toBeUndefined();
  });
  it('nor do paths of errors reach into anything else', async () => {
    handle = (_, { representations }, response) =>
      say(response, {
        data: { _entities: representations!.map(() => ({ label: 'L', sub: { x: 1 } })) },
        errors: [
          { message: 'x', path: ['__proto__', 'polluted'] },
          { message: 'x', path: ['_entities', '__proto__', 'x'] },
          { message: 'x', path: ['_entities', 0, 'constructor', 'prototype', 'y'] },
          { message: 'x', path: ['_entities', 99, 'label'] },
          { message: 'x', path: ['_entities', 0, 'sub'] },
        ],
      });
    const told = await graph.ask('{ items { label sub { x } } }');
    expect(told.data.items[0]).toEqual({ label: 'L', sub: { x: 1 } });
    expect(told.errors.every(({ extensions }) => extensions.code === 'SUBGRAPH_ERROR')).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

/** Pours until the other side has had enough; 200 MB at most. */
function pour(response: ServerResponse): void {
  const chunk = Buffer.alloc(256 * 1024, ' ');
  let left = 800;
  const go = () => {
    while (left-- > 0 && !response.destroyed) if (!response.write(chunk)) return void response.once('drain', go);
  };
  response.on('error', () => undefined);
  go();
}

/** Asks for `root` of a subgraph at another address. */
async function aside(url: string) {
  const other = await connectGraph(graph.supergraph, new Map([['bad', { url }]]), [], [], {
    fetch: { fetchTimeout: 400 },
  });
  const { data, errors } = await other.ask('{ root }');
  await other.close();
  expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|secret/);
  return { data, errors: errors.map(({ path, extensions }) => `${extensions.code}@${path!.join('.')}`) };
}
