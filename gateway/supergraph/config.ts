import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { HubError } from '../../shared/kernel/index.js';

/** Source of a subgraph's SDL. */
export type SchemaSource =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'url'; readonly url: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'sdl'; readonly sdl: string };

/** One line of the graph's list of subgraphs. */
export interface SubgraphConfig {
  readonly name: string;
  /** Address that operations are sent to. */
  readonly url: string;
  readonly schema: SchemaSource;
}
export interface SupergraphConfig {
  /** Absolute path of the file it was read from. */
  readonly file: string;
  readonly subgraphs: readonly SubgraphConfig[];
  /** Files whose change means another graph: this one and every schema file, absolute. */
  readonly files: readonly string[];
}

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });
const schemaSource = z
  .strictObject({
    file: z.string().min(1).optional(),
    subgraph_url: httpUrl.optional(),
    introspection_headers: z.record(z.string(), z.string()).optional(),
    sdl: z.string().min(1).optional(),
  })
  .superRefine((schema, context) => {
    const given = (['file', 'subgraph_url', 'sdl'] as const).filter((key) => schema[key] !== undefined);
    if (given.length !== 1) context.addIssue('must have exactly one of file, subgraph_url and sdl');
    if (schema.introspection_headers && !schema.subgraph_url)
      context.addIssue('introspection_headers goes with subgraph_url only');
  });
const subgraph = z
  .strictObject({ routing_url: httpUrl.optional(), schema: schemaSource })
  .superRefine((value, context) => {
    if (!value.routing_url && !value.schema.subgraph_url)
      context.addIssue({
        code: 'custom',
        path: ['routing_url'],
        message: 'is missing; only subgraph_url can stand in for it',
      });
  });
const supergraph = z.strictObject({
  federation_version: z
    .union([z.string(), z.number()])
    .optional()
    .refine((version) => version === undefined || /^=?2(\.\d+){0,2}$/.test(String(version)), 'must be 2 or =2.x.y'),
  subgraphs: z
    .record(
      z.string().regex(NAME, 'a subgraph name is a letter and then letters, digits, _ or -, at most 64'),
      subgraph,
    )
    .refine((subgraphs) => Object.keys(subgraphs).length > 0, 'must name at least one subgraph'),
});

/** Reads the list of subgraphs in the format that `rover supergraph compose` reads, with `${env.NAME}` and
 *  `${env.NAME:-default}` filled in.
 *  @param file  path of the YAML file; schema files in it are relative to its folder
 *  @throws HubError CONFIG_INVALID naming the file and every mistake in it with its path */
export async function readSupergraphConfig(
  file: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<SupergraphConfig> {
  const path = resolve(file);
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw invalid(file, [cause.code === 'ENOENT' ? 'the file does not exist' : `it cannot be read (${cause.code})`]);
  });
  const mistakes: string[] = [];
  const expanded = expand(parseYaml(file, text), env, '', mistakes);
  if (mistakes.length > 0) throw invalid(file, mistakes);
  const result = supergraph.safeParse(expanded);
  if (!result.success) throw invalid(file, result.error.issues.map(describe));
  const folder = dirname(path);
  const subgraphs = Object.entries(result.data.subgraphs).map(([name, { routing_url, schema }]): SubgraphConfig => {
    const source: SchemaSource =
      schema.file !== undefined
        ? { kind: 'file', file: resolve(folder, schema.file) }
        : schema.sdl !== undefined
          ? { kind: 'sdl', sdl: schema.sdl }
          : { kind: 'url', url: schema.subgraph_url!, headers: schema.introspection_headers ?? {} };
    return { name, url: routing_url ?? schema.subgraph_url!, schema: source };
  });
  const files = [path, ...subgraphs.flatMap(({ schema }) => (schema.kind === 'file' ? [schema.file] : []))];
  return { file: path, subgraphs, files };
}

/** The list with the addresses at which subgraphs really run, for those that do not run where it says. */
export function moveSubgraphs(config: SupergraphConfig, addresses: ReadonlyMap<string, string>): SupergraphConfig {
  const move = (entry: SubgraphConfig): SubgraphConfig => {
    const url = addresses.get(entry.name);
    if (url === undefined) return entry;
    return { ...entry, url, schema: entry.schema.kind === 'url' ? { ...entry.schema, url } : entry.schema };
  };
  return { ...config, subgraphs: config.subgraphs.map(move) };
}

function parseYaml(file: string, text: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw invalid(
      file,
      document.errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0]);
        return `line ${line}, column ${col}: ${error.message}`;
      }),
    );
  }
  const value: unknown = document.toJS();
  if (value === null || value === undefined) throw invalid(file, ['the file is empty']);
  return value;
}

function expand(
  value: unknown,
  env: Readonly<Record<string, string | undefined>>,
  path: string,
  mistakes: string[],
): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{env\.([^}:]+)(?::-([^}]*))?\}/g, (whole, name: string, fallback: string | undefined) => {
      const found = env[name] || fallback;
      if (found === undefined) mistakes.push(`${path}: environment variable ${name} is not set`);
      return found ?? whole;
    });
  }
  if (Array.isArray(value)) return value.map((item, index) => expand(item, env, `${path}[${index}]`, mistakes));
  if (value && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, expand(item, env, path ? `${path}.${key}` : key, mistakes)]),
    );
  }
  return value;
}

const describe = (issue: z.core.$ZodIssue): string => {
  const detail = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return issue.path.length > 0 ? `${issue.path.join('.')}: ${detail}` : detail;
};

const invalid = (file: string, mistakes: readonly string[]): HubError =>
  new HubError('CONFIG_INVALID', `${file} is wrong: ${mistakes.join('; ')}`, { file, mistakes });
