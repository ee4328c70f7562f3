import type { Release } from '../../shared/share/releases/release.js';
import type { Key, LocalField, Requires } from './federated-schema.js';
import type { Node } from './node.js';
import type { Item } from './selection.js';

/** How the selections of one object are answered, starting from the subgraph that holds it. */
export interface NodePlan {
  /** Fetches needed, estimated; `UNREACHABLE` when something cannot be answered. */
  readonly cost: number;
  /** Longest chain of fetches. */
  readonly depth: number;
  /** The object's own subgraph is asked for `__typename`. */
  readonly typename: boolean;
  readonly uses: readonly Use[];
  /** Plans by runtime type, of an abstract node. */
  readonly types: readonly TypePlan[];
  /** Parts that cannot be had without sending a subgraph what it must not receive. */
  readonly refused?: readonly RefusedPart[];
}

/** Something that is asked of an object and not fetched. */
export interface RefusedPart {
  /** Response keys that lead to it. */
  readonly keys: readonly string[];
  /** The release that would have to be made for it. */
  readonly release: Release;
}

export interface TypePlan {
  readonly node: Node;
  readonly plan: NodePlan;
}

/** The fields taken from one origin. */
export interface Use {
  /** Undefined for the subgraph that holds the object. */
  readonly origin: Origin | undefined;
  readonly fields: readonly FieldPlan[];
  /** Further selections, planned from the object as the origin holds it. */
  readonly rest: NodePlan | undefined;
}

export interface FieldPlan {
  readonly item: Item;
  readonly field: LocalField;
  readonly child: TypePlan | undefined;
}

/** A way to get at an object in a subgraph, from the subgraph that holds it: a jump by one of the entity's keys, with the
 *  inputs of fields that have `@requires`. Also the root of a subgraph. */
export interface Origin {
  readonly id: string;
  /** The object as the origin's subgraph holds it. */
  readonly node: Node;
  /** Undefined at the root of a subgraph. */
  readonly key: Key | undefined;
  /** Only fields with exactly these inputs are taken from it, so that a failed input takes nothing else along. */
  readonly inputs: Requires | undefined;
  /** How the parts of the key and the inputs are got. */
  readonly needs: readonly NodePlan[];
  /** Cost of the fetch itself. */
  readonly ownCost: number;
  /** Fetches until the object is held there, those of `needs` included. */
  readonly cost: number;
  /** Longest chain of fetches until it is. */
  readonly depth: number;
}

export const UNREACHABLE = Infinity;
/** Cost of a part that is refused: more than any fetches, and finite, so that everything else is planned. */
export const REFUSED = 1e4;
/** Cost of each object that is lost with a refused part: more than any fetches, and less than another refused part. */
const LOST_OBJECT = 100;
export const costOfRefused = ({ keys }: RefusedPart): number => REFUSED + LOST_OBJECT * (keys.length - 1);
export const NO_PLAN: NodePlan = { cost: UNREACHABLE, depth: 0, typename: false, uses: [], types: [] };

/** The longest chain of fetches of a plan with these parts. */
export function measureDepth(uses: readonly Use[], types: readonly TypePlan[] = []): number {
  let depth = 0;
  for (const { origin, fields, rest } of uses) {
    let below = rest?.depth ?? 0;
    for (const { child } of fields) if (child && child.plan.depth > below) below = child.plan.depth;
    depth = Math.max(depth, (origin?.depth ?? 0) + below);
  }
  for (const { plan } of types) depth = Math.max(depth, plan.depth);
  return depth;
}

/** Ids of the origins that a plan of one object takes parts from. */
export const originsOf = ({ uses }: NodePlan): string[] => uses.flatMap(({ origin }) => origin?.id ?? []);

/** Names the request that an origin's call goes in. */
export const requestOf = ({ node, depth }: Origin): string => `${node.graph} ${depth}`;

/** Cost of the fetches of a need that are made anyway. */
export function sharedCost({ uses }: NodePlan, opened: ReadonlySet<Origin>): number {
  let shared = 0;
  for (const { origin } of uses) if (origin && opened.has(origin)) shared += origin.cost;
  return shared;
}
