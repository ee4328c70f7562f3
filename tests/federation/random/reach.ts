import { Kind, type SelectionSetNode } from 'graphql';
import { fieldOf, meets, membersOf, namedOf, parseSet, settle, typeNamed, type Field, type World } from './world.js';

/** Tests, field by field and without a planner, that every entity can be completed wherever a path leads to it. A composer
 *  overlooks some that cannot. */
export const isReachable = (world: World): boolean =>
  statesOf(world).every((state) => new Reach(state).findMissing().size === 0);

/** Says whether a subgraph may be sent a key of a type. */
export type MaySend = (subgraph: string, type: string, key: string) => boolean;

/** Coordinates that cannot be had from somewhere a path leads, where some keys must not be sent. */
export const findUnreachable = (world: World, maySend: MaySend): ReadonlySet<string> =>
  union(statesOf(world).map((state) => new Reach(state, maySend).findMissing()));

/** Coordinates that perhaps cannot be had from somewhere, where these keys may always be sent and the others sometimes. */
export const findLosable = (world: World, mayAlwaysSend: MaySend): ReadonlySet<string> =>
  union(statesOf(world).map((state) => new Reach(state, mayAlwaysSend).findMissing(new Reach(state))));

/** The world before and after its fields have moved. */
const statesOf = (world: World): readonly World[] =>
  world.label === undefined ? [world] : [settle(world, false), settle(world, true)];

const union = (sets: readonly ReadonlySet<string>[]): ReadonlySet<string> => new Set(sets.flatMap((each) => [...each]));

/** Objects of a type, as some subgraphs hold them. */
interface Place {
  readonly held: readonly string[];
  readonly type: string;
}

class Reach {
  private readonly closures = new Map<string, ReadonlySet<string>>();
  private readonly active = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly maySend: MaySend = () => true,
  ) {}

  /** Fields that cannot be had from somewhere a path leads.
   *  @param open  where more may be sent: each place that it leads to is looked at by itself */
  findMissing(open?: Reach): ReadonlySet<string> {
    const missing = new Set<string>();
    const seen = new Set<string>();
    const todo: Place[] = ['Query', 'Mutation'].map((type) => ({ held: this.world.subgraphs, type }));
    for (let next = todo.pop(); next; next = todo.pop()) {
      const { held, type } = next;
      const place = `${held.join()} ${type}`;
      if (seen.has(place)) continue;
      seen.add(place);
      const homes = (open ?? this).homesOf(next);
      for (const field of this.fieldsOf(type)) {
        if (!this.isAvailable(held, type, field)) missing.add(`${type}.${field.name}`);
        const below = Map.groupBy(
          field.in
            .filter((home) => homes.has(home))
            .flatMap((home) => this.typesIn(home, namedOf(field.type)).map((of) => ({ home, of }))),
          ({ of }) => of,
        );
        for (const [of, all] of below)
          if (open) all.forEach(({ home }) => todo.push({ held: [home], type: of }));
          else todo.push({ held: all.map(({ home }) => home), type: of });
      }
    }
    return missing;
  }

  /** Subgraphs in which the objects of a place can be held. */
  private homesOf = ({ held, type }: Place): ReadonlySet<string> =>
    typeNamed(this.world, type)?.kind === 'entity' ? this.closure(held, type) : new Set(held);

  private fieldsOf(type: string): readonly Field[] {
    const added = this.world.interfaces.flatMap((each) =>
      membersOf(this.world, each.name).includes(type) ? each.added : [],
    );
    return [...(typeNamed(this.world, type)?.fields ?? []), ...added];
  }

  private typesIn(subgraph: string, type: string): string[] {
    if (typeNamed(this.world, type)) return [type];
    const own = membersOf(this.world, type, subgraph);
    return own.length > 0 ? own : membersOf(this.world, type);
  }

  /** Subgraphs in which an object can be held that one of them holds. */
  private closure(from: readonly string[], type: string): ReadonlySet<string> {
    const at = `${from.join()} ${type}`;
    const known = this.closures.get(at);
    if (known) return known;
    const held = new Set(from);
    this.closures.set(at, held);
    for (let size = 0; size !== held.size;) {
      size = held.size;
      for (const subgraph of this.world.subgraphs) {
        const keys = this.keysIn(subgraph, type);
        if (keys.some((key) => this.hasAll([...held], type, parseSet(key)))) held.add(subgraph);
      }
    }
    return held;
  }

  private keysIn(subgraph: string, type: string): string[] {
    const own =
      typeNamed(this.world, type)?.keys[subgraph]?.flatMap((key) =>
        key.resolvable && this.maySend(subgraph, type, key.text) ? [key.text] : [],
      ) ?? [];
    const isObject = this.world.interfaces.some(
      (each) => each.objectIn.includes(subgraph) && membersOf(this.world, each.name).includes(type),
    );
    return isObject ? [...own, 'id'] : own;
  }

  private isFacade = (subgraph: string) => this.world.interfaces.some(({ objectIn }) => objectIn.includes(subgraph));

  private isAvailable(from: readonly string[], type: string, field: Field): boolean {
    const at = `${from.join()} ${type} ${field.name}`;
    if (this.active.has(at)) return false;
    this.active.add(at);
    const held = this.homesOf({ held: from, type });
    const mine = field.in.filter((each) => held.has(each));
    if (field.name === 'id' && [...held].some((each) => this.isFacade(each))) mine.push(...from);
    const { requires } = field;
    // Inputs are sent by an entity call, also to the subgraph that holds the object.
    const works =
      mine.length > 0 &&
      (requires === undefined ||
        (mine.some((each) => this.keysIn(each, type).some((key) => this.hasAll([...held], type, parseSet(key)))) &&
          this.hasInputs(from, type, parseSet(requires))));
    this.active.delete(at);
    return works;
  }

  private hasInputs(from: readonly string[], type: string, set: SelectionSetNode): boolean {
    if (!typeNamed(this.world, type))
      return membersOf(this.world, type).every((each) => {
        const homes = from.filter((home) => this.typesIn(home, type).includes(each));
        return homes.length === 0 || this.hasInputs(homes, each, set);
      });
    return set.selections.every((each) => {
      if (each.kind === Kind.INLINE_FRAGMENT)
        return (
          !meets(this.world, type, each.typeCondition?.name.value) || this.hasInputs(from, type, each.selectionSet)
        );
      if (each.kind !== Kind.FIELD) return true;
      const field = fieldOf(this.world, type, each.name.value);
      if (!field || !this.isAvailable(from, type, field)) return false;
      if (!each.selectionSet) return true;
      const below = namedOf(field.type);
      const homes = field.in.filter((home) => this.homesOf({ held: from, type }).has(home));
      return homes.length > 0 && this.hasInputs(homes, below, each.selectionSet);
    });
  }

  /** The parts of a key, from subgraphs that hold the object. */
  private hasAll(held: readonly string[], type: string, set: SelectionSetNode): boolean {
    return set.selections.every((each) => {
      if (each.kind !== Kind.FIELD || each.name.value === '__typename') return true;
      const field = fieldOf(this.world, type, each.name.value);
      const homes = field?.in.filter((home) => held.includes(home)) ?? [];
      if (field?.name === 'id' && held.some((home) => this.isFacade(home))) return true;
      return homes.length > 0 && (!each.selectionSet || this.hasAll(homes, namedOf(field!.type), each.selectionSet));
    });
  }
}
