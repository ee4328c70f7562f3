import { createHash } from 'node:crypto';

/** A province's records: three years, 200 departments, 5 providers, 2,000 sets of items, a million citizens. */
const DEPARTMENTS = 200;
const PROVIDERS = ['public-security', 'market-supervision', 'human-resources', 'natural-resources', 'civil-affairs'];
const ITEMS_EACH = 100;
const SETS = 2_000;
const CITIZENS = 1_000_000;
const BEGIN = Date.parse('2023-11-01T00:00:00+08:00');
const END = Date.parse('2026-11-01T00:00:00+08:00');

const items = PROVIDERS.flatMap((provider, p) =>
  Array.from({ length: ITEMS_EACH }, (_, i) => ({ provider, coordinate: `Resource${p}_${i % 10}.item${i}` })),
);

/** Numbers from 0 to 1 that are the same in every run. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const department = (i) => `department-${i}`;
/** The hash of a citizen's identifier, as records have it. */
export const citizen = (i) => createHash('sha256').update(`citizen ${i}`).digest('base64url').slice(0, 22);

export function graphOf() {
  const groups = PROVIDERS.map((provider, p) => ({
    provider,
    resource: `30000${p}/000001`,
    shareType: 'CONDITIONAL',
    coordinates: items.filter((item) => item.provider === provider).map(({ coordinate }) => coordinate),
  }));
  return { kind: 'graph', time: new Date(BEGIN).toISOString(), version: 'bench', items: groups };
}

/** Records in the order of their times; few departments, items and sets make most of them, as it is in life. */
export function* recordsOf(count) {
  const random = generator(1);
  const skewed = (n) => Math.floor(n * random() ** 3);
  const sets = Array.from({ length: SETS }, () => {
    const touched = Array.from({ length: 2 + Math.floor(random() * 8) }, () => items[skewed(items.length)].coordinate);
    const released = [...new Set(touched)];
    const denied = random() < 0.2 ? [{ coordinate: released.pop(), code: 'GRANT_REQUIRED' }] : [];
    return { released, denied, internal: ['Resource0_0.item0'] };
  });
  for (let i = 0; i < count; i++) {
    const of = skewed(DEPARTMENTS);
    const set = sets[skewed(SETS)];
    const subjects = Array.from({ length: random() < 0.9 ? 1 : 10 }, () => citizen(Math.floor(random() * CITIZENS)));
    yield {
      kind: 'access',
      time: new Date(BEGIN + ((END - BEGIN) * i) / count).toISOString(),
      requestId: `${i.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
      department: department(of),
      system: `${department(of)}-app`,
      ...(random() < 0.3 && { person: `person-${of}-${skewed(30)}` }),
      scenario: `scenario-${skewed(5)}`,
      purpose: '核验公共租赁住房申请人及家庭成员的身份、户籍、社会保险和经营情况',
      approvals: [
        { grant: `G-${String(of).padStart(6, '0')}`, approver: 'zhao.lei', basis: ['公共租赁住房管理办法 第七条'] },
      ],
      operation: createHash('sha256').update(`${of}`).digest('hex'),
      ...set,
      subjects,
      subjectKey: 'k1',
      subjectCount: subjects.length,
      rows: { Resident: subjects.length },
      mode: 'QUERY',
      medium: 'ONLINE',
      outcome: set.denied.length > 0 ? 'partial' : 'answered',
      grantVersion: 7,
      graphVersion: 'bench',
      milliseconds: 4.2,
    };
  }
}
