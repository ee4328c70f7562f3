/** Who may import whom. Each rule says why; docs/house.md tells the same as a plan, and
 *  tests/architecture/import-rules.test.ts breaks each rule once to see it caught. */

/** Stops of the gateway, in the order in which a request walks through them. */
const STOPS = ['http', 'identity', 'operation', 'permission', 'plan', 'execution', 'evidence'];

/** Rooms of governance, each after those it may import. */
const ROOMS = [
  'core',
  'register',
  'catalogue',
  'grant',
  'registry',
  'loading',
  'sources',
  'application',
  'lists',
  'evidence',
  'correction',
  'freshness',
  'aggregation',
  'quality',
  'reminders',
  'subscriptions',
];

/** Packages that speak SQL. */
const DATABASE_PACKAGES = 'node_modules/(@mikro-orm|kysely|pg|pg-copy-streams)/';

const anyOf = (names) => `(${names.join('|')})`;

const orderOfStops = STOPS.slice(0, -1).map((stop, at) => ({
  name: `gateway-${stop}-knows-no-later-stop`,
  comment:
    'A stop that imported a later one would decide with what it cannot know yet. Values that several stops share are in gateway/request/.',
  severity: 'error',
  from: { path: `^gateway/${stop}/` },
  to: { path: `^gateway/${anyOf(STOPS.slice(at + 1))}/` },
}));

const orderOfRooms = ROOMS.slice(0, -1).map((room, at) => ({
  name: `governance-${room}-knows-no-later-room`,
  comment:
    'Rooms import each other in one direction, so that one can be understood, tested and deleted without those above it.',
  severity: 'error',
  from: { path: `^subgraphs/governance/${room}/` },
  to: { path: `^subgraphs/governance/${anyOf(ROOMS.slice(at + 1))}/` },
}));

/** `from` of a rule for the files of one top folder. */
const inside = (folder) => ({ path: `^${folder}/` });

const forbidden = [
  // 1. What is shared
  {
    name: 'kernel-imports-nothing',
    comment: 'The kernel is ids, share types and errors: pure, so that everything may rest on it.',
    severity: 'error',
    from: inside('shared/kernel'),
    to: { pathNot: '^shared/kernel/' },
  },
  {
    name: 'law-knows-only-the-kernel',
    comment: 'Profiles and calendars are read by everyone and must not drag anything along.',
    severity: 'error',
    from: inside('shared/law'),
    to: { path: '^shared/(?!law/|kernel/)' },
  },
  {
    name: 'shared-is-below-everything',
    comment: 'What two processes use cannot know either of them.',
    severity: 'error',
    from: inside('shared'),
    to: { path: '^(gateway|worker|subgraphs|cli|portal)/' },
  },
  {
    name: 'kit-knows-nothing-of-governance',
    comment: 'A provider installs the kit alone; evidence and the read model of grants belong to the hub.',
    severity: 'error',
    from: { path: '^shared/(share|statistics|trust|database|subgraph)/' },
    to: {
      path: '^shared/(?!kernel/|share/|statistics/|trust/|database/|subgraph/|files/)',
    },
  },
  {
    name: 'evidence-is-entered-by-its-doors',
    comment:
      'shared/evidence has a door for records and one each for log, keys, store, anchor, archive and verify: what writes evidence loads none of what checks it, and what no door exports can change without asking anybody.',
    severity: 'error',
    from: { pathNot: '^(shared/evidence|tests)/' },
    to: { path: '^shared/evidence/', pathNot: '^shared/evidence/(index|[^/]+/index)\\.ts$' },
  },

  // 2. Subgraphs
  {
    name: 'subgraphs-never-meet',
    comment: 'Departments meet in the graph, where it is recorded; never in code.',
    severity: 'error',
    from: { path: '^subgraphs/([^/]+)/' },
    to: { path: '^subgraphs/', pathNot: '^subgraphs/$1/' },
  },
  {
    name: 'subgraphs-know-only-shared',
    comment: 'A provider can be moved to its own machine with the kit alone.',
    severity: 'error',
    from: inside('subgraphs'),
    to: { path: '^(gateway|worker|cli|portal)/' },
  },

  // 3. Processes
  {
    name: 'gateway-knows-only-shared',
    comment: 'The gateway learns grants from the read model that shared declares, and data from the graph.',
    severity: 'error',
    from: inside('gateway'),
    to: { path: '^(subgraphs|worker|cli|portal)/' },
  },
  {
    name: 'worker-knows-only-doors-and-shared',
    comment: 'The worker starts the jobs of rooms; how a room does them is the room’s own.',
    severity: 'error',
    from: inside('worker'),
    to: { path: '^(gateway|cli|portal|subgraphs)/', pathNot: '^subgraphs/governance/(index|[^/]+/index)\\.ts$' },
  },
  {
    name: 'cli-calls-doors',
    comment:
      'A command parses arguments and calls one door, so that every way into the hub can be found from its door.',
    severity: 'error',
    from: inside('cli'),
    to: {
      path: '^(gateway|worker|subgraphs|portal)/',
      pathNot: '^(gateway|worker|subgraphs|portal)/(index|[^/]+/index|[^/]+/[^/]+/index)\\.ts$',
    },
  },

  {
    name: 'packages-hold-nothing-of-the-hub',
    comment:
      'What departments install is the kit and the commands for providers; governance and the hub’s processes stay.',
    severity: 'error',
    from: inside('packages'),
    to: { path: '^(gateway|worker|subgraphs|portal|tests)/|^shared/(evidence|read-model|law)/' },
  },

  // 4. Stops of the gateway
  ...orderOfStops,
  {
    name: 'request-holds-values',
    comment: 'Every stop imports gateway/request, so it can import none of them.',
    severity: 'error',
    from: inside('gateway/request'),
    to: { path: `^gateway/${anyOf(STOPS)}/` },
  },
  {
    name: 'only-the-composition-root-knows-all-stops',
    comment: 'index.ts wires the stops; no stop imports it.',
    severity: 'error',
    from: { path: '^gateway/[^/]+/' },
    to: { path: '^gateway/[^/]+\\.ts$' },
  },

  // 5. Rooms of governance
  ...orderOfRooms,
  {
    name: 'rooms-are-entered-by-their-door',
    comment:
      'What a room does not export can change without asking anybody. A rule may import a rule of a room below: it is pure, and a door would bring stores along.',
    severity: 'error',
    from: { path: `^subgraphs/governance/${anyOf(ROOMS)}/`, pathNot: '\\.rule\\.ts$' },
    to: {
      path: `^subgraphs/governance/${anyOf(ROOMS)}/`,
      pathNot: `^subgraphs/governance/($1/|${anyOf(ROOMS)}/index\\.ts$)`,
    },
  },
  {
    name: 'rules-enter-rooms-by-rules',
    comment: 'A rule imports of another room only its rules, and types from its door.',
    severity: 'error',
    from: { path: `^subgraphs/governance/${anyOf(ROOMS)}/.*\\.rule\\.ts$` },
    to: {
      path: `^subgraphs/governance/${anyOf(ROOMS)}/`,
      pathNot: `^subgraphs/governance/($1/|.*\\.rule\\.ts$|${anyOf(ROOMS)}/index\\.ts$)`,
    },
  },

  // 6. Databases, rules
  {
    name: 'orm-stays-in-stores',
    comment:
      'Only entities, stores, migrations, shared/database and shared/sources run MikroORM; a command may hand the transaction on as a type.',
    severity: 'error',
    from: {
      pathNot:
        '(^shared/(database|subgraph|sources)/|^tests/|\\.(entity|store)\\.ts$|/(migrations|seed)/|mikro-orm\\.config\\.ts$)',
    },
    to: { path: 'node_modules/@mikro-orm/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'resolvers-know-no-database',
    comment: 'A resolver speaks of things, not of tables; its store or the kit reads them.',
    severity: 'error',
    from: { path: '\\.resolver\\.ts$' },
    to: { path: DATABASE_PACKAGES },
  },
  {
    name: 'rules-are-pure',
    comment:
      'A rule is decided by its inputs alone: no clock, no connection, no files. It imports rules, the kernel, the arithmetic of working days, and graphql-shield through its one door; the door of the law reads files.',
    severity: 'error',
    from: { path: '(\\.rule\\.ts$|/permission/rules/)' },
    to: {
      path: '.',
      pathNot:
        '(^shared/kernel/|^shared/share/shield\\.ts$|^shared/law/calendar/(local-date|due-date|working-calendar|working-days)\\.ts$|^gateway/permission/decision\\.ts$|^gateway/request/(denial|messages/.*)\\.ts$|^subgraphs/governance/[^/]+/messages/|\\.rule\\.ts$)',
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'rules-name-no-database',
    comment: 'Not even as a type: a rule that is handed a connection will use it.',
    severity: 'error',
    from: { path: '(\\.rule\\.ts$|/permission/rules/)' },
    to: { path: DATABASE_PACKAGES },
  },

  // 7. graphql-shield (process.env: see eslint.config.js)
  {
    name: 'shield-has-one-door',
    comment: 'graphql-shield needs a repair before it works; shared/share/shield.ts makes it.',
    severity: 'error',
    from: { pathNot: '^shared/share/shield\\.ts$' },
    to: { path: 'node_modules/graphql-shield/' },
  },

  // 8. What nothing may import
  {
    name: 'portal-knows-only-the-graph',
    comment: 'The portal is a client like any other: whatever it can do, any client can do.',
    severity: 'error',
    from: inside('portal'),
    to: { path: '^(gateway|worker|shared|subgraphs|cli)/' },
  },
  {
    name: 'nothing-imports-tests-bench-or-examples',
    comment: 'What ships does not rest on what tries it.',
    severity: 'error',
    from: { pathNot: '^(tests|bench|examples)/' },
    to: { path: '^(tests|bench|examples)/' },
  },
  {
    name: 'no-cycles',
    comment: 'Two files that need each other are one.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-orphans',
    comment: 'A file that nothing reaches is forgotten.',
    severity: 'error',
    from: {
      orphan: true,
      pathNot: '(\\.d\\.ts$|^tests/|migrations/|\\.config\\.ts$|^[^/]+\\.(js|cjs|ts)$)',
    },
    to: {},
  },

  // 9. Migrations
  {
    name: 'migrations-are-history',
    comment: 'The SQL stands in the migration itself: an imported constant would rewrite history when it is edited.',
    severity: 'error',
    from: { path: '/migrations/\\d' },
    to: { pathNot: 'node_modules/@mikro-orm/migrations/' },
  },
];

module.exports = {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|bench|\\.data|gateway/http/graphiql/browser)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
