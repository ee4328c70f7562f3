import { Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode } from 'graphql';
import type { ShareProblem } from './share-index.js';

/** Address of the share specification; a version follows it, `v1` or `v1.N`. */
export const SHARE_SPEC = 'https://sharehub.dev/share';
/** Newest version that this hub reads. */
const NEWEST = `${SHARE_SPEC}/v1.1`;
const VERSION = /^v1(?:\.(\d+))?$/;

/** The directives of schema/share.graphql. */
export const SHARE_DIRECTIVES = [
  'resource',
  'share',
  'basic',
  'filters',
  'compares',
  'groups',
  'sums',
  'scope',
  'subject',
  'mask',
  'verifiable',
  'dimension',
  'measure',
  'derivable',
  'copyOf',
] as const;
export type ShareDirective = (typeof SHARE_DIRECTIVES)[number];
/** Minor version that brought a directive or a type; 0 for the others. */
const SINCE: Readonly<Record<string, number>> = { compares: 1, groups: 1, sums: 1, ClaimForm: 1 };

/** The oldest version that has all of these directives and types, so that a hub of that version still reads the document. */
export const shareSpecFor = (names: readonly string[]): string =>
  `${SHARE_SPEC}/v1.${Math.max(0, ...names.map((name) => SINCE[name] ?? 0))}`;
/** Types of schema/share.graphql that may be imported beside them. */
export const SHARE_TYPES_OF_SPEC = ['ShareType', 'SubjectKind', 'MaskForm', 'ClaimForm'] as const;

/** Names of the specification's elements in one document. */
export interface ShareNames {
  readonly linked: boolean;
  /** Local directive name → name in the specification. */
  readonly directives: ReadonlyMap<string, ShareDirective>;
  /** Local type name → name in the specification. */
  readonly types: ReadonlyMap<string, string>;
}

const isShareDirective = (name: string): name is ShareDirective =>
  (SHARE_DIRECTIVES as readonly string[]).includes(name);

/** Reads the `@link` of the share specification, with renamed imports and namespaces.
 *  A document that uses one of our names without the link is refused rather than ignored.
 *  @source share-rules section 1, reading rule 2; specs.apollo.dev/link/v1.0 */
export function readShareNames(
  document: DocumentNode,
  subgraph: string,
): { names: ShareNames; problems: readonly ShareProblem[] } {
  const directives = new Map<string, ShareDirective>();
  const types = new Map<string, string>();
  const problems: ShareProblem[] = [];
  const problem = (code: string, message: string) => problems.push({ code, severity: 'error', message, subgraph });
  let linked = false;
  for (const link of schemaLinks(document)) {
    const url = argument(link, 'url');
    if (typeof url !== 'string') continue;
    const base = url.replace(/\/+$/, '');
    if (base !== SHARE_SPEC && !base.startsWith(`${SHARE_SPEC}/`)) continue;
    const version = VERSION.exec(base.slice(SHARE_SPEC.length + 1));
    if (!version) {
      problem('SHARE_SPEC_UNKNOWN', `Subgraph ${subgraph} links ${url}; this hub reads ${NEWEST}.`);
      continue;
    }
    // `v1` alone is v1.0, the first that there was.
    const minor = Number(version[1] ?? 0);
    const has = (name: ShareDirective) => (SINCE[name] ?? 0) <= minor;
    linked = true;
    const as = argument(link, 'as');
    const namespace = typeof as === 'string' ? as : 'share';
    for (const name of SHARE_DIRECTIVES.filter(has)) directives.set(`${namespace}__${name}`, name);
    for (const name of SHARE_TYPES_OF_SPEC) types.set(`${namespace}__${name}`, name);
    directives.set(namespace, 'share');
    for (const entry of importsOf(link)) {
      if (!entry) {
        problem('SHARE_IMPORT_UNKNOWN', `Subgraph ${subgraph} has an import of ${base} that cannot be read.`);
        continue;
      }
      const canonical = entry.name.replace(/^@/, '');
      const local = entry.as.replace(/^@/, '');
      if (entry.name.startsWith('@') && isShareDirective(canonical) && has(canonical)) directives.set(local, canonical);
      else if ((SHARE_TYPES_OF_SPEC as readonly string[]).includes(entry.name)) types.set(local, entry.name);
      else
        problem(
          'SHARE_IMPORT_UNKNOWN',
          `Subgraph ${subgraph} imports ${entry.name}, which ${base} has not.${isShareDirective(canonical) ? ` Link ${NEWEST}.` : ''}`,
        );
    }
  }
  // Under a version that is not read every directive is unknown, which needs no line for each.
  const known = problems.every(({ code }) => code !== 'SHARE_SPEC_UNKNOWN');
  for (const name of known ? usedDirectives(document) : []) {
    const canonical = name.replace(/^share__/, '');
    if (!directives.has(name) && isShareDirective(canonical)) {
      problem(
        'SHARE_DIRECTIVE_UNLINKED',
        `Subgraph ${subgraph} uses @${name} without importing it. Add @link(url: "${shareSpecFor([canonical])}", import: ["@${canonical}"]).`,
      );
    }
  }
  return { names: { linked, directives, types }, problems };
}

/** The `@link` applications of a document's schema definition and extensions, whatever `@link` itself is called. */
export function schemaLinks(document: DocumentNode): ConstDirectiveNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? []).filter((directive) => typeof argument(directive, 'url') === 'string')
      : [],
  );
}

/** Plain value of a directive's argument: strings, enums, booleans and lists of them; undefined when absent. */
export function argument(directive: ConstDirectiveNode, name: string): unknown {
  const node = directive.arguments?.find((candidate) => candidate.name.value === name);
  return node && plain(node.value);
}

function plain(node: ConstValueNode): unknown {
  switch (node.kind) {
    case Kind.STRING:
    case Kind.ENUM:
    case Kind.BOOLEAN:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.LIST:
      return node.values.map(plain);
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((field) => [field.name.value, plain(field.value)]));
    case Kind.NULL:
      return undefined;
  }
}

/** Imports of a link: name in the specification and local name, undefined for an entry that cannot be read.
 *  GraphQL takes a single value for a list of one. */
export function importsOf(link: ConstDirectiveNode): ({ name: string; as: string } | undefined)[] {
  const imports = argument(link, 'import');
  if (imports === undefined) return [];
  return (Array.isArray(imports) ? imports : [imports]).map((entry: unknown) => {
    if (typeof entry === 'string') return { name: entry, as: entry };
    if (!entry || typeof entry !== 'object') return undefined;
    const { name, as = name } = entry as { name?: unknown; as?: unknown };
    return typeof name === 'string' && typeof as === 'string' ? { name, as } : undefined;
  });
}

const LEAVES: ReadonlySet<string> = new Set([
  ...[Kind.NAME, Kind.NAMED_TYPE, Kind.LIST_TYPE, Kind.NON_NULL_TYPE, Kind.STRING],
]);

function usedDirectives(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  const walk = (value: unknown): void => {
    if (!value || typeof value !== 'object') return;
    if (Array.isArray(value)) {
      value.forEach(walk);
      return;
    }
    const node = value as { kind?: string; name?: { value: string } };
    // Neither a name nor a type reference has a directive in it.
    if (node.kind !== undefined && LEAVES.has(node.kind)) return;
    if (node.kind === Kind.DIRECTIVE && node.name) return void names.add(node.name.value);
    for (const key in value) if (key !== 'loc') walk(value[key as keyof typeof value]);
  };
  walk(document.definitions);
  return names;
}
