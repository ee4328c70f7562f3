import { coordinate, parseCoordinate, type Coordinate } from '../../kernel/index.js';
import type { FieldStatement, SubgraphShares } from '../statements.js';
import type { TypeGraph } from '../type-graph.js';
import type { Publishers } from './release.js';

/** The way in which a subgraph comes to resolve an item. */
export type ClaimKind =
  /** By itself. */
  | 'ORIGINAL'
  /** Beside its source. */
  | 'COPY'
  /** In the place of another subgraph. */
  | 'OVERRIDE'
  /** It only names the record it refers to, by a key that the owner gave the record. */
  | 'REFERENCE';

/** A subgraph that resolves an item. */
export interface Claim {
  readonly kind: ClaimKind;
  readonly subgraph: string;
  readonly statement: FieldStatement;
  /** Departments that answer for it. */
  readonly departments: readonly string[];
}

/** Whose each item is. The register says for whom a subgraph may speak; a subgraph that names another department as
 *  provider is not believed, and answers for what it publishes itself. */
export class Ownership {
  readonly #claims = new Map<Coordinate, Claim[]>();
  readonly #itemsOf: ReadonlyMap<string, readonly Coordinate[]>;
  readonly #keys: ReadonlyMap<string, ReadonlySet<Coordinate>>;
  readonly #catalogued = new Map<string, Set<string>>();

  /** @param publishers  absent where nothing is registered: the provider that a subgraph names is believed then */
  constructor(
    subgraphs: readonly SubgraphShares[],
    readonly types: TypeGraph,
    private readonly publishers: Publishers | undefined,
  ) {
    for (const { resources, subgraph } of subgraphs)
      for (const { type } of resources)
        this.#catalogued.set(type, (this.#catalogued.get(type) ?? new Set()).add(subgraph));
    this.#keys = new Map(
      subgraphs.map(({ subgraph, keys }) => [
        subgraph,
        new Set(keys.flatMap(({ type, fields }) => [...types.readsOf(type, fields)])),
      ]),
    );
    const resolving = new Map<Coordinate, FieldStatement[]>();
    for (const statement of subgraphs.flatMap((shares) => shares.fields)) {
      if (statement.external || statement.abstract) continue;
      const { type, field } = parseCoordinate(statement.coordinate);
      // A field of an `@interfaceObject` stands on every type behind the interface.
      for (const object of statement.interfaceObject ? types.objectsOf(type) : [type]) {
        const at = coordinate(object, field);
        const known = resolving.get(at);
        if (known) known.push(statement);
        else resolving.set(at, [statement]);
      }
    }
    for (const [at, statements] of resolving) this.#claims.set(at, this.#classify(at, statements));
    this.#itemsOf = Map.groupBy(this.#claims.keys(), (at) => parseCoordinate(at).type);
  }

  /** Departments of a subgraph. One that nobody registered belongs to a department that there is not. */
  departmentsOf(subgraph: string): readonly string[] {
    return this.publishers?.get(subgraph) ?? [`${subgraph} (not registered)`];
  }

  /** Departments that answer for what a subgraph states. */
  answeringFor({ provider, subgraph }: Pick<FieldStatement, 'provider' | 'subgraph'>): readonly string[] {
    if (!this.publishers) return [provider];
    const departments = this.departmentsOf(subgraph);
    return departments.includes(provider) ? [provider] : departments;
  }

  /** Every subgraph that resolves an item. */
  claimsOn(at: Coordinate): readonly Claim[] {
    return this.#claims.get(at) ?? [];
  }

  /** Items that some subgraph resolves. */
  claimed(): Iterable<Coordinate> {
    return this.#claims.keys();
  }

  /** The claims of the item's own source; where there is none, all that there are. */
  sourcesOf(at: Coordinate): readonly Claim[] {
    const claims = this.claimsOn(at);
    const originals = claims.filter(({ kind }) => kind === 'ORIGINAL');
    return originals.length > 0 ? originals : claims;
  }

  /** The items of types that one subgraph resolves and no other. */
  resolvedOnlyBy(subgraph: string, types: readonly string[]): readonly Coordinate[] {
    return [...new Set(types)]
      .flatMap((type) => this.#itemsOf.get(type) ?? [])
      .filter((at) => this.claimsOn(at).every((claim) => claim.subgraph === subgraph));
  }

  ownersOf(at: Coordinate): readonly string[] {
    return [...new Set(this.sourcesOf(at).flatMap(({ departments }) => departments))];
  }

  /** A subgraph names this item in one of its keys. */
  isKeyOf(subgraph: string, at: Coordinate): boolean {
    return this.#keys.get(subgraph)?.has(at) ?? false;
  }

  isCatalogued(type: string): boolean {
    return this.#catalogued.has(type);
  }

  #classify(at: Coordinate, statements: readonly FieldStatement[]): Claim[] {
    const replaced = new Set(statements.map(({ subgraph }) => subgraph));
    const claims = statements.map((statement): Claim => {
      const kind = statement.copyOf
        ? 'COPY'
        : statement.overrides !== undefined && replaced.has(statement.overrides)
          ? 'OVERRIDE'
          : this.#isReference(at, statement)
            ? 'REFERENCE'
            : 'ORIGINAL';
      const { subgraph } = statement;
      return { kind, subgraph, statement, departments: this.answeringFor(statement) };
    });
    const originals = claims.filter(({ kind }) => kind === 'ORIGINAL');
    // Whoever makes a key of what its owner made none of would resolve it in the owner's place.
    const isIdentifier =
      originals.length === 0 ||
      originals.some(({ subgraph, statement }) => statement.subject !== undefined || this.isKeyOf(subgraph, at));
    if (isIdentifier) return claims;
    return claims.map((claim) => (claim.kind === 'REFERENCE' ? { ...claim, kind: 'COPY' } : claim));
  }

  #isReference(at: Coordinate, { own, inherited, subgraph, interfaceObject }: FieldStatement): boolean {
    if (own !== undefined || !this.isKeyOf(subgraph, at)) return false;
    if (interfaceObject) return true;
    const cataloguedBy = this.#catalogued.get(parseCoordinate(at).type);
    return cataloguedBy ? !cataloguedBy.has(subgraph) : inherited === undefined;
  }
}
