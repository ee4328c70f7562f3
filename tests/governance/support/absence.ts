import { readFileSync } from 'node:fs';
import {
  buildClientSchema,
  getIntrospectionQuery,
  Kind,
  parse,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { openHubSecret } from '../../../shared/trust/hub-secret.js';
import { sealSubject } from '../../../shared/trust/sealed-subject.js';
import { envelopeKeys } from '../../../shared/trust/secret-envelope.js';
import type { SubgraphName } from '../../../subgraphs/index.js';
import { drawFrom, writeRandomQuery } from '../../support/random-operation.js';
import type { System } from '../../support/system.js';

/** A citizen whose records every owner of the demo withholds. */
const OWNERS = ['public-security', 'human-resources', 'medical-security', 'civil-affairs', 'data-bureau'];
/** Tables that hold records of a citizen, with the column that names them. */
const TABLES: readonly (readonly [SubgraphName, string, string])[] = [
  ['population', 'resident', 'id_number'],
  ['social-security', 'pension_insurance', 'insured_id_number'],
  ['social-security', 'medical_insurance', 'insured_id_number'],
  ['social-security', 'living_allowance', 'recipient_id_number'],
  ['licence', 'certificate', 'holder_identifier'],
];
/** Callers under whom everything is asked: grants with and without rows and masks, none at all, and an owner itself. */
const CALLERS = [
  ['housing-app', 'public-rental-review'],
  ['tax-app', 'tax-credit-review'],
  ['market-app', 'licence-renewal'],
  ['civil-affairs-app', 'living-allowance-review'],
  ['public-security-app', undefined],
  ['tax-app', undefined],
] as const;
const SUBGRAPHS = ['population', 'legal-entity', 'licence', 'social-security', 'geography'];

/** Protects a citizen at every owner, as two persons of each have decided.
 *  @returns ends it */
export async function protectEverywhere(hub: System, identifier: string): Promise<() => Promise<void>> {
  const { public: key } = envelopeKeys(await openHubSecret(hub.folder, undefined), 'protected-subjects');
  for (const [i, owner] of OWNERS.entries())
    await hub.governance.query(
      `insert into subject_protection (id, owner, kind, sealed, subject_key, subject_hash, purposes, reference, reason, basis,
         until_at, state, proposed_at, proposed_by, confirmed_at, confirmed_by)
       values ($1, $2, 'PERSON', $3, 'k', 'h', '[]', '', '', '[]', now() + interval '1 year', 'IN_FORCE', now(), 'a', now(), 'b')`,
      [`PT-${i}`, owner, await sealSubject(identifier, { owner, kind: 'PERSON' }, key)],
    );
  return async () => void (await hub.governance.query('delete from subject_protection'));
}

/** Takes every record of a citizen away.
 *  @returns brings them back */
export async function removeRecords(hub: System, identifier: string): Promise<() => Promise<void>> {
  await hub.rows('population', householdOf(identifier, -1));
  for (const [subgraph, table, column] of TABLES) {
    await hub.rows(subgraph, `create table kept_${table} as select * from ${table} where ${column} = '${identifier}'`);
    await hub.rows(subgraph, `delete from ${table} where ${column} = '${identifier}'`);
  }
  return async () => {
    for (const [subgraph, table] of TABLES) {
      await hub.rows(subgraph, `insert into ${table} select * from kept_${table}`);
      await hub.rows(subgraph, `drop table kept_${table}`);
    }
    await hub.rows('population', householdOf(identifier, 1));
  };
}

/** A household is as large as its members are many. */
const householdOf = (identifier: string, change: number): string =>
  `update household set size = size + ${change}
    where household_number = (select household_number from resident where id_number = '${identifier}')`;

/** A question of one of the callers, with its answer. */
export interface AskedQuestion {
  readonly caller: (typeof CALLERS)[number];
  readonly query: string;
  readonly text: string;
}

/** Asks random questions of every kind, many of them about one citizen.
 *  @param known  values that arguments are drawn from, by what they are */
export async function askAtRandom(
  hub: System,
  count: number,
  seed: number,
  known: KnownValues,
): Promise<readonly AskedQuestion[]> {
  const schema = await readSchema(hub);
  // Statistics count a protected person all the same (docs/statistics.md), and say what is left of a budget.
  const roots = SUBGRAPHS.flatMap(rootsOf).filter(
    (name) => schema.getQueryType()!.getFields()[name] && !name.startsWith('statistics'),
  );
  const draw = drawFrom(seed);
  const cursors: string[] = [];
  const pick = (values: readonly string[]): string | undefined => values[draw(values.length)];
  const asked: AskedQuestion[] = [];
  for (let i = 0; i < count; i++) {
    const caller = CALLERS[draw(CALLERS.length)]!;
    const literal = (argument: string, field: string) => {
      if (argument === 'first') return String(1 + draw(100));
      const values = argument === 'after' ? cursors : valuesFor(argument, field, known);
      const value = pick(values);
      return value === undefined ? undefined : JSON.stringify(value);
    };
    const query = writeRandomQuery({ schema, roots, draw, literal });
    const text = await askAgain(hub, { caller, query });
    for (const [, cursor] of text.matchAll(/"(?:cursor|endCursor)":"([^"]+)"/g)) cursors.push(cursor!);
    asked.push({ caller, query, text });
  }
  return asked;
}

/** A machine that is too busy to confirm the grants in time says nothing of a record. */
export async function askAgain(
  hub: System,
  { caller: [system, scenario], query }: Pick<AskedQuestion, 'caller' | 'query'>,
): Promise<string> {
  for (;;) {
    const { status, text } = await hub.ask(system, query, scenario === undefined ? {} : { scenario });
    if (status !== 503) return text;
  }
}

export interface KnownValues {
  readonly persons: readonly string[];
  readonly phones: readonly string[];
  readonly names: readonly string[];
  readonly divisions: readonly string[];
  /** Keys of records, by the name of the argument that takes one. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

function valuesFor(argument: string, field: string, known: KnownValues): readonly string[] {
  if (/idNumber|identifier/.test(argument)) return known.persons;
  if (argument === 'phone') return known.phones;
  if (/name/i.test(argument)) return known.names;
  if (argument === 'division' || argument === 'code' || argument === 'parent') return known.divisions;
  return known.keys[argument] ?? known.keys[field] ?? ['unknown'];
}

async function readSchema(hub: System): Promise<GraphQLSchema> {
  const text = await askAgain(hub, { caller: CALLERS[1], query: getIntrospectionQuery() });
  return buildClientSchema((JSON.parse(text) as { data: IntrospectionQuery }).data);
}

function rootsOf(subgraph: string): string[] {
  const url = new URL(`../../../schema/subgraphs/${subgraph}.graphql`, import.meta.url);
  return parse(readFileSync(url, 'utf8')).definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === 'Query'
      ? (node.fields ?? []).map(({ name }) => name.value)
      : [],
  );
}
