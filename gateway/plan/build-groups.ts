import { Kind, type TypeNode } from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import { SetBuilder, waitsFor, type FetchGroup, type Need, type Path, type PathSegment } from './fetch-group.js';
import type { FieldPlan, NodePlan, Origin, RefusedPart, TypePlan } from './node-plan.js';
import { say } from '../request/messages/index.js';

/** An object at a place, as one group brings it. */
interface Held {
  readonly group: FetchGroup;
  /** The type the group's subgraph gives it. */
  readonly type: string;
  readonly set: SetBuilder;
  readonly place: Place;
  /** Objects below, by response key and type. */
  readonly below: Map<string, Held>;
}

/** A place in the data with the group that first brings its objects. */
interface Place {
  /** Without the condition on the type. */
  readonly path: Path;
  /** Set where only objects of this type are meant. */
  readonly only: string | undefined;
  readonly opaque: boolean;
  readonly entry: Held;
  readonly opened: Map<string, Held>;
}

/** A refused part at a place whose objects a group brings. */
export interface Refusal extends RefusedPart {
  readonly group: FetchGroup;
  readonly path: Path;
}

/** Calls of one plan; writing so many takes some 300 ms. */
const CALLS_LIMIT = 8_000;
/** Longest chain of objects inside objects and of needs inside needs; no operation within the limits comes near it. */
const DEPTH_LIMIT = 1_000;

/** Puts a plan's fields into groups. */
export class GroupBuilder {
  readonly groups: FetchGroup[] = [];
  readonly refusals: Refusal[] = [];
  private readonly entities = new Map<string, Held>();
  private readonly roots = new Map<string, Held>();
  private depth = 0;
  /** The jump for which fields are added now; undefined for those that the operation asks for. */
  private need: Need | undefined;
  private jumps = 0;

  /** Adds the plan of root fields. */
  addRoot(plan: NodePlan, type: string): void {
    for (const { origin, fields } of plan.uses) {
      const graph = origin!.node.graph;
      const held = this.roots.get(graph) ?? this.addRootGroup(graph, type, []);
      for (const field of fields) this.addField(held, field);
    }
  }

  /** Adds the plan of the next root field of a mutation, which waits for all before it. */
  addSerialRoot(plan: NodePlan, type: string): void {
    const graph = plan.uses[0]!.origin!.node.graph;
    if (!this.roots.has(graph)) {
      this.roots.clear();
      this.addRootGroup(graph, type, this.groups);
    }
    this.addRoot(plan, type);
  }

  private addRootGroup(graph: string, type: string, after: readonly FetchGroup[]): Held {
    const group = this.addGroup({ graph, path: [], entry: undefined, type, parents: new Set(after) });
    const held = hold(group, type, group.set, [], undefined, false);
    this.roots.set(graph, held);
    return held;
  }

  /** Adds what a plan takes from an object. @returns every group that brings a part of it */
  private addNode(held: Held, plan: NodePlan): Set<FetchGroup> {
    if (++this.depth > DEPTH_LIMIT) throw new HubError('PLAN_TOO_COSTLY', say('operation.planTooDeep'));
    const touched = new Set<FetchGroup>([held.group]);
    const touch = (groups: Iterable<FetchGroup>) => {
      for (const group of groups) touched.add(group);
    };
    if (plan.typename) held.set.typename = true;
    for (const part of plan.refused ?? []) this.refuse(held, part);
    for (const { origin, fields, rest } of plan.uses) {
      const from = origin ? this.open(held.place, origin) : held;
      touched.add(from.group);
      for (const field of fields) touch(this.addField(from, field));
      if (rest) {
        if (held.place.opaque && rest.typename) from.group.decidesType = true;
        touch(this.addNode(asEntry(from), rest));
      }
    }
    for (const type of plan.types) touch(this.addNode(narrow(held, type), type.plan));
    this.depth--;
    return touched;
  }

  private refuse({ group, place }: Held, { keys, release }: RefusedPart): void {
    this.refusals.push({ group, path: [...place.path, ...condition(place.only)], keys, release });
  }

  private addField(held: Held, { item, field, child }: FieldPlan): Set<FetchGroup> {
    const set = held.set.field(item, this.need);
    if (!child) return new Set([held.group]);
    const { path, only } = held.place;
    const key = `${item.key} ${child.node.id}`;
    let below = held.below.get(key);
    if (!below) {
      const at: Path = [...path, ...condition(only), { Field: item.key }, ...listLevels(field.type)];
      below = hold(held.group, child.node.type, set, at, undefined, child.node.kind === 'opaque');
      held.below.set(key, below);
    }
    return this.addNode(below, child.plan);
  }

  /** The object in an origin's subgraph, jumped to with everything the jump needs. */
  private open(place: Place, origin: Origin): Held {
    const known = place.opened.get(origin.id);
    if (known) return known;
    const { key, inputs, node } = origin;
    const parents = new Set([place.entry.group]);
    const outer = this.need;
    const id = ++this.jumps;
    // The first is its key, a further one its inputs.
    for (const [index, need] of origin.needs.entries()) {
      this.need = { id, isKey: index === 0 };
      for (const group of this.addNode(place.entry, need)) parents.add(group);
    }
    this.need = outer;
    const type = place.only ?? place.entry.type;
    const name = `${JSON.stringify([place.path, type])} ${key?.text} ${origin.id}`;
    const shared = this.entities.get(name);
    if (shared && ![...parents].some((parent) => waitsFor(parent, shared.group))) {
      for (const parent of parents) shared.group.parents.add(parent);
      place.opened.set(origin.id, shared);
      return shared;
    }
    const group = this.addGroup({
      graph: node.graph,
      path: place.path,
      entry: key && { type, key, inputs },
      type: node.type,
      parents,
    });
    const held: Held = { group, type: node.type, set: group.set, place, below: new Map() };
    place.opened.set(origin.id, held);
    this.entities.set(name, held);
    return held;
  }

  private addGroup(group: Omit<FetchGroup, 'set' | 'decidesType'>): FetchGroup {
    if (this.groups.length >= CALLS_LIMIT) throw new HubError('PLAN_TOO_COSTLY', say('operation.planTooWide'));
    const added = { ...group, set: new SetBuilder(), decidesType: false };
    this.groups.push(added);
    return added;
  }
}

function hold(
  group: FetchGroup,
  type: string,
  set: SetBuilder,
  path: Path,
  only: string | undefined,
  opaque: boolean,
): Held {
  const held = { group, type, set, below: new Map<string, Held>() } as { -readonly [K in keyof Held]: Held[K] };
  held.place = { path, only, opaque, entry: held, opened: new Map() };
  return held;
}

/** The object as its group brings it, to jump on from there. */
function asEntry(held: Held): Held {
  const { group, type, set, place } = held;
  return held.place.entry === held
    ? held
    : below(held, 'entry', () => hold(group, type, set, place.path, place.only, false));
}

function narrow(held: Held, { node }: TypePlan): Held {
  const { group, set, place } = held;
  return below(held, `on ${node.type}`, () =>
    hold(group, node.type, set.fragment(node.type), place.path, node.type, false),
  );
}

function below(held: Held, key: string, make: () => Held): Held {
  return held.below.get(key) ?? held.below.set(key, make()).get(key)!;
}

const condition = (only: string | undefined): Path => (only === undefined ? [] : [{ TypeCondition: [only] }]);

function listLevels(type: TypeNode): PathSegment[] {
  if (type.kind === Kind.NON_NULL_TYPE) return listLevels(type.type);
  return type.kind === Kind.LIST_TYPE ? ['@', ...listLevels(type.type)] : [];
}
