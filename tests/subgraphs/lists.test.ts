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
import type { DatabaseServer } from '../../shared/database/index.js';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { ROLES } from '../../shared/kernel/index.js';
import { subgraphKey, type FetchContext } from '../../shared/trust/signed-context.js';
import { SUBGRAPH_NAMES, SUBGRAPHS, type SubgraphName } from '../../subgraphs/index.js';
import { askAs, TEST_SECRET } from '../support/subgraph-client.js';
import { createSubgraphDatabase } from '../support/subgraph-database.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';
import { fillLists, hashOf } from './support/fill-lists.js';

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

const CITIZEN = identityNumber('330106', '19700101', 1);
/** Values of required arguments, and of those without which a list is empty or refused. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  departmentFindings: 'department: "public-security"',
  catalogueFindings: 'code: "101001/000001"',
  catalogueHistory: 'code: "101001/000001"',
  searchCatalogue: 'text: "信息"',
  maintenanceDuties: 'year: 2099',
  subjectUses: `identifier: "${CITIZEN}"`,
  timeline: 'object: "grant/D-0001"',
  shareList: 'kind: NEGATIVE',
  listVersions: 'kind: NEGATIVE',
  listDifferences: 'kind: NEGATIVE',
  useDeliveries: 'subscription: "U-000001"',
  eventDeliveries: 'webhook: "U-000003"',
};

/** Lists that a system without a person is refused as a whole. */
const OF_PERSONS: readonly string[] = ['savedQueries', 'sources'];
/** Lists that persons of certain posts alone may read. */
const OF_POSTS: readonly string[] = ['protections'];

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
/** A cursor of each list. */
const cursors = new Map<List, string>();

const READER = { department: 'data-bureau', system: 'data-bureau-console', person: 'wang.min', roles: ROLES };
const read = (list: List, after?: string, reader: Partial<FetchContext> = {}) => {
  const given = [
    ARGUMENTS[list.field],
    'first: 1',
    after === undefined ? undefined : `after: ${JSON.stringify(after)}`,
  ];
  const text = given.filter(Boolean).join(', ');
  const query = `{ list: ${list.field}(${text}) { edges { cursor } pageInfo { endCursor } } }`;
  return running.get(list.subgraph)!(query, { context: reader });
};

beforeAll(async () => {
  server = await openTestServer();
  const hashesOf = (subject: string) => [{ key: 'k', hash: hashOf(subject) }];
  for (const name of SUBGRAPH_NAMES) {
    const database = testDatabaseName(name.replaceAll('-', '_'));
    await createSubgraphDatabase(server, database, name, name === 'social-security' ? 300 : 20);
    const { start } = await SUBGRAPHS[name]();
    const options = { port: 0, key: subgraphKey(TEST_SECRET, name), databaseUrl: server.url(database) };
    const subgraph = await start({ ...options, ...(name === 'governance' && { hashesOf, profile: 'yunnan' }) });
    running.set(name, askAs(name, subgraph.url, READER));
    if (name === 'governance') await fillLists(server.url(database), CITIZEN);
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
    cursors.set(list, data.list.edges[0]?.cursor ?? `${list.field} is empty`);
  }
}, 120_000);
afterAll(async () => {
  for (const stop of stops) await stop();
  await server.stop();
}, 60_000);

describe('every list', () => {
  it.each(LISTS)('$field of $subgraph takes no cursor that it has not given', async (list) => {
    const own = cursors.get(list)!;
    const isNear = (other: List) => other !== list && other.subgraph === list.subgraph;
    const foreign = [...cursors].flatMap(([other, cursor]) => (isNear(other) ? [cursor] : []));
    const altered = [`${own.slice(0, -2)}${own.endsWith('A') ? 'B' : 'A'}`, own.slice(4), own.slice(0, -4)];
    const plain = Buffer.from('["search",[false,1,"101001/000001@1#Resident.phone"]]').toString('base64url');
    for (const after of [
      '',
      'xx',
      '1',
      'N-000001',
      plain,
      ...altered,
      ...foreign,
      cursors.get(LISTS.find(({ subgraph }) => subgraph !== list.subgraph)!)!,
    ]) {
      const { data, errors } = await read(list, after);
      expect([after, errors[0]?.extensions.code, data?.list ?? null]).toEqual([after, 'BAD_USER_INPUT', null]);
    }
    expect((await read(list, own)).errors).toEqual([]);
  });

  it.each(LISTS)('$field of $subgraph takes no cursor of another person, system or department', async (list) => {
    const own = cursors.get(list)!;
    const others = [{ person: 'xu.fang' }, { person: undefined }, { department: 'tax', person: 'wang.min' }];
    for (const reader of others) {
      const { data, errors } = await read(list, own, reader);
      const isSystem = 'person' in reader && reader.person === undefined;
      const isDenied = (OF_PERSONS.includes(list.field) && isSystem) || OF_POSTS.includes(list.field);
      const code = isDenied ? 'OPERATION_DENIED' : 'BAD_USER_INPUT';
      expect([reader, errors[0]?.extensions.code, data?.list ?? null]).toEqual([reader, code, null]);
    }
    // A person goes on in another system of theirs.
    expect((await read(list, own, { system: 'data-bureau-app' })).errors).toEqual([]);
  });

  it('shows nothing in its cursors', () => {
    for (const [{ field }, cursor] of cursors) {
      const bytes = Buffer.from(cursor, 'base64url');
      const isText = (): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      expect([field, bytes.toString('base64url'), bytes.length > 28]).toEqual([field, cursor, true]);
      expect(isText).toThrow();
    }
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
