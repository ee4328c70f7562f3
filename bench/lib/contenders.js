import { fileURLToPath } from 'node:url';

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const peer = (name) => (settings) => [file(`../peers/${name}.js`), JSON.stringify(settings)];
const hive =
  (flags) =>
  ({ port, supergraph }) => [
    file('../node_modules/@graphql-hive/gateway/dist/bin.js'),
    'supergraph',
    supergraph,
    '--port',
    String(port),
    '--host',
    '127.0.0.1',
    ...flags,
  ];

/** Everything that is measured: `arguments` of its Node process, environment beside `NODE_ENV=production`, and whether
 *  it tells callers apart. */
export const CONTENDERS = [
  {
    name: 'apollo',
    title: '@apollo/gateway, defaults',
    arguments: peer('apollo-default'),
    path: '/',
    // Its own reports to its maker; there is no network here, and without them it is faster.
    environment: { APOLLO_TELEMETRY_DISABLED: 'true' },
  },
  {
    name: 'apollo-fastest',
    title: '@apollo/gateway, fastest (undici data source)',
    arguments: peer('apollo-fastest'),
    path: '/',
    environment: { APOLLO_TELEMETRY_DISABLED: 'true' },
  },
  { name: 'hive', title: '@graphql-hive/gateway, defaults', arguments: hive([]), path: '/graphql' },
  {
    name: 'hive-rust',
    title: '@graphql-hive/gateway, Rust planner',
    arguments: hive(['--hive-router-runtime']),
    path: '/graphql',
  },
  {
    name: 'hive-fastest',
    title: '@graphql-hive/gateway, fastest (Rust planner, undici fetch)',
    arguments: hive(['--disable-websockets', '--config-path', file('../peers/hive-fastest.config.js')]),
    path: '/graphql',
  },
  {
    name: 'sharehub',
    title: 'ShareHub: share rules, distinct callers, durable record',
    knowsCallers: true,
    arguments: peer('sharehub'),
    path: '/graphql',
  },
  {
    name: 'sharehub-no-record',
    title: 'ShareHub without the access record',
    knowsCallers: true,
    arguments: peer('sharehub'),
    path: '/graphql',
    settings: { records: false },
  },
  {
    name: 'sharehub-permissive',
    title: 'ShareHub without share rules, callers and record (permissive)',
    arguments: peer('sharehub'),
    path: '/graphql',
    settings: { rules: false },
  },
  { name: 'raw-proxy', title: 'raw proxy (the ceiling)', arguments: peer('raw-proxy'), path: '/' },
];
