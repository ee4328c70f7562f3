import { Kind, parse, print } from 'graphql';
import { HubError, isHubSubgraph, parseCoordinate } from '../../shared/kernel/index.js';
import {
  bandEnum,
  claimRowInput,
  claimsInput,
  verifyBatchField,
  verifyField,
} from '../../shared/share/claims/claim-names.js';
import { findClaimedItems, type ClaimedItem } from '../../shared/share/claims/claimed-items.js';
import { writeClaimTypes } from '../../shared/share/claims/claim-types.js';
import { findClaimKey, writeKey, type Objects, type RecordKey } from '../../shared/share/record-keys.js';
import type { ShareProblem } from '../../shared/share/share-index.js';
import type { FieldStatement, SubgraphShares } from '../../shared/share/statements.js';
import { canonicalObjects } from './canonical-objects.js';
import { ClaimLeaves, defines } from './claim-leaves.js';
import type { LoadedSubgraph } from './load-subgraphs.js';
import { readShares } from './read-shares.js';

/** A subgraph of the hub's own, which compares claims with the records of a subgraph that cannot: one in any language, without
 *  the kit. It is composed, and its share statements are read, as any other. */
export interface HubComparison {
  readonly name: string;
  /** Subgraph that keeps the records. */
  readonly subgraph: string;
  readonly sdl: string;
  readonly types: readonly ComparedType[];
}
export interface ComparedType {
  readonly type: string;
  readonly key: RecordKey;
  readonly items: readonly ClaimedItem[];
  /** Items that are lists of codes. */
  readonly coded: readonly string[];
  /** Field that holds the identifier of the record's subject. */
  readonly subject?: string | undefined;
}
interface Found {
  readonly comparisons: readonly HubComparison[];
  /** Types of whose items no claim can be compared. */
  readonly problems: readonly ShareProblem[];
}

/** Address of what has none. @source RFC 6761 section 6.4 */
const NOWHERE = 'http://hub.invalid/';
const NAME_PREFIX = 'hub-verification-';
const LINKS = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@shareable"])
  @link(url: "https://sharehub.dev/share/v1.1", import: ["@share", "@compares"])`;
/** Types that every subgraph which compares has alike. */
const COMMON = ['Verification', 'ItemVerification', 'VerificationOutcome', 'ComparedBy'] as const;
const COMMON_FIELDS = [
  'ItemVerification.item ID',
  'ItemVerification.outcome VerificationOutcome',
  'Verification.comparedBy ComparedBy',
  'Verification.outcome VerificationOutcome',
  'Verification.outcomes ItemVerification',
].join();

const NONE: Found = { comparisons: [], problems: [] };
/** A list is looked at more than once while its graph is made. */
const known = new WeakMap<readonly LoadedSubgraph[], Found>();

/** The subgraphs of a graph with those of the hub's own.
 *  @throws HubError COMPOSITION_FAILED where a subgraph has the name of one of these */
export function withHubSubgraphs(subgraphs: readonly LoadedSubgraph[]): readonly LoadedSubgraph[] {
  const taken = subgraphs.find(({ name }) => isHubSubgraph(name));
  if (taken)
    throw new HubError(
      'COMPOSITION_FAILED',
      `The subgraph ${taken.name} has a name of the hub's own: none of another begins with hub-.`,
      {
        errors: [{ code: 'SUBGRAPH_OF_HUB', message: `Rename the subgraph ${taken.name}.`, subgraph: taken.name }],
      },
    );
  const { comparisons } = findHubComparisons(subgraphs);
  return comparisons.length === 0
    ? subgraphs
    : [...subgraphs, ...comparisons.map(({ name, sdl }) => ({ name, sdl, url: NOWHERE }))];
}

/** Finds the types whose items are marked `@verifiable` and that no subgraph compares with claims.
 *  @returns none where an SDL cannot be read; whoever composes says why */
export function findHubComparisons(subgraphs: readonly LoadedSubgraph[]): Found {
  let found = known.get(subgraphs);
  if (!found) known.set(subgraphs, (found = find(subgraphs)));
  return found;
}

function find(subgraphs: readonly LoadedSubgraph[]): Found {
  // A subgraph that marks an item imports or names the directive.
  if (!subgraphs.some(({ sdl }) => sdl.includes('verifiable'))) return NONE;
  try {
    return new Finder(subgraphs, subgraphs.map(readShares)).find();
  } catch {
    return NONE;
  }
}

class Finder {
  private readonly problems: ShareProblem[] = [];
  private readonly fields: ReadonlyMap<string, readonly FieldStatement[]>;
  /** Types of which some subgraph compares an item. */
  private readonly compared: ReadonlySet<string>;

  constructor(
    private readonly subgraphs: readonly LoadedSubgraph[],
    private readonly shares: readonly SubgraphShares[],
  ) {
    this.fields = Map.groupBy(
      shares.flatMap(({ fields }) => fields),
      ({ coordinate }) => coordinate as string,
    );
    this.compared = new Set(
      shares.flatMap(({ fields, inputs }) =>
        [...fields.flatMap((field) => field.arguments), ...inputs.values()].flatMap(({ uses }) =>
          uses.flatMap(({ item, by }) => (by === 'compares' ? parseCoordinate(item).type : [])),
        ),
      ),
    );
  }

  find(): Found {
    const comparisons: HubComparison[] = [];
    const taken = new Set<string>();
    this.shares.forEach((shares, at) => {
      const wanted = this.findTypes(shares).filter((type) => !taken.has(type));
      if (wanted.length === 0) return;
      const comparison = this.write(shares, this.subgraphs[at]!.sdl, new Set(wanted));
      if (!comparison) return;
      comparisons.push(comparison);
      for (const { type } of comparison.types) taken.add(type);
    });
    return { comparisons, problems: this.problems };
  }

  private findTypes({ resources, fields }: SubgraphShares): string[] {
    const marked = new Set(
      fields.flatMap((field) => (this.isComparable(field) ? parseCoordinate(field.coordinate).type : [])),
    );
    return resources.flatMap(({ type }) =>
      marked.has(type) &&
      !this.compared.has(type) &&
      ![verifyField(type), verifyBatchField(type)].some((name) => this.fields.has(`Query.${name}`))
        ? type
        : [],
    );
  }

  /** Its value can be read by the record's key, from this subgraph. */
  private isComparable({ coordinate, subgraph, verifiable, external, requires }: FieldStatement): boolean {
    const others = this.fields.get(coordinate) ?? [];
    return verifiable && !external && requires === undefined && !others.some(({ overrides }) => overrides === subgraph);
  }

  private write(shares: SubgraphShares, sdl: string, wanted: ReadonlySet<string>): HubComparison | undefined {
    const { subgraph } = shares;
    const document = parse(sdl, { noLocation: true });
    const leaves = new ClaimLeaves(
      document,
      this.subgraphs.filter(({ name }) => name !== subgraph),
    );
    const readable = new Set(
      shares.fields.filter((field) => this.isComparable(field)).map(({ coordinate }) => coordinate as string),
    );
    const objects = canonicalObjects(subgraph, document, (directive, type, field) => {
      if (directive === 'resource') return wanted.has(type);
      if (directive !== 'verifiable') return true;
      return readable.has(`${type}.${field}`) && leaves.isPlain(type, field!);
    });
    const types = [...wanted].flatMap((type): ComparedType[] => {
      const node = objects.get(type);
      const key = node && findClaimKey(node);
      const items = node ? findClaimedItems(node) : [];
      if (!key || items.length === 0) return [];
      const written = writeKey(type, key, objects, 'compares');
      const names = [
        ...[claimsInput(type), claimRowInput(type)],
        ...(written.input === '' ? [] : [written.type]),
        ...items.flatMap(({ isBand, item }) => (isBand ? bandEnum(type, item) : [])),
      ];
      if (this.isTaken(subgraph, type, names)) return [];
      const subject = shares.fields.find((field) => field.subject && parseCoordinate(field.coordinate).type === type);
      return [
        {
          ...{ type, key, items, subject: subject && parseCoordinate(subject.coordinate).field },
          coded: items.filter((each) => leaves.isCoded(each.type)).map(({ item }) => item),
        },
      ];
    });
    if (types.length === 0) return undefined;
    const kept = new Set(types.map(({ type }) => type));
    const definitions = [
      ...parse(LINKS, { noLocation: true }).definitions,
      ...writeClaimTypes(withoutOthers(objects, kept), () => true, 'HUB'),
    ];
    const used = leaves.definitionsFor(definitions);
    return {
      name: NAME_PREFIX + subgraph,
      subgraph,
      types,
      sdl: print({ kind: Kind.DOCUMENT, definitions: [...definitions, ...used] }),
    };
  }

  /** Names are taken where another type or field has them; the type is then told of, and nothing of it compared. */
  private isTaken(subgraph: string, type: string, names: readonly string[]): boolean {
    const other = names.find((name) => this.subgraphs.some(({ sdl }) => defines(sdl, name)));
    const common = COMMON.find((name) =>
      this.subgraphs.some((each, at) => defines(each.sdl, name) && !isCommon(this.shares[at]!)),
    );
    const name = other ?? common;
    if (name === undefined) return false;
    this.problems.push({
      code: 'VERIFICATION_NAME_TAKEN',
      severity: 'warning',
      subgraph,
      coordinate: type,
      message: `Items of ${type} are marked @verifiable, and the hub cannot compare claims with them: ${name} is the name of something else. Rename it, or compare in the subgraph.`,
    });
    return true;
  }
}

/** True for a subgraph whose types of outcomes are those that every subgraph has. */
function isCommon({ fields }: SubgraphShares): boolean {
  const own = fields.filter(({ coordinate }) =>
    (COMMON as readonly string[]).includes(parseCoordinate(coordinate).type),
  );
  return (
    own.every(({ shareable }) => shareable) &&
    own
      .map(({ coordinate, returns }) => `${coordinate} ${returns}`)
      .sort()
      .join() === COMMON_FIELDS
  );
}

/** The same objects, of which only some are resources. */
const withoutOthers = (objects: Objects, kept: ReadonlySet<string>): Objects =>
  new Map([...objects].map(([type, node]) => [type, kept.has(type) ? node : { ...node, directives: [] }]));
