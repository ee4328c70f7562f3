import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      '.data/',
      'bench/',
      'coverage/',
      'gateway/http/graphiql/browser/',
      '**/*.js',
      '**/*.cjs',
      '**/*.mjs',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { project: ['./tests/tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    plugins: { jsdoc },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
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
      'no-restricted-syntax': [
        'error',
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
      ],
    },
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
