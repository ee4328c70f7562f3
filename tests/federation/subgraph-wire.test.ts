import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { composeGraph } from '../../gateway/supergraph/compose-graph.js';
import { sdlOverHttp } from '../../gateway/supergraph/fetch-sdl.js';
import { compose, connectGraph, listen, type TestGraph } from './support/graph.js';

const SDL = 'type Query { word: String } type Mutation { do: Int }';
const WORD = JSON.stringify({ data: { word: '字' } });
const WORDS: Readonly<Record<string, Buffer>> = {
  gzip: gzipSync(WORD),
  'x-gzip': gzipSync(WORD),
  deflate: deflateSync(WORD),
  'deflate without its header': deflateRawSync(WORD),
  br: brotliCompressSync(WORD),
  'gzip, br': brotliCompressSync(gzipSync(WORD)),
  identity: Buffer.from(WORD),
  '': Buffer.from(WORD),
};

let server: Server;
let url: string;
let graph: TestGraph;
let requests: IncomingMessage[] = [];
let handle: (response: ServerResponse) => void;
beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request);
    request.resume().on('end', () => handle(response));
  });
  url = (await listen(server)).replace('http://', 'http://hub:s3cret%20%E5%AD%97@');
  graph = await connectGraph(compose({ a: { sdl: SDL } }), new Map([['a', { url }]]), [], [server], {
    fetch: { fetchTimeout: 2_000, answerBytes: 100_000 },
  });
});
afterAll(() => graph.close());
beforeEach(() => void (requests = []));

const send = (status: number, headers: Record<string, string>, body: string | Buffer) => (response: ServerResponse) =>
  void response.writeHead(status, headers).end(body);
const ask = async (query = '{ word }') => {
  const { data, errors } = await graph.ask(query);
  return [data, ...errors.map(({ extensions }) => [extensions.code, extensions['reason']].filter(Boolean).join(': '))];
};

describe('an answer of a subgraph', () => {
  it.each([
    ['in an encoding nobody knows', { 'content-encoding': 'zebra' }, WORDS['gzip']!],
    ['in one encoding too many', { 'content-encoding': 'gzip, gzip, gzip' }, gzipSync(gzipSync(gzipSync(WORD)))],
    ['that is not in its encoding', { 'content-encoding': 'gzip' }, Buffer.from(WORD)],
    ['that is cut off', { 'content-encoding': 'gzip' }, WORDS['gzip']!.subarray(0, 20)],
    ['that is small until it is unpacked', { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(3_000_000, ' '))],
  ])('%s is refused', async (_, headers, body) => {
    handle = send(200, headers, body);
    expect(await ask()).toEqual([{ word: null }, 'SUBGRAPH_BAD_ANSWER: its content encoding cannot be undone']);
  });

  it.each(Object.keys(WORDS))('is read in content encoding "%s"', async (encoding) => {
    handle = send(200, { 'content-encoding': encoding.split(' without')[0]! }, WORDS[encoding]!);
    expect(await ask()).toEqual([{ word: '字' }]);
  });

  it('is read behind a byte order mark, also when it is compressed', async () => {
    handle = send(200, {}, `\ufeff${WORD}`);
    expect(await ask()).toEqual([{ word: '字' }]);
    handle = send(200, { 'content-encoding': 'gzip' }, gzipSync(`\ufeff${WORD}`));
    expect(await ask()).toEqual([{ word: '字' }]);
  });

  it('with its SDL is read alike', async () => {
    const sdl = JSON.stringify({ data: { _service: { sdl: SDL } } });
    for (const [encoding, body] of [
      ['gzip', gzipSync(sdl)],
      ['', Buffer.from(`\ufeff${sdl}`)],
    ] as const) {
      handle = send(200, { 'content-encoding': encoding }, body);
      expect(await sdlOverHttp()('a', url, {})).toBe(SDL);
    }
  });
});

describe('credentials in the address of a subgraph', () => {
  it('are never in what is composed, nor in what is said when the subgraph is down', async () => {
    const { supergraphSdl } = composeGraph([{ name: 'a', url, sdl: SDL }]);
    expect(supergraphSdl).toContain(url.replace(/\/\/.*@/, '//'));
    handle = send(500, {}, 'no');
    const dead = url.replace(/:\d+\//, ':1/');
    for (const address of [url, dead]) {
      const error = await sdlOverHttp()('a', address, {}).then(String, (reason: Error) => reason);
      expect(String((error as Error).message)).toContain('127.0.0.1');
      for (const shown of [String(error), JSON.stringify(error), String((error as Error).cause)])
        expect(shown).not.toMatch(/s3cret|hub:/);
    }
  });

  it('go with each fetch, and with the question for the SDL where the list has none of its own', async () => {
    handle = send(200, {}, JSON.stringify({ data: { word: 'x', _service: { sdl: SDL } } }));
    await ask();
    await sdlOverHttp()('a', url, {});
    await sdlOverHttp()('a', url, { Authorization: 'Bearer list' });
    const basic = `Basic ${Buffer.from('hub:s3cret 字').toString('base64')}`;
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([basic, basic, 'Bearer list']);
  });
});

describe('a subgraph that answers 503', () => {
  const once = (retryAfter: string | undefined) => (response: ServerResponse) =>
    requests.length > 1
      ? send(200, {}, WORD)(response)
      : send(503, retryAfter === undefined ? {} : { 'retry-after': retryAfter }, 'busy')(response);

  it('is not asked again with a mutation', async () => {
    handle = once('0');
    expect(await ask('mutation { do }')).toEqual([{ do: null }, 'SUBGRAPH_UNAVAILABLE']);
    expect(requests).toHaveLength(1);
  });

  it('is asked once more, and no more than that', async () => {
    handle = send(503, {}, JSON.stringify({ errors: [{ message: 'busy' }] }));
    expect(await ask()).toEqual([{ word: null }, 'SUBGRAPH_ERROR']);
    expect(requests).toHaveLength(2);
  });

  it.each([[undefined], ['0'], ['1'], [new Date(0).toUTCString()], ['soon']])(
    'is asked once more when it says %s',
    async (retryAfter) => {
      handle = once(retryAfter);
      expect(await ask()).toEqual([{ word: '字' }]);
      expect(requests).toHaveLength(2);
    },
  );

  it.each([['3'], [new Date(Date.now() + 3_600_000).toUTCString()]])(
    'is given up at once when it will be back at %s, which is later than anybody waits',
    async (retryAfter) => {
      handle = once(retryAfter);
      expect(await ask()).toEqual([{ word: null }, 'SUBGRAPH_UNAVAILABLE']);
      expect(requests).toHaveLength(1);
    },
  );

  it('is asked once more for few of many fetches', async () => {
    handle = send(503, { 'retry-after': '0' }, 'busy');
    const lone = await connectGraph(compose({ a: { sdl: SDL } }), new Map([['a', { url }]]), [], []);
    for (let n = 0; n < 60; n++) await lone.ask('{ word }');
    await lone.close();
    // Twenty that were saved up, and one in ten.
    expect(requests.length).toBeLessThanOrEqual(60 + 20 + 6);
  });

  it('is not asked again when the client goes meanwhile', async () => {
    const gone = new AbortController();
    handle = (response) => {
      response.on('finish', () => setImmediate(() => gone.abort()));
      once('1')(response);
    };
    const { errors } = await graph.ask('{ word }', { signal: gone.signal });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_TIMEOUT']);
    expect(requests).toHaveLength(1);
  });
});
