import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { samplePerson } from '../../../shared/sample/person.js';
import { subgraphKey } from '../../../shared/trust/signed-context.js';
import { PLAIN_SECRET, type PlainProvider } from './plain-hub.js';

const LAW = 'basis: ["居民身份证法 第十九条"]';
/** SDL as another framework prints it: directives under other names, types in parts, a scalar of its own. */
export const FOREIGN_SDL = `
  schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: [{ name: "@key", as: "@entityKey" }])
         @link(url: "https://sharehub.dev/share/v1.1", as: "s", import: ["@resource", { name: "@verifiable", as: "@askable" }]) { query: Root }
  type Root { person(id: ID!): Person @s(type: UNCONDITIONAL) }
  "The \\"person\\"\\nof a register" type Person @resource(code: "P", name: "People", provider: "police") @s(type: UNCONDITIONAL) { id: ID! @s__subject(kind: PERSON)
    name: String @askable(as: NAME)
    division: String @s__scope(by: "division") }
  extend type Person @entityKey(fields: "id") {
    "says \\"no\\"" phone: String @s(type: CONDITIONAL) @askable
    income: Decimal @s(type: NOT_SHARED, ${LAW}) @askable(within: 100)
    debt: Int @s(type: NOT_SHARED, ${LAW}) @askable(bands: [10000])
    fined: Boolean @s(type: NOT_SHARED, ${LAW}) @askable
    level: Level @s(type: CONDITIONAL) @askable
    secret: String @s(type: NOT_SHARED, ${LAW}) }
  scalar Decimal  enum Level { A B }`;

export interface ForeignPerson {
  readonly id: string;
  readonly name?: string | null;
  readonly division?: string | null;
  readonly phone?: string | null;
  readonly income?: number | null;
  readonly debt?: number | null;
  readonly fined?: boolean | null;
  readonly level?: 'A' | 'B' | null;
}
const idOf = (n: number): string => samplePerson(n).idNumber;
/** The first has every value, the second none, and the third lies elsewhere. */
export const [FULL, EMPTY, ELSEWHERE, WITNESS, ABSENT] = [0, 1, 2, 3, 100].map(idOf) as [
  ...[string, string, string, string, string],
];
export const HELD = {
  name: '阿依古丽·买买提',
  division: '330102001',
  phone: '13800001234',
  income: 48_000.5,
  debt: 20_000,
  fined: true,
  level: 'A',
} as const;
const ALL: readonly ForeignPerson[] = [
  { id: FULL, ...HELD },
  { id: EMPTY, division: '330102001' },
  { id: ELSEWHERE, ...HELD, division: '440100' },
  { id: WITNESS, ...HELD },
];
export const PERSONS: ReadonlyMap<string, ForeignPerson> = new Map(ALL.map((person) => [person.id, person]));

/** What a context says, by the names that it travels under. */
export type PlainClaims = Readonly<Record<string, unknown>>;

/** Checks the hub's signed context as the guide tells programs in other languages to.
 *  @param seen  takes what each context says */
export function checkContext(seen: PlainClaims[]): (context: string | undefined, body: Buffer) => boolean {
  const key = subgraphKey(PLAIN_SECRET, 'police');
  const used = new Set<unknown>();
  return (context, body) => {
    const [header, payload, signature] = context?.split('.') ?? [];
    if (!header || !payload || !signature) return false;
    const right = createHmac('sha256', key).update(`${header}.${payload}`).digest();
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as PlainClaims;
    const ends = Number(claims['exp']) * 1000 - Date.now();
    if (claims['aud'] !== 'police' || !(ends > 0 && ends < 300_000) || used.has(claims['jti'])) return false;
    if (claims['bh'] !== hash('sha256', body, 'base64url')) return false;
    used.add(claims['jti']);
    seen.push(claims);
    return true;
  };
}

/** A department's subgraph in plain @apollo/subgraph, which knows nothing of comparisons. */
export const foreignPolice = (
  seen: PlainClaims[] = [],
  more: Partial<PlainProvider> = {},
  persons: { get(id: string): ForeignPerson | undefined } = PERSONS,
): PlainProvider => ({
  sdl: FOREIGN_SDL,
  resolvers: { Person: { __resolveReference: ({ id }: { id: string }) => persons.get(id) ?? null } },
  admit: checkContext(seen),
  ...more,
});
