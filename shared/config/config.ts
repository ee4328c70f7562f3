import { z } from 'zod';
import { HubError, LANGUAGES } from '../kernel/index.js';
import { MESSAGE_SETTINGS } from './message-settings.js';
import { count, flag } from './setting-types.js';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65535).default(fallback);
const serverUrl = z.string().regex(/^postgres(ql)?:\/\/[^\s]+$/, 'must be postgres://user:password@host:port/database');
const httpUrl = z.url({ protocol: /^https?$/ });

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Every setting of the hub: name, meaning, unit, default. Read once by `readConfig`. */
export const SETTINGS = {
  PORT: port(4000).describe('port of the gateway; the demo subgraphs and the OpenID provider take the ports after it'),
  HOST: z.string().min(1).default('127.0.0.1').describe('address everything listens on'),
  DATA_DIR: z.string().min(1).default('.data').describe('folder for the embedded database, keys and access records'),
  DATABASE_URL: serverUrl.optional().describe('a PostgreSQL server to use instead of the embedded one'),
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .describe('production shows the schema and the metrics to nobody who has not identified themselves'),
  EXPOSE_PROVIDER_ERRORS: flag(false).describe(
    "passes the text of a subgraph's error on to callers; it may hold SQL, hosts and values, so only while developing one",
  ),
  LOG_LEVEL: z
    .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'])
    .default('warn')
    .describe('info writes a line for each request'),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('bearer token that opens /metrics; where unset, production shows them to nobody, else to everybody'),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl
    .optional()
    .describe("OpenTelemetry collector (OTLP over HTTP) for traces; the SDK's other OTEL_* variables hold too"),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl.optional().describe('whole address for traces, where it is another one'),
  OTEL_SDK_DISABLED: flag(false).describe('sends no traces whatever the endpoint'),
  RESIDENTS: count(2000, 0).describe('generated residents of the demo data, when the database is empty'),
  DEMO_LIBRARIES: flag(true).describe(
    'with the demo data, libraries that departments declare: credit, economy, powers, cases, and twelve themes',
  ),
  SUPERGRAPH_CONFIG: z.string().min(1).default('supergraph.yaml').describe("the graph's list of subgraphs"),
  SUBGRAPH_HOSTS: z
    .string()
    .default('')
    .describe(
      'hosts at which subgraphs may run that departments publish by themselves: host, host:port, or http://host:port where it may be without TLS; comma separated, none where empty',
    ),
  DECLARED_URL: httpUrl
    .optional()
    .describe('where the process runs that serves declared resources; http://HOST:(PORT + 8) where unset'),
  SOURCE_HOSTS: z
    .string()
    .default('')
    .describe(
      "hosts at which departments' databases and services may be that the hub reads: host, host:port, address, or range such as 10.20.0.0/16; comma separated, none where empty. Internal addresses need a range within their own",
    ),
  SHAREHUB_TOKEN: z
    .string()
    .min(1)
    .optional()
    .describe('access token of the person for whom `publish`, `status` and `rollback` ask the hub'),
  OIDC_ISSUER: httpUrl.optional().describe('an OpenID provider to use instead of the embedded one'),
  OIDC_AUDIENCE: z.string().min(1).default('urn:sharehub:hub').describe('audience that access tokens must carry'),
  OIDC_CLIENT_CLAIM: z
    .string()
    .min(1)
    .default('client_id,azp,appid')
    .describe('claims that may name the system, in order'),
  OIDC_TOKEN_TYPES: z
    .string()
    .min(1)
    .default('at+jwt')
    .describe(
      '`typ` headers of access tokens, comma separated; add jwt for providers that give them no type of their own',
    ),
  OIDC_CLOCK_TOLERANCE: z.coerce
    .number()
    .int()
    .min(0)
    .max(300)
    .default(5)
    .describe('by how much the clocks of OpenID provider and hub may differ, s'),
  OIDC_SYSTEM_MARK: z
    .string()
    .regex(/^[^=\s]+=\S+$/, 'must be claim=value, where {client} in the value stands for the client')
    .optional()
    .describe("claim that marks a system's own token: idtyp=app, or preferred_username=service-account-{client}"),
  GRAPHIQL_CLIENT_ID: z.string().min(1).default('sharehub-graphiql').describe("OpenID client of the hub's own pages"),
  GRAPHIQL_CLIENT_SECRET: z.string().min(1).optional().describe('its secret, where the provider asks for one'),
  PUBLIC_URL: httpUrl.optional().describe("the hub's address as browsers see it; http://HOST:PORT where unset"),
  HUB_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('secret the subgraph keys derive from; kept in DATA_DIR where unset'),
  SHARED_CONTEXTS: flag(false).describe(
    'remembers in the databases of the subgraphs started here which signed contexts they have accepted, for several processes of one subgraph',
  ),
  GOVERNANCE_DATABASE_URL: serverUrl.optional().describe("the governance subgraph's database, for the read model"),
  DECLARED_DATABASE_URL: serverUrl
    .optional()
    .describe('the database of the tables that the hub keeps for departments, where GOVERNANCE_DATABASE_URL is given'),
  GRANT_LEASE_MS: count(1000, 100).describe(
    'longest time a decision may rest on an unconfirmed view of the grants, ms',
  ),
  CATALOGUE_REVIEW: z
    .enum(['required', 'sdl'])
    .default('required')
    .describe(
      'required: an item is given only when its catalogue entry was reviewed and published; sdl: what the schemas state is enough',
    ),
  ON_DENIED: z
    .enum(['null', 'reject'])
    .default('null')
    .describe('null: a denied item is null with an error; reject: refuse all'),
  COMPOSE_TIMEOUT_MS: count(120_000).describe(
    'longest time for composing a graph, in a process of its own, ms; the one in force serves on meanwhile and beyond',
  ),
  COMPOSE_MEMORY_MB: count(2_048, 64).describe('largest heap of that process, MiB'),
  MAX_BODY_BYTES: count(3_000_000).describe('largest request body, bytes; 10,000 rows of claims fit'),
  MAX_DEPTH: count(20).describe('deepest nesting of an operation'),
  MAX_ALIASES: count(200, 0).describe('most aliases in an operation, fragments expanded'),
  MAX_ROOT_FIELDS: count(50).describe('most root fields in an operation'),
  MAX_TOKENS: count(10_000).describe('most lexical tokens in a document'),
  MAX_LIST_ITEMS: count(2_000).describe(
    'most elements of one list in an operation or its variables; rows of claims may be 10,000',
  ),
  OVERRIDE_LABELS: z
    .string()
    .default('')
    .describe('labels of @override(label:) under which fields have moved, comma separated; percent(n) needs no entry'),
  VERIFY_MISSES_PER_DAY: count(5).describe(
    'claims of a department about one item of one record that may be left unconfirmed in a day',
  ),
  VERIFY_MISSES_PER_MONTH: count(20).describe('the same of all departments, in thirty days'),
  VERIFY_SUSPEND_CHECKS: count(200).describe('comparisons of a system in a day from which on its failures are judged'),
  VERIFY_SUSPEND_PERCENT: count(20).describe(
    'percentage of them that may be left unconfirmed; beyond it, the system is suspended',
  ),
  STATISTICS_UNITS_PER_DEPARTMENT: count(2_000).describe(
    'cells and sums of one resource that a department may ask for in a month, in the subgraphs started here and in declarations',
  ),
  STATISTICS_UNITS_PER_RESOURCE: count(20_000).describe('the same of all departments together'),
  MAX_COST: count(200_000).describe('highest estimated cost of an operation, objects and fields'),
  REQUEST_DEADLINE_MS: count(30_000).describe('longest time for one request, ms'),
  DEV_VARIANTS: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe(
      "departments' subgraphs that may be tried at once on machines of their own (`sharehub dev`); 10 where unset, none in production",
    ),
  SUBGRAPH_TIMEOUT_MS: count(10_000).describe('longest time for one fetch from a subgraph, ms'),
  SUBGRAPH_MAX_BYTES: count(16_000_000).describe('largest answer of a subgraph, bytes'),
  COMPRESS_ANSWERS: flag(true).describe(
    'compresses answers of 1 kB and more for clients that accept it; false where a proxy does that',
  ),
  CORS_ORIGINS: z.string().default('').describe('origins allowed to call from a browser, comma separated'),
  EVIDENCE_STORE: z
    .enum(['folder', 'postgres'])
    .default('folder')
    .describe(
      'where a record is durable before its answer leaves: folder, from where the worker ships it, or postgres, for a machine without a durable disk',
    ),
  EVIDENCE_GRACE_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(8_000)
    .default(0)
    .describe(
      'how long a request waits for evidence that cannot be stored before it is refused, ms; 0 refuses at once',
    ),
  EVIDENCE_ALGORITHM: z
    .enum(['Ed25519', 'SM2'])
    .optional()
    .describe(
      "what heads of evidence are signed with; where unset the first key is one of Ed25519 and later ones as the key's rotation says. SM2 is SM2 with SM3",
    ),
  EVIDENCE_SIGN_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3600)
    .default(10)
    .describe('how often the head of a chain that moves is signed, and copied, s'),
  EVIDENCE_ANCHOR_FOLDER: z
    .string()
    .min(1)
    .optional()
    .describe('folder on another disk or mount, to which signed heads are copied; it must be there'),
  EVIDENCE_TSA_URL: httpUrl.optional().describe('time-stamp authority (RFC 3161) that witnesses the newest heads'),
  EVIDENCE_TSA_CA: z
    .string()
    .min(1)
    .optional()
    .describe('PEM file of the certificates that are trusted to stand behind its time-stamps'),
  EVIDENCE_ANCHOR_MINUTES: count(10).describe('least time between two time-stamps, min'),
  EVIDENCE_RETENTION: z
    .union([z.enum(['profile', 'long-term']), z.coerce.number().int().min(3).max(100)], {
      error: 'must be profile, long-term, or a number of years that is at least 3',
    })
    .default('profile')
    .describe(
      'how long evidence is kept before it may be deleted: as the profile says, never deleted, or years where the profile asks for no more; where neither gives a period nothing is deleted',
    ),
  EVIDENCE_ARCHIVE_FOLDER: z
    .string()
    .min(1)
    .optional()
    .describe('folder of the months that were archived; DATA_DIR/archive where unset'),
  EVIDENCE_KEEP_LOCAL_DAYS: count(30, 0).describe(
    'how long files of evidence stay after the database has their records, days; 0 keeps them for good',
  ),
  PUSH_HOSTS: z
    .string()
    .default('')
    .describe(
      'hosts to which uses may be pushed: host, host:port, or http://host:port where it may be without TLS; comma separated, none where empty',
    ),
  PUSH_FOLDER: z
    .string()
    .min(1)
    .optional()
    .describe('folder in which the files of uses are written, one folder for each department; none where unset'),
  ...MESSAGE_SETTINGS,
  LOAD_FOLDER: z
    .string()
    .min(1)
    .optional()
    .describe(
      'folder of files that departments upload to be loaded, and of the reports; shared by the gateways and workers of a hub; DATA_DIR/loads where unset',
    ),
  LOAD_MAX_BYTES: count(2_000_000_000).describe('largest file that a department may upload to be loaded, bytes'),
  LOAD_MAX_VANISHED: z.coerce
    .number()
    .min(0)
    .max(100)
    .default(10)
    .describe('highest share of its records that a full load may take away, percent; beyond it the file is refused'),
  HOSTED_KEPT_DAYS: count(90, 1).describe('days between the end of a subgraph and the removal of its hosted tables'),
  DROP_FOLDER: z
    .string()
    .min(1)
    .optional()
    .describe(
      'folder in which front-end machines drop files to be loaded, DEPARTMENT/SUBGRAPH below it; none where unset',
    ),
  RECORD_SYNC: flag(true).describe('fsync access records before answering; false only for measurements'),
  SHAREHUB_PROFILE: z
    .string()
    .min(1)
    .default('quanzhou')
    .describe(
      'jurisdiction: hangzhou, quanzhou, chenzhou, jilin, yunnan, or the path of a YAML file of your own; quanzhou is the longest text in force and the only one of them that says how long records are kept',
    ),
  CALENDAR_DIR: z
    .string()
    .min(1)
    .optional()
    .describe('folder with one YAML file of holidays for each year that is not built in'),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, {
      error: ({ input }) => `${String(input)} is no time zone of the IANA database, such as Asia/Shanghai`,
    })
    .default('Asia/Shanghai')
    .describe('time zone in which a day of quota begins'),
  DEFAULT_LANGUAGE: z
    .enum(LANGUAGES)
    .default('en')
    .describe('language of refusals for callers whose accept-language names neither zh nor en'),
} as const;

const schema = z.object(SETTINGS);
export type Config = z.infer<typeof schema>;

/** Reads and checks every setting once.
 *  @throws HubError CONFIG_INVALID naming each wrong setting and what it must be; nothing has been started by then */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(
    Object.keys(SETTINGS).map((name) => [name, env[name] === '' ? undefined : env[name]]),
  );
  const result = schema.safeParse(given);
  if (!result.success) {
    const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new HubError('CONFIG_INVALID', `Settings are wrong, nothing was started. ${wrong.join('; ')}`, { wrong });
  }
  return result.data;
}
