import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

/** What the hub says to a caller is in a catalogue of messages, in every language of the hub. */
const SENTENCES = [
  'NewExpression[callee.name=/^(HubError|Failure)$/][arguments.0.value!=/^(CONFIG_INVALID|COMPOSITION_FAILED|DATABASE_UNAVAILABLE|PORT_IN_USE|SHARE_RULES_INVALID)$/]' +
    '[arguments.1.type=/^(Literal|TemplateLiteral)$/][arguments.1.value!=""]',
  'NewExpression[callee.name="Denial"][arguments.2.type=/^(Literal|TemplateLiteral)$/]',
].map((selector) => ({ selector, message: 'Put the sentence into gateway/request/messages.' }));

const SENTENCE = ':matches(Literal[value=/ /], TemplateLiteral)';
const REFUSALS = [
  'NewExpression[callee.name="HubError"] > :matches(Literal[value=/ /], TemplateLiteral).arguments',
  `CallExpression[callee.name=/^(add|malformed|refuse.*|reject|report(Error|Warning)|warn)$/] > ${SENTENCE}.arguments`,
  `CallExpression[callee.property.name="because"] > ${SENTENCE}.arguments`,
  `Property[key.name="message"] > ${SENTENCE}.value`,
  `VariableDeclarator[id.name="message"] > ${SENTENCE}.init`,
].map((selector) => ({ selector, message: "Put the sentence into the room's messages." }));

const INPUTS_ALONE = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'A rule has no clock: the time is one of its inputs.',
  },
  {
    selector: 'CallExpression[callee.name="Date"]',
    message: 'A rule has no clock: the time is one of its inputs.',
  },
  {
    selector: 'MemberExpression[object.name="Date"][property.name="now"]',
    message: 'A rule has no clock: the time is one of its inputs.',
  },
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'A rule answers the same again: chance is one of its inputs.',
  },
  { selector: 'ImportExpression', message: 'A rule imports nothing at run time.' },
];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      '.data/',
      'bench/',
      'coverage/',
      'gateway/http/graphiql/browser/',
      '**/*.generated.ts',
      '**/*.js',
      '**/*.cjs',
      '**/*.mjs',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['./tests/tsconfig.json', './portal/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { jsdoc },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      // What is opened with `using` or handled by `catch` ends with the function: it returns what it has awaited.
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      'jsdoc/check-param-names': ['error', { disableMissingParamChecks: true, checkDestructured: false }],
      'jsdoc/check-tag-names': ['error', { definedTags: ['source', 'remarks'] }],
      'jsdoc/require-description': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  { files: ['cli/**', 'tests/**', 'subgraphs/*.ts'], rules: { 'no-console': 'off' } },
  {
    // Each part by its own address: the package's index would bring all parts into the first file that a browser loads.
    files: ['portal/**'],
    rules: {
      'no-restricted-imports': ['error', { paths: [{ name: 'antd', message: 'Import antd/es/<part>.' }] }],
    },
  },
  {
    // Settings are read and checked once, so that a wrong one is found at the start and each is documented in one place.
    files: ['{cli,gateway,portal,shared,subgraphs,worker}/**'],
    ignores: ['**/config.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read settings in config.ts, where they are checked.' },
      ],
    },
  },
  { files: ['gateway/**'], rules: { 'no-restricted-syntax': ['error', ...SENTENCES] } },
  {
    // A rule is decided by its inputs alone: what time it is, and what is by chance, is handed to it.
    files: ['**/*.rule.ts', 'gateway/permission/rules/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'fetch', 'performance', 'crypto', 'setTimeout', 'setInterval', 'setImmediate', 'require'].map(
          (name) => ({ name, message: 'A rule is decided by its inputs alone.' }),
        ),
      ],
      'no-restricted-syntax': ['error', ...SENTENCES, ...INPUTS_ALONE],
    },
  },
  {
    // What front-end machines and the check of a version write is stored, for programs or for whoever reads it later.
    files: ['subgraphs/governance/**'],
    ignores: ['**/*.rule.ts', 'subgraphs/governance/loading/drop/**', 'subgraphs/governance/registry/check-*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...REFUSALS] },
  },
  {
    files: ['subgraphs/governance/**/*.rule.ts'],
    ignores: ['subgraphs/governance/loading/drop/**'],
    rules: { 'no-restricted-syntax': ['error', ...REFUSALS, ...INPUTS_ALONE] },
  },
  {
    // Decorated classes need their types at run time.
    files: ['subgraphs/**', 'tests/**', 'shared/subgraph/**'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['tests/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
);
