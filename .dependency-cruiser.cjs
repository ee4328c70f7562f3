/** Who may import whom. Each rule says why; see "Who may import whom" in docs/decisions/0001-house.md. */
const STOPS = ['http', 'identity', 'operation', 'permission', 'plan', 'execution', 'evidence'];

/** Inside the gateway a request walks through the stops in this order; a stop that imported a later one would decide with what it cannot know yet. */
const orderOfStops = STOPS.slice(1).map((stop, at) => ({
  name: `gateway-${stop}-knows-no-later-stop`,
  comment: 'A stop gets a value and returns a value; it imports values (types) of other stops, never their doing.',
  severity: 'error',
  from: { path: `^gateway/${stop}/` },
  to: {
    path: `^gateway/(${STOPS.slice(at + 2).join('|') || 'none'})/`,
    pathNot: '^gateway/(operation/operation|execution/answer)\\.ts$',
  },
}));

module.exports = {
  forbidden: [
    {
      name: 'kernel-imports-nothing',
      comment: 'The kernel is ids, share types and errors: pure, so that everything may rest on it.',
      severity: 'error',
      from: { path: '^shared/kernel/' },
      to: { pathNot: '^shared/kernel/' },
    },
    {
      name: 'law-knows-only-the-kernel',
      comment: 'Profiles and calendars are read by everyone and must not drag anything along.',
      severity: 'error',
      from: { path: '^shared/law/' },
      to: { path: '^(gateway|subgraphs|cli|portal|shared/(?!law|kernel))' },
    },
    {
      name: 'shared-is-below-everything',
      comment: 'What two sides use cannot know either of them.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(gateway|subgraphs|cli|portal|tests)/' },
    },
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
      from: { path: '^subgraphs/' },
      to: { path: '^(gateway|cli|portal|tests)/' },
    },
    {
      name: 'gateway-never-imports-a-subgraph',
      comment: 'The gateway learns grants from the read model that shared declares, and data from the graph.',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: '^(subgraphs|cli|portal|tests)/' },
    },
    ...orderOfStops,
    {
      name: 'only-the-composition-root-knows-all-stops',
      comment: 'index.ts and its assembly wire the stops; no stop imports them.',
      severity: 'error',
      from: { path: '^gateway/[^/]+/' },
      to: { path: '^gateway/[^/]+\\.ts$', pathNot: '^gateway/config\\.ts$' },
    },
    {
      name: 'orm-stays-in-stores',
      comment: 'Rules and resolvers speak of things, not of tables.',
      severity: 'error',
      from: { pathNot: '^(subgraphs/|shared/(database|subgraph)/|tests/)' },
      to: { path: 'node_modules/@mikro-orm/' },
    },
    {
      name: 'rules-are-pure',
      comment:
        'A rule is decided by its inputs alone; only graphql-shield comes in, through its one door, and the law as values.',
      severity: 'error',
      from: { path: '(\\.rule\\.ts$|/rules/)' },
      to: { pathNot: '(^(shared/(kernel|share|law)/|gateway/permission/)|\\.rule\\.ts$)' },
    },
    {
      name: 'shield-has-one-door',
      comment: 'graphql-shield needs a repair before it works; shared/share/shield.ts makes it.',
      severity: 'error',
      from: { pathNot: '^shared/share/shield\\.ts$' },
      to: { path: 'node_modules/graphql-shield/' },
    },
    {
      name: 'nothing-imports-tests-or-bench',
      comment: 'What ships does not rest on what tries it.',
      severity: 'error',
      from: { pathNot: '^(tests|bench)/' },
      to: { path: '^(tests|bench)/' },
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
        pathNot: '(\\.d\\.ts$|^tests/|migrations/|planner-child|\\.config\\.ts$|^[^/]+\\.(js|cjs|ts)$)',
      },
      to: {},
    },
  ],
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
