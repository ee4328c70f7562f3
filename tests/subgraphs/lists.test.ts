import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Kind,
  parse,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeNode,
} from 'graphql';
import pg from 'pg';
import type { DatabaseServer } from '../../shared/database/index.js';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { ROLES } from '../../shared/kernel/index.js';
import { subgraphKey } from '../../shared/trust/signed-context.js';
import { SUBGRAPH_NAMES, SUBGRAPHS, type SubgraphName } from '../../subgraphs/index.js';
import { askAs, TEST_SECRET } from '../support/subgraph-client.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';

const SCHEMAS = join(import.meta.dirname, '../../schema/subgraphs');
const schemas = new Map<SubgraphName, DocumentNode>(
  SUBGRAPH_NAMES.map((name) => [name, parse(readFileSync(join(SCHEMAS, `${name}.graphql`), 'utf8'))]),
);

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));
const fieldsOf = (document: DocumentNode, type: string): FieldDefinitionNode[] =>
  document.definitions.flatMap((node) =>
    (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION) && node.name.value === type
      ? [...(node.fields ?? [])]
      : [],
  );

/** Values of required arguments, and of those without which a list is empty or refused. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  departmentFindings: 'department: "public-security"',
  catalogueFindings: 'code: "101001/000001"',
  catalogueHistory: 'code: "101001/000001"',
  searchCatalogue: 'text: "信息"',
  maintenanceDuties: 'year: 2099',
  subjectUses: `identifier: "${identityNumber('330106', '19700101', 1)}"`,
  timeline: 'object: "grant/D-0001"',
  shareList: 'kind: NEGATIVE',
  listVersions: 'kind: NEGATIVE',
  listDifferences: 'kind: NEGATIVE',
  useDeliveries: 'subscription: "S-000001"',
  eventDeliveries: 'webhook: "W-000001"',
};

/** Lists that have no records here, so that there is no cursor to look at. */
const EMPTY: readonly string[] = [
  ...['livingAllowances', 'catalogueCoverage', 'catalogueHistory', 'catalogueTasks', 'applications', 'myTasks'],
  ...['overdueAnswers', 'seals', 'subjectUses', 'uses', 'subscriptions', 'useDeliveries', 'eventWebhooks'],
  'eventDeliveries',
];
/** Names of texts and of codes in registers, though a field of an enum somewhere has the same name. */
const OPEN_WORDS: readonly string[] = ['code', 'reason', 'use'];

interface List {
  readonly subgraph: SubgraphName;
  readonly field: string;
  /** Name of its connection. */
  readonly type: string;
}
const LISTS: readonly List[] = [...schemas].flatMap(([subgraph, document]) =>
  fieldsOf(document, 'Query')
    .filter((field) => field.arguments?.some(({ name }) => name.value === 'after'))
    .map((field) => ({ subgraph, field: field.name.value, type: nameOf(field.type) })),
);

let server: DatabaseServer;
const running = new Map<SubgraphName, ReturnType<typeof askAs>>();
const stops: (() => Promise<void>)[] = [];
/** A cursor of each list that has records here. */
const cursors = new Map<List, string>();

const read = (list: List, after?: string) => {
  const given = [
    ARGUMENTS[list.field],
    'first: 1',
    after === undefined ? undefined : `after: ${JSON.stringify(after)}`,
  ];
  const text = given.filter(Boolean).join(', ');
  return running.get(list.subgraph)!(`{ list: ${list.field}(${text}) { edges { cursor } pageInfo { endCursor } } }`);
};

beforeAll(async () => {
  server = await openTestServer();
  const hashesOf = (subject: string) => [{ key: 'k', hash: createHash('sha256').update(subject).digest('base64url') }];
  for (const name of SUBGRAPH_NAMES) {
    const database = testDatabaseName(name.replaceAll('-', '_'));
    await server.createDatabase(database);
    const { start } = await SUBGRAPHS[name]();
    const options = { port: 0, key: subgraphKey(TEST_SECRET, name), databaseUrl: server.url(database), residents: 20 };
    const subgraph = await start({ ...options, ...(name === 'governance' && { hashesOf, profile: 'yunnan' }) });
    const standing = { department: 'data-bureau', system: 'data-bureau-console', person: 'wang.min', roles: ROLES };
    running.set(name, askAs(name, subgraph.url, standing));
    if (name === 'governance') await insertRows(server.url(database));
    stops.push(async () => {
      await subgraph.stop();
      await server.dropDatabase(database);
    });
  }
  await running.get('governance')!(
    `mutation { publishList(kind: NEGATIVE) { refusal { code } }
       suspendGrant(id: "D-0001", reason: "核查") { refusal { code } } }`,
  );
  for (const list of LISTS) {
    const { data, errors } = await read(list);
    if (errors.length > 0) throw new Error(`${list.field}: ${errors[0]!.message}`);
    const [edge] = data.list?.edges ?? [];
    if (edge) cursors.set(list, edge.cursor);
  }
}, 120_000);
async function insertRows(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`insert into notice (position, department, at, kind, act, object, text, clauses)
    values (1, 'data-bureau', now(), 'INFORMATION', 'SUSPEND_GRANT', 'grant/D-0001', '告知', '{}')`);
  await client.query(`insert into subgraph_version
    (id, subgraph, number, kind, department, url, sdl, note, state, submitted_at, submitted_by)
    values ('V-000001', 'stations', 1, 'SUBMISSION', 'data-bureau', 'https://stations.test', 'type Query { stations: Int }',
      '接入', 'PENDING', now(), 'wang.min')`);
  await client.end();
}
afterAll(async () => {
  for (const stop of stops) await stop();
  await server.stop();
}, 60_000);

describe('every list', () => {
  it.each(LISTS)('$field of $subgraph takes no cursor that it has not given', async (list) => {
    const own = cursors.get(list);
    const foreign = [...cursors].flatMap(([other, cursor]) => (other.type === list.type ? [] : [cursor]));
    const altered = own && [`${own.slice(0, -2)}${own.endsWith('A') ? 'B' : 'A'}`, own.slice(4), own.slice(0, -4)];
    const plain = Buffer.from('["search",[false,1,"101001/000001@1#Resident.phone"]]').toString('base64url');
    for (const after of ['', 'xx', '1', 'N-000001', plain, ...(altered ?? []), ...foreign.slice(0, 12)]) {
      const { data, errors } = await read(list, after);
      expect([after, errors[0]?.extensions.code, data?.list ?? null]).toEqual([after, 'BAD_USER_INPUT', null]);
    }
    if (own) expect((await read(list, own)).errors).toEqual([]);
  });

  it('shows nothing in its cursors', () => {
    for (const [{ field }, cursor] of cursors) {
      const bytes = Buffer.from(cursor, 'base64url');
      const isText = (): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      expect([field, bytes.toString('base64url'), bytes.length > 28]).toEqual([field, cursor, true]);
      expect(isText).toThrow();
    }
    const seen = new Set([...cursors.keys()].map(({ field }) => field));
    const empty = LISTS.map(({ field }) => field).filter((field) => !seen.has(field));
    expect(empty.toSorted()).toEqual(EMPTY.toSorted());
  });
});

describe('every argument', () => {
  const enums = (document: DocumentNode) =>
    new Set(document.definitions.flatMap((node) => (node.kind === Kind.ENUM_TYPE_DEFINITION ? [node.name.value] : [])));
  const inputsOf = (document: DocumentNode): [string, InputValueDefinitionNode][] =>
    document.definitions.flatMap((node): [string, InputValueDefinitionNode][] => {
      if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
        return (node.fields ?? []).map((field) => [`${node.name.value}.${field.name.value}`, field]);
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
      return (node.fields ?? []).flatMap((field) =>
        (field.arguments ?? []).map((given): [string, InputValueDefinitionNode] => [
          `${node.name.value}.${field.name.value}(${given.name.value})`,
          given,
        ]),
      );
    });

  it.each([...schemas])('of %s that is one of a closed set is typed by it', (_, document) => {
    const closed = enums(document);
    const closedFields = new Set<string>();
    const closedNames = new Set<string>();
    for (const node of document.definitions)
      if (node.kind === Kind.OBJECT_TYPE_DEFINITION)
        for (const field of node.fields ?? [])
          if (closed.has(nameOf(field.type))) {
            closedFields.add(`${node.name.value}.${field.name.value}`);
            closedNames.add(field.name.value);
          }
    const open = inputsOf(document).filter(([, { type }]) => nameOf(type) === 'String');
    const filters = open.filter(([, { directives = [] }]) =>
      directives.some(
        ({ name, arguments: given = [] }) =>
          name.value === 'filters' &&
          given.some(({ value }) => value.kind === Kind.STRING && closedFields.has(value.value)),
      ),
    );
    const named = open.filter(([, { name }]) => closedNames.has(name.value) && !OPEN_WORDS.includes(name.value));
    expect([...filters, ...named].map(([at]) => at)).toEqual([]);
  });
});
