import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { openGovernanceFeed } from '../../gateway/permission/open-governance-feed.js';
import type { GovernanceFeed, GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import { GOVERNANCE_CHANNEL, readReviewedSnapshot, VERSION_SQL } from '../../shared/read-model/read-snapshot.js';
import type { ShareProblem } from '../../shared/share/share-index.js';
import { creditCode } from '../../shared/kernel/credit-code.js';
import type { Publishers } from '../../shared/share/releases/release.js';
import { startGovernance, type GovernanceUnderTest } from '../governance/support/governance-under-test.js';
import { DEMO, linked, POLICY } from './support/doors.js';
import { madeValues } from './support/made-values.js';
import { startPlainHub, type PlainHub, type PlainProvider } from './support/plain-hub.js';
import { registerEducation } from './support/register-education.js';
import { OPEN, TRICKS, type Trick } from './support/tricks.js';

/** Every trick on a running hub whose graph has it already: the register let the subgraphs of education publish for everybody
 *  once, and takes that back. Nothing of it may arrive, and nothing of it may be believed, however the catalogue is reviewed. */
const EVERYBODY = [...new Set([...POLICY.publishers.values()].flat())];
const WHILE_IN_LEAGUE: Publishers = new Map([
  ...POLICY.publishers,
  ['education', EVERYBODY],
  ['education-2', EVERYBODY],
]);
const ASKING = ['education', 'public-security'];
const REGISTER: Partial<GovernanceSnapshot> = {
  ...POLICY,
  departments: new Map(
    ASKING.map((code) => [code, { code, name: code, suspended: false, roles: ['consumer'] as const }]),
  ),
  scenarios: new Map(
    ASKING.map((department) => [
      `${department}|audit`,
      { code: 'audit', department, name: 'Audit', purpose: 'An audit' },
    ]),
  ),
};

const provide = (graph: Readonly<Record<string, string>>): Record<string, PlainProvider> =>
  Object.fromEntries(
    Object.entries(graph).map(([name, sdl]) => [
      name,
      {
        sdl: linked(sdl),
        resolvers: {},
        fieldResolver: madeValues(name, { Int: 471_100, Boolean: true, LocalDate: '2001-02-03', Float: 4_711.5 }),
      },
    ]),
  );

/** What education may publish honestly: every item of its own that a trick is about. */
const OWN_ITEMS = `type Query { pupil: Resident ${OPEN} }
  type Resident @key(fields: "idNumber") { idNumber: String! risk: String ${OPEN} band: Int ${OPEN} }
  type Enterprise @key(fields: "creditCode") { creditCode: String! risk: String ${OPEN} }`;

const CODE = creditCode('91', '330102', '00000001');
/** Asks for everything that the subgraphs of education could serve. */
function queryFor({ sdl, second = '' }: Trick): string {
  const text = sdl + second;
  const fields = ['risk', 'band', 'name', 'livingAllowanceEligible'].filter((field) => text.includes(`${field}:`));
  const resident = `resident(idNumber: "11010519491231002X") { ${['idNumber', ...fields].join(' ')} }`;
  if (text.includes('Enterprise')) return `{ enterprise(creditCode: "${CODE}") { creditCode risk } }`;
  if (text.includes('type Pupil')) return '{ pupil(number: "7") { number name } }';
  return `{ ${resident} ${text.includes('pupil:') ? 'pupil { idNumber name }' : ''} }`;
}

const FREE = new Set(['__typename', 'idNumber', 'creditCode']);
const OWN = new Set(['risk', 'band']);
const STOPPED = expect.stringMatching(/^(RELEASE_NOT_CONSENTED|NOT_PUBLISHED)$/);
/** What its second key would have got is not needed: the first is open to everybody. */
const OPEN_BY_ANOTHER_KEY = new Set(['a second key of the same type']);

let hub: PlainHub;
/** Its register, with the entries of the demo and of education that persons have reviewed and published. */
let governance: GovernanceUnderTest;
let reviewed: GovernanceFeed;
beforeAll(async () => {
  hub = await startPlainHub(provide(DEMO), [], {}, REGISTER);
  governance = await startGovernance(undefined, { profile: 'hangzhou', readSdl: async () => linked(OWN_ITEMS) });
  await registerEducation(governance);
  reviewed = await openGovernanceFeed({
    url: governance.url,
    leaseMs: 5_000,
    channel: GOVERNANCE_CHANNEL,
    versionSql: VERSION_SQL,
    read: readReviewedSnapshot,
    logger: pino({ level: 'silent' }),
  });
}, 60_000);
afterAll(async () => {
  await reviewed.close();
  await hub.stop();
  await governance.stop();
});

/** Lets the hub decide by its register as it is now. */
const MODES: Readonly<Record<string, () => void>> = {
  sdl: () => hub.feed.commitUnheard([], REGISTER),
  required: () => hub.feed.follow(reviewed),
};

/** Takes the graph of a trick, with every permit and consent that it needs.
 *  @returns the problems that no permit and no consent mends */
async function takeGraph({ sdl, second, demo = (same) => same }: Trick): Promise<readonly string[]> {
  const providers = provide({ ...demo(DEMO), education: sdl, ...(second && { 'education-2': second }) });
  let consents = POLICY.consents;
  for (let left = 2; left > 0; left--) {
    hub.feed.commitUnheard([], { ...REGISTER, publishers: WHILE_IN_LEAGUE, consents });
    const result = await hub.replace(providers);
    if (result.kind !== 'refused') return [];
    const problems = result.error.details.errors as readonly ShareProblem[];
    const wanting = problems.flatMap(({ missing }) => missing ?? []);
    const asked = wanting.map((scope, n) => ({ ...scope, id: `N-${n}`, purpose: 'as asked', until: Date.now() + 1e6 }));
    if (asked.length < problems.length) return problems.map(({ code }) => code);
    consents = [...POLICY.consents, ...asked];
  }
  throw new Error('the graph is refused with every consent that it asked for');
}

/** Names of the fields that a trick is after. */
const fieldsOf = ({ problems }: Trick): readonly string[] =>
  problems.flatMap((problem) => /^\S+ \S+ \w+\.(\w+)/.exec(problem)?.[1] ?? []);
/** Tricks that no permit lets in, with the problem that keeps them out. */
const REFUSED_ALWAYS: Readonly<Record<string, string>> = {
  'a key on an extension of the type': 'SDL_READ_DIFFERENTLY',
  'a key whose item the subgraph itself calls an identifier and a basic item': 'BASIC_ITEM_RESTRICTED',
  'a key of the interface that stands for all parties': 'SDL_READ_DIFFERENTLY',
  'a copy that names no source': 'SOURCE_NOT_UNIQUE',
};

describe('The register of a governance database, where every entry was reviewed,', () => {
  it('has the permits and consents by which each trick is refused, and the items of education in force', async () => {
    const { publishers, consents, published } = await reviewed.current();
    expect(new Map([...publishers].toSorted())).toEqual(new Map([...POLICY.publishers].toSorted()));
    expect(consents).toEqual(POLICY.consents);
    const own = ['Resident.risk', 'Resident.band', 'Enterprise.risk', 'Query.pupil'];
    expect(own.map((item) => published?.get(item)?.provider)).toEqual(own.map(() => 'education'));
  });
});

describe('A department whose trick the graph in force has receives nothing by it, and is believed nothing', () => {
  it.each(Object.entries(TRICKS))('%s', async (name, trick) => {
    const problems = await takeGraph(trick);
    if (REFUSED_ALWAYS[name]) {
      expect(problems).toContain(REFUSED_ALWAYS[name]);
      return;
    }
    expect(problems).toEqual([]);
    for (const [mode, decideBy] of Object.entries(MODES))
      for (const department of ASKING) {
        decideBy();
        hub.received.length = 0;
        const { data, errors } = await hub.ask(queryFor(trick), undefined, department);
        const found = { mode, department, errors: errors.map(({ extensions }) => extensions.code) };
        const arrived = hub.received.filter(({ subgraph }) => subgraph.startsWith('education'));
        const sent = arrived.flatMap(({ variables }) => variables['representations'] as object[]);
        expect({ ...found, keys: sent.flatMap(Object.keys).filter((key) => !FREE.has(key)) }).toEqual({
          mode,
          department,
          errors: OPEN_BY_ANOTHER_KEY.has(name) ? [] : expect.arrayContaining([STOPPED]),
          keys: [],
        });
        const asked = arrived.map(({ query }) => query).join();
        expect(fieldsOf(trick).filter((field) => asked.includes(field))).toEqual([]);
        expect(JSON.stringify(data, (key, value: unknown) => (OWN.has(key) ? null : value))).not.toMatch(
          /made by education|"livingAllowanceEligible":true/,
        );
      }
  });
});
