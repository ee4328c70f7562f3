import { Kind, type SelectionSetNode } from 'graphql';
import type { ShareType } from '../../../shared/kernel/index.js';
import type { Consent } from '../../../shared/share/releases/release.js';
import type { Draw } from '../../model/draw.js';
import { findLosable, findUnreachable, type MaySend } from './reach.js';
import { fieldOf, meets, membersOf, namedOf, parseSet, typeNamed, type Field, type World } from './world.js';

export const NOW = 1_000_000;
const TYPES: readonly ShareType[] = ['UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED'];
/** Fields of interfaces: alike on every type behind them, so that it does not matter by which name they are asked. */
const COMMON = new Set(['i', 'j', 'jn', 'peer']);

/** An item that is sent to a subgraph, as part of a type's key or for a derived field. */
interface Sending {
  readonly use: 'KEY' | 'REQUIRES';
  readonly subgraph: string;
  readonly item: string;
  /** The type, or the derived field. */
  readonly coordinate: string;
}

/** Share rules over a drawn world, once more and slowly, from the world alone: who owns an item, who may read it, and to whom
 *  it may be sent. It reads no SDL and shares no code with the hub.
 *  @source share-rules sections 1 (rules 3, 5, 10) and 2 */
export class ShareModel {
  readonly consents: readonly Consent[];
  private readonly departments: Readonly<Record<string, string>>;
  private readonly types = new Map<string, ShareType>();
  private readonly granted = new Set<string>();
  private readonly sendings: readonly Sending[];
  private readonly unreachable: ReadonlySet<string>;
  /** The same without any consent. */
  private readonly losable: ReadonlySet<string>;

  constructor(
    readonly world: World,
    draw: Draw,
  ) {
    const { subgraphs } = world;
    this.departments = Object.fromEntries(subgraphs.map((name) => [name, draw.pick(['d0', 'd1', 'd2'])]));
    for (const at of this.items()) {
      const name = this.nameOf(at);
      if (this.types.has(name)) continue;
      const isSure = fieldOf(world, ...split(at))!.sure;
      const type = isSure || draw.chance(75) ? 'UNCONDITIONAL' : draw.chance(70) ? 'CONDITIONAL' : 'NOT_SHARED';
      this.types.set(name, type);
      if (type === 'CONDITIONAL' && draw.chance(50)) this.granted.add(name);
    }
    this.sendings = this.findSendings();
    const each = new Map(this.sendings.map((one) => [JSON.stringify({ ...one, item: this.nameOf(one.item) }), 0]));
    // Of the types behind an interface, all items are consented to or none.
    const percent = draw.pick([20, 70, 100]);
    const given = new Set([...each.keys()].filter(() => draw.chance(percent)));
    this.consents = this.sendings
      .filter((one) => given.has(JSON.stringify({ ...one, item: this.nameOf(one.item) })))
      .flatMap(({ use, subgraph, item, coordinate }) =>
        this.owners(item).map((owner): Consent => ({
          ...{
            id: `${use} ${subgraph} ${item} ${coordinate} ${owner}`,
            item,
            owner,
            use,
            coordinate,
            purpose: 'a purpose',
          },
          ...{ receiver: this.departments[subgraph]!, receiverSubgraph: subgraph, until: NOW + 1 },
        })),
      );
    const allParts =
      (maySend: (sending: Sending) => boolean): MaySend =>
      (subgraph, type, key) =>
        [...this.read(type, parseSet(key))].every((item) => maySend({ use: 'KEY', subgraph, item, coordinate: type }));
    this.unreachable = findUnreachable(world, allParts(this.maySend));
    this.losable = findLosable(
      world,
      allParts((sending) => this.isFree(sending)),
    );
  }

  /** By subgraph. */
  get publishers(): ReadonlyMap<string, readonly string[]> {
    return new Map(Object.entries(this.departments).map(([name, department]) => [name, [department]]));
  }
  /** Items that the asking department has a grant for. */
  get grants(): readonly string[] {
    return this.items().filter((at) => this.granted.has(this.nameOf(at)));
  }
  /** For the account of a failure. */
  describe(): Readonly<Record<'departments' | 'grants' | 'consents', string>> {
    const types = [...this.types].filter(([, type]) => type !== 'UNCONDITIONAL');
    return {
      departments: JSON.stringify([this.departments, Object.fromEntries(types)]),
      grants: `granted ${[...this.granted].join(' ')}`,
      consents: `consents ${this.consents.map(({ id }) => id).join(', ')}`,
    };
  }

  shareType = (at: string): ShareType => this.types.get(this.nameOf(at)) ?? 'UNCONDITIONAL';

  /** Codes with one of which an item is refused to the asking department; empty for one that it may read. */
  refusals(at: string): ReadonlySet<string> {
    const codes = new Set<string>();
    for (const need of [at, ...this.computedFrom(at)]) {
      const type = this.shareType(need);
      if (type === 'NOT_SHARED') codes.add('NOT_SHARED');
      if (type === 'CONDITIONAL' && !this.granted.has(this.nameOf(need))) codes.add('GRANT_REQUIRED');
    }
    if (this.isStopped(at)) codes.add('RELEASE_NOT_CONSENTED');
    return codes;
  }

  /** True for an item that perhaps cannot be fetched, since a key must not be sent or an input is not there. */
  mayBeUnreachable = (at: string): boolean => this.unreachable.has(at);

  /** Tests that an item may stand in a representation that a subgraph gets, asked for these fields of a type. */
  mayArrive(subgraph: string, type: string, asked: ReadonlySet<string>, item: string): boolean {
    return this.sendings.some(
      (one) =>
        one.subgraph === subgraph &&
        one.item === item &&
        (one.use === 'KEY' ? this.formsOf(type).has(one.coordinate) : this.isAskedFor(one.coordinate, type, asked)) &&
        this.maySend(one),
    );
  }

  private isAskedFor(derived: string, type: string, asked: ReadonlySet<string>): boolean {
    const [of, name] = split(derived);
    return this.formsOf(type).has(of) && asked.has(name);
  }

  /** A type, the interfaces above it, and the types behind it. */
  private formsOf(type: string): Set<string> {
    const above = this.world.interfaces.filter(({ name }) => membersOf(this.world, name).includes(type));
    return new Set([type, ...above.map(({ name }) => name), ...membersOf(this.world, type)]);
  }

  /** Owners of an item: who resolves it first-hand. One that replaces another stands in its place. */
  private owners(at: string): readonly string[] {
    const field = fieldOf(this.world, ...split(at))!;
    const sources = field.overridden === undefined ? field.in : [field.overridden];
    return [...new Set(sources.map((subgraph) => this.departments[subgraph]!))];
  }

  /** True for an item that nobody is refused, whatever is consented to. */
  isSure(at: string): boolean {
    const rests = (each: string): boolean =>
      this.isServedForOthers(each) || this.inputsOf(each).some((one) => !this.isFree(one) || rests(one.item));
    return this.strictest(at) === 'UNCONDITIONAL' && !rests(at) && !this.losable.has(at);
  }

  private isServedForOthers(at: string): boolean {
    const { in: homes, overridden, provides } = fieldOf(this.world, ...split(at))!;
    const all = overridden === undefined ? homes : [...homes, overridden];
    return provides !== undefined || new Set(all.map((subgraph) => this.departments[subgraph])).size > 1;
  }

  private maySend = (sending: Sending): boolean =>
    this.isFree(sending) || this.hasConsent(sending.use, sending.subgraph, sending.item, sending.coordinate);

  private isFree({ use, subgraph, item }: Sending): boolean {
    // Every `id` is the identifier of a record's subject.
    if (item.endsWith('.id')) return true;
    if (use === 'REQUIRES' && this.strictest(item) === 'UNCONDITIONAL') return true;
    return this.owners(item).every((owner) => owner === this.departments[subgraph]);
  }

  private hasConsent = (use: string, subgraph: string, item: string, coordinate: string): boolean =>
    this.consents.some(
      (each) =>
        each.use === use && each.receiverSubgraph === subgraph && each.item === item && each.coordinate === coordinate,
    );

  /** True where an input of it must not be sent, through chains. */
  private isStopped(at: string, above: readonly string[] = []): boolean {
    if (above.includes(at)) return false;
    return this.inputsOf(at).some((one) => !this.maySend(one) || this.isStopped(one.item, [...above, at]));
  }

  private strictest = (at: string): ShareType => {
    const all = [at, ...this.computedFrom(at)].map((each) => this.shareType(each));
    return TYPES.findLast((type) => all.includes(type))!;
  };

  /** Everything that an item is computed from without its owner's consent. */
  private computedFrom(at: string): Set<string> {
    const found = new Set<string>();
    const visit = (derived: string, isOpen: boolean): void => {
      for (const { item, subgraph, coordinate } of this.inputsOf(derived)) {
        if (this.hasConsent('REQUIRES', subgraph, item, coordinate)) visit(item, false);
        else if (!found.has(item)) {
          found.add(item);
          visit(item, isOpen);
        }
      }
    };
    visit(at, true);
    return found;
  }

  private inputsOf = (at: string): readonly Sending[] => {
    const [type, name] = split(at);
    return this.sendings.filter(({ use, coordinate }) => {
      const [of, field] = split(coordinate);
      return use === 'REQUIRES' && field === name && (of === type || membersOf(this.world, of).includes(type));
    });
  };

  private findSendings(): Sending[] {
    const { types, interfaces } = this.world;
    const sendings: Sending[] = [];
    const add = (use: Sending['use'], subgraph: string, type: string, set: string, coordinate: string) => {
      for (const item of this.read(type, parseSet(set))) sendings.push({ use, subgraph, item, coordinate });
    };
    const addInputs = (type: string, fields: readonly Field[]) => {
      for (const { name, requires, in: homes } of fields)
        if (requires !== undefined) add('REQUIRES', homes[0]!, type, requires, `${type}.${name}`);
    };
    for (const { name, keys, fields } of types) {
      for (const [subgraph, own] of Object.entries(keys))
        for (const { text, resolvable } of own) if (resolvable) add('KEY', subgraph, name, text, name);
      addInputs(name, fields);
    }
    for (const { name, added, objectIn } of interfaces) {
      for (const subgraph of objectIn) add('KEY', subgraph, name, 'id', name);
      addInputs(name, added);
    }
    return sendings;
  }

  /** Items that a set of fields reads. */
  read(type: string, set: SelectionSetNode): Set<string> {
    const objects = typeNamed(this.world, type) ? [type] : membersOf(this.world, type);
    const items = new Set<string>();
    for (const each of set.selections) {
      if (each.kind === Kind.INLINE_FRAGMENT)
        for (const object of objects)
          if (meets(this.world, object, each.typeCondition?.name.value))
            for (const item of this.read(object, each.selectionSet)) items.add(item);
      if (each.kind !== Kind.FIELD) continue;
      for (const object of objects) {
        const field = fieldOf(this.world, object, each.name.value);
        if (!field) continue;
        items.add(`${object}.${field.name}`);
        if (each.selectionSet) for (const below of this.read(namedOf(field.type), each.selectionSet)) items.add(below);
      }
    }
    return items;
  }

  /** Every item, under each of its names. */
  private items(): string[] {
    const { types, interfaces } = this.world;
    return [...types, ...interfaces.map(({ name, added }) => ({ name, fields: added }))].flatMap(({ name, fields }) =>
      fields.map((field) => `${name}.${field.name}`),
    );
  }

  private nameOf(at: string): string {
    const [type, name] = split(at);
    if (COMMON.has(name)) return name;
    const above = this.world.interfaces.find(
      (each) =>
        (each.name === type || membersOf(this.world, each.name).includes(type)) &&
        each.added.some((field) => field.name === name),
    );
    return above ? `${above.name}.${name}` : at;
  }
}

export const split = (at: string): [string, string] => at.split('.') as [string, string];
