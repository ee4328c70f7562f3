import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { afterEach, describe, expect, it } from '@jest/globals';
import { graphql, parse } from 'graphql';
import { probeSubgraph } from '../../cli/probe/probe-subgraph.js';
import { HubError } from '../../shared/kernel/index.js';
import { maskValue } from '../../shared/share/mask-value.js';
import { stripShareDirectives } from '../../shared/share/strip.js';
import { requireHubContext } from '../../shared/subgraph/admission.js';
import { CONTEXT_HEADER, subgraphKey, type FetchContext } from '../../shared/trust/signed-context.js';
import { TEST_SECRET } from '../support/subgraph-client.js';

const NAME = 'police';
const key = subgraphKey(TEST_SECRET, NAME);
const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
  extend schema @link(url: "https://sharehub.dev/share/v1.0", import: ["@resource", "@share", "@scope", "@mask"])
  type Query { people: [Person!] @share(type: UNCONDITIONAL) }
  type Person @key(fields: "id") @resource(code: "P", name: "People") @share(type: UNCONDITIONAL) {
    id: ID!
    division: String @scope(by: "division")
    phone: String @share(type: CONDITIONAL) @mask(as: PHONE)
  }
`;
const PHONE = '13812345678';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

interface Flaws {
  /** Answers what this says should be refused; what it does not say is refused. */
  readonly admits?: (why: string) => boolean;
  readonly ignoresScopes?: boolean;
  readonly ignoresRows?: boolean;
  readonly ignoresMasks?: boolean;
  readonly people?: readonly object[];
}

/** A subgraph without the kit that does right, but for its flaws. */
function plainSubgraph(flaws: Flaws = {}): Promise<string> {
  const { people = [{ id: '1', division: '330102', phone: PHONE }] } = flaws;
  const schema = buildSubgraphSchema([{ typeDefs: stripShareDirectives(parse(SDL)) }]);
  const admit = requireHubContext(NAME, () => [{ key }], Date.now);
  return listen((request, response) => {
    void (async () => {
      const bytes = Buffer.from(await text(request));
      const body = JSON.parse(bytes.toString()) as { query: string; variables?: Record<string, unknown> };
      let context: Partial<FetchContext> = {};
      try {
        context = await admit(request.headers[CONTEXT_HEADER] as string | undefined, { body, bytes });
      } catch (error) {
        if (!(error instanceof HubError) || flaws.admits?.(error.message) !== true)
          return void response.writeHead(401).end('{"errors":[{"message":"no"}]}');
      }
      if (body.query.includes('_service'))
        return void response.end(JSON.stringify({ data: { _service: { sdl: SDL } } }));
      const inRows = (limits: Readonly<Record<string, readonly string[]>> | undefined, at: string, division: string) =>
        !limits?.[at] || limits[at].some((prefix) => division.startsWith(prefix));
      const shown = (people as { division: string; phone: string }[])
        .filter(({ division }) => flaws.ignoresRows || inRows(context.rows, 'Person', division))
        .map((person) => ({
          ...person,
          phone:
            !flaws.ignoresScopes && !inRows(context.scopes, 'Person.phone', person.division)
              ? null
              : context.masks?.['Person.phone'] && !flaws.ignoresMasks
                ? maskValue(person.phone, 'PHONE')
                : person.phone,
        }));
      const answer = await graphql({
        schema,
        source: body.query,
        variableValues: body.variables,
        rootValue: { people: shown },
      });
      response.end(JSON.stringify(answer));
    })();
  });
}

/** Codes of what is found wrong. */
async function wrongOf(url: string, timeoutMs = 10_000): Promise<string[]> {
  const checks = await probeSubgraph({ url, name: NAME, key, timeoutMs });
  expect(JSON.stringify(checks)).not.toContain(PHONE);
  return checks.flatMap(({ result, code }) => (result === 'wrong' ? [code!] : []));
}

describe('A subgraph that', () => {
  it('checks nothing is told all that it got wrong', async () => {
    const url = await plainSubgraph({
      admits: () => true,
      ignoresScopes: true,
      ignoresRows: true,
      ignoresMasks: true,
    });
    expect(await wrongOf(url)).toEqual([
      'CONTEXT_NOT_REQUIRED',
      'SIGNATURE_NOT_CHECKED',
      'AUDIENCE_NOT_CHECKED',
      'EXPIRY_NOT_CHECKED',
      'LIFETIME_NOT_LIMITED',
      'QUERY_NOT_BOUND',
      'VARIABLES_NOT_BOUND',
      'CONTEXT_REUSED',
      'SDL_OPEN',
      'REGISTRATION_TOO_WIDE',
      'SCOPE_IGNORED',
      'ROWS_IGNORED',
      'MASK_IGNORED',
    ]);
  });

  it.each([
    ['answers an expired context', { admits: (why: string) => why.includes('has expired') }, ['EXPIRY_NOT_CHECKED']],
    [
      'takes a context twice',
      { admits: (why: string) => why.includes('before') || why.includes('already') },
      ['CONTEXT_REUSED'],
    ],
    ['ignores row scopes', { ignoresScopes: true }, ['SCOPE_IGNORED']],
    ['ignores cuts of whole rows', { ignoresRows: true }, ['ROWS_IGNORED']],
    ['ignores masks', { ignoresMasks: true }, ['MASK_IGNORED']],
    ['does right', {}, []],
  ] as const)('%s', async (_what, flaws, codes) => {
    expect(await wrongOf(await plainSubgraph(flaws))).toEqual(codes);
  });

  it('has no record is not said to keep to what could not be tried', async () => {
    const url = await plainSubgraph({ people: [] });
    const checks = await probeSubgraph({ url, name: NAME, key, timeoutMs: 10_000 });
    expect(checks.filter(({ result }) => result === 'not tried').map(({ check }) => check)).toEqual([
      'row scope of Person.phone',
      'rows of Person',
      'mask PHONE of Person.phone',
    ]);
  });

  it('has another key than the hub is told so, and nothing more is tried', async () => {
    const url = await plainSubgraph();
    const other = { url, name: NAME, key: subgraphKey(TEST_SECRET, 'tax'), timeoutMs: 10_000 };
    expect(await probeSubgraph(other)).toMatchObject([{ result: 'wrong', code: 'HUB_REFUSED' }]);
  });

  it('hangs, redirects, is away or speaks no GraphQL is given up', async () => {
    expect(await wrongOf(await listen(() => undefined), 200)).toEqual(['TIMEOUT']);
    let followed = 0;
    const target = await listen((_, response) => void response.end(String(++followed)));
    const redirecting = await listen((_, response) => void response.writeHead(307, { location: target }).end());
    expect([await wrongOf(redirecting), followed]).toEqual([['REDIRECTED'], 0]);
    expect(await wrongOf('http://127.0.0.1:1/graphql')).toEqual(['UNREACHABLE']);
    expect(await wrongOf(await listen((_, response) => void response.end('<html>')))).toEqual(['BAD_ANSWER']);
  });
});

const runCheck = async (args: readonly string[], secret?: string) => {
  const child = spawn(process.execPath, ['dist/cli/index.js', 'check', ...args], {
    env: { PATH: process.env['PATH'], DATA_DIR: '/nonexistent', ...(secret && { HUB_SECRET: secret }) },
  });
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('close', resolve)),
  ]);
  return { out, err, code };
};

it('is a command: a table or JSON without values, and an exit code', async () => {
  const run = (...args: readonly string[]) => runCheck(args, TEST_SECRET);
  const wrong = await plainSubgraph({ ignoresMasks: true });
  const right = await plainSubgraph();
  const table = await run('--url', wrong, '--subgraph', NAME);
  expect([table.code, table.out.includes('MASK_IGNORED'), table.out.includes(PHONE)]).toEqual([1, true, false]);
  const json = await run('--url', right, '--subgraph', NAME, '--json');
  expect([json.code, JSON.parse(json.out).accepted]).toEqual([0, true]);
});

it('is a command of a department, which has no secret of the hub but its own key in a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sharehub-key-'));
  const file = join(folder, 'key');
  const run = () => runCheck(['--url', url, '--subgraph', NAME, '--key-file', file]);
  const url = await plainSubgraph();
  try {
    expect((await run()).err).toMatch(/^CONFIG_INVALID: The key file .* cannot be read/);
    await writeFile(file, 'not a key');
    const refused = await run();
    expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/^CONFIG_INVALID: .*not 32 bytes/)]);
    expect(refused.err).not.toContain('not a key');
    await writeFile(file, `${key.export().toString('base64url')}\n`);
    expect((await run()).code).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
