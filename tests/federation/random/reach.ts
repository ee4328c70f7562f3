import { Kind, type SelectionSetNode } from 'graphql';
import { fieldOf, membersOf, namedOf, parseSet, typeNamed, type Field, type World } from './world.js';

/** Tests, field by field and without a planner, that every entity can be completed wherever a path leads to it. A composer
 *  overlooks some that cannot. */
export const isReachable = (world: World): boolean => new Reach(world).isComplete();

/** Says whether a subgraph may be sent a key of a type. */
export type MaySend = (subgraph: string, type: string, key: string) => boolean;

/** Coordinates that cannot be had, wherever a path leads, where some keys must not be sent. */
export const findUnreachable = (world: World, maySend: MaySend): ReadonlySet<string> =>
  new Reach(world, maySend).findMissing();

class Reach {
  private readonly closures = new Map<string, ReadonlySet<string>>();
  private readonly active = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly maySend: MaySend = () => true,
  ) {}

  isComplete = (): boolean => this.findMissing().size === 0;

  /** Fields of entities that cannot be had from somewhere a path leads. */
  findMissing(): ReadonlySet<string> {
    const missing = new Set<string>();
    const seen = new Set<string>();
    const todo: [string, string][] = ['Query', 'Mutation'].flatMap((root) =>
      this.world.subgraphs.map((subgraph): [string, string] => [subgraph, root]),
    );
    for (let next = todo.pop(); next; next = todo.pop()) {
      const [subgraph, type] = next;
      if (seen.has(next.join(' '))) continue;
      seen.add(next.join(' '));
      const isEntity = typeNamed(this.world, type)?.kind === 'entity';
      const homes = isEntity ? this.closure(subgraph, type) : new Set([subgraph]);
      for (const field of this.fieldsOf(type)) {
        if (isEntity && !this.isAvailable(subgraph, type, field)) missing.add(`${type}.${field.name}`);
        for (const home of field.in)
          if (homes.has(home)) for (const of of this.typesIn(home, namedOf(field.type))) todo.push([home, of]);
      }
    }
    return missing;
  }

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
  private closure(from: string, type: string): ReadonlySet<string> {
    const at = `${from} ${type}`;
    const known = this.closures.get(at);
    if (known) return known;
    const held = new Set([from]);
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

  private isAvailable(from: string, type: string, field: Field): boolean {
    const at = `${from} ${type} ${field.name}`;
    if (this.active.has(at)) return false;
    this.active.add(at);
    const held = this.closure(from, type);
    const mine = field.in.filter((each) => held.has(each));
    if (field.name === 'id' && [...held].some((each) => this.isFacade(each))) mine.push(from);
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

  private hasInputs(from: string, type: string, set: SelectionSetNode): boolean {
    return set.selections.every((each) => {
      if (each.kind !== Kind.FIELD) return true;
      const field = fieldOf(this.world, type, each.name.value);
      if (!field || !this.isAvailable(from, type, field)) return false;
      if (!each.selectionSet) return true;
      const below = namedOf(field.type);
      return field.in.some(
        (home) => this.closure(from, type).has(home) && this.hasInputs(home, below, each.selectionSet!),
      );
    });
  }

  /** The parts of a key, from subgraphs that hold the object. */
  private hasAll(held: readonly string[], type: string, set: SelectionSetNode): boolean {
    return set.selections.every((each) => {
      if (each.kind !== Kind.FIELD) return true;
      const field = fieldOf(this.world, type, each.name.value);
      const homes = field?.in.filter((home) => held.includes(home)) ?? [];
      if (field?.name === 'id' && held.some((home) => this.isFacade(home))) return true;
      return homes.length > 0 && (!each.selectionSet || this.hasAll(homes, namedOf(field!.type), each.selectionSet));
    });
  }
}
