import { Kind, type FieldNode, type SelectionNode, type SelectionSetNode, type ValueNode } from 'graphql';
import { USE_MODES, type Grant, type ShareType, type UseMode } from '../../shared/kernel/index.js';
import type { Argument, Entity, LinkField, TextField, Uses, World } from './world.js';

/** The decision of share-rules.md, sections 1 and 2, written once more: slow, without a cache, from the contract alone.
 *  It shares no code with the share index or the gateway; where the two differ, one of them is wrong. */

export interface Caller {
  readonly department: string;
  readonly scenario: string | undefined;
  /** OpenID subject and posts with a `*` before; none for a system by itself. */
  readonly persons: readonly string[];
  readonly grants: readonly Grant[];
  readonly now: number;
}
/** A field as requested somewhere in an operation. */
export interface Request {
  readonly node: FieldNode;
  readonly coordinate: string;
  readonly parent: Request | undefined;
  readonly variables: Variables;
  /** Left out by a condition on it or above it; nothing is decided on it. */
  readonly skipped: boolean;
}
export type Variables = Readonly<Record<string, unknown>>;
/** How an item may be given. */
interface Way {
  readonly rows?: readonly string[];
  readonly masked?: true;
}
/** Refused with one of these codes, or given in this way. */
type Judgement = { readonly codes: readonly string[] } | { readonly way: Way };

export interface Decided {
  /** Codes that a refusal may have, by request; what lies under a refused request is not in it. */
  readonly refused: ReadonlyMap<Request, readonly string[]>;
  readonly scopes: Readonly<Record<string, readonly string[]>>;
  readonly rows: Readonly<Record<string, readonly string[]>>;
  readonly masks: Readonly<Record<string, string>>;
}

const STRICTNESS: readonly ShareType[] = ['UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED'];
const strictest = (types: readonly (ShareType | undefined)[]): ShareType | undefined =>
  STRICTNESS.filter((type) => types.includes(type)).at(-1);

export class Model {
  constructor(readonly world: World) {}

  // --- what there is

  entity = (name: string): Entity | undefined => this.world.entities.find((one) => one.name === name);
  text = (at: string): TextField | undefined => this.entity(typeOf(at))?.texts.find(({ name }) => name === fieldOf(at));
  link = (at: string): LinkField | undefined =>
    (typeOf(at) === 'Query' ? this.world.roots : this.entity(typeOf(at))?.links)?.find(
      ({ name }) => name === fieldOf(at),
    );
  private shared = (at: string) =>
    this.world.interface && typeOf(at) === this.world.interface.name
      ? this.world.interface.fields.find(({ name }) => name === fieldOf(at))
      : undefined;
  isMember = (entity: string): boolean => this.world.interface?.members.includes(entity) ?? false;
  argument = (at: string, name: string): Argument | undefined =>
    (this.text(at) ?? this.link(at) ?? this.shared(at))?.args.find((arg) => arg.name === name);

  /** The type that a field leads to; undefined where it holds a value. */
  target(at: string): string | undefined {
    return this.link(at)?.to;
  }

  // --- section 1: what the catalogue says

  /** Share type of an item alone. Rule 1: none is not shared. Rules 3 and 4: the strictest of all that is said. */
  ownType(at: string): ShareType {
    const { interface: shared } = this.world;
    const entity = this.entity(typeOf(at));
    const text = this.text(at);
    const link = this.link(at);
    const input = this.inputShare(at);
    if (input) return input;
    if (text && entity) {
      const said = strictest([
        text.share ?? entity.typeShare[text.home],
        text.copy && (text.copy.share ?? entity.typeShare[text.copy.home]),
      ]);
      const above = this.isMember(entity.name) ? shared!.fields.find(({ name }) => name === text.name) : undefined;
      return (said && strictest([said, above && (above.share ?? shared!.typeShare)])) ?? 'NOT_SHARED';
    }
    if (link)
      return link.share ?? (entity ? entity.typeShare[link.home] : this.world.rootShare[link.home]) ?? 'NOT_SHARED';
    if (fieldOf(at) === 'id' && entity) {
      // Other subgraphs only refer to it; the interface says that its key is open.
      return entity.typeShare[entity.owner] ?? 'NOT_SHARED';
    }
    if (entity && fieldOf(at).startsWith('v_')) return 'UNCONDITIONAL';
    if (shared && at === `${shared.name}.io`) return shared.facade!.share ?? shared.facade!.typeShare ?? 'NOT_SHARED';
    // A plain interface field says nothing that its implementations do not say; so does a member's `io`.
    if (shared && typeOf(at) === shared.name) return 'UNCONDITIONAL';
    if (fieldOf(at) === 'io') return 'UNCONDITIONAL';
    throw new Error(`the world has no ${at}`);
  }

  /** Share type of an argument, an input field or an enum value, where it has one. */
  private inputShare(at: string): ShareType | undefined {
    const input = this.world.inputs.find(({ home }) => typeOf(at) === `W_${home}` || typeOf(at) === `O_${home}`);
    if (input)
      return typeOf(at).startsWith('W_')
        ? fieldOf(at) === 'q'
          ? input.share
          : undefined
        : fieldOf(at) === 'B'
          ? input.enumShare
          : undefined;
    if (typeOf(at) === this.world.enum?.name) return fieldOf(at) === 'V1' ? this.world.enum.share : undefined;
    const argument = /^(.*)\((.*):\)$/.exec(at);
    return argument ? this.argument(argument[1]!, argument[2]!)?.share : undefined;
  }

  /** Department that alone answers for an item. */
  private owner(at: string): string | undefined {
    const argument = /^(.*)\(.*:\)$/.exec(at)?.[1];
    if (argument !== undefined) return this.shared(argument) ? this.world.interface!.home : this.owner(argument);
    const entity = this.entity(typeOf(at));
    if (entity && fieldOf(at) === 'id') return entity.owner;
    if (at === `${this.world.interface?.name}.io`) return this.world.interface!.facade!.home;
    if (typeOf(at) === this.world.enum?.name) return this.world.enum.home;
    return (
      (this.text(at) ?? this.link(at))?.home ??
      this.world.inputs.find(({ home }) => typeOf(at).endsWith(`_${home}`))?.home
    );
  }

  /** Rule 3: the same item on other types. */
  private forms(at: string): string[] {
    const { interface: shared } = this.world;
    if (!shared || at.includes('(')) return [];
    if (typeOf(at) === shared.name)
      return fieldOf(at) === 'io' ? [] : shared.members.map((member) => `${member}.${fieldOf(at)}`);
    return fieldOf(at) === 'io' ? [`${shared.name}.io`] : [];
  }

  private requires(at: string): string[] {
    return (this.text(at)?.requires ?? []).map((name) => `${typeOf(at)}.${name}`);
  }

  /** Rule 5: what an item is computed from without the owner's consent. */
  private inputs(at: string): string[] {
    const open = (from: string): string[] =>
      this.consents(from, at)
        ? this.requires(from)
            .filter((behind) => !this.consents(behind, from))
            .flatMap(open)
        : [from];
    return this.requires(at).flatMap(open);
  }

  private consents(required: string, derived: string): boolean {
    return this.text(required)!.derivable.includes(fieldOf(derived));
  }

  /** The item and everything else that its release depends on. */
  needs(at: string): Set<string> {
    const values = this.text(at)?.isEnum && this.world.enum?.share ? [`${this.world.enum.name}.V1`] : [];
    return new Set([
      at,
      ...values,
      ...[...this.forms(at), ...this.inputs(at)].flatMap((next) => [...this.needs(next)]),
    ]);
  }

  /** Of those, what it is computed from. */
  private computedFrom(at: string): Set<string> {
    return new Set(this.inputs(at).flatMap((input) => [...this.needs(input)]));
  }

  /** What it is computed from, with or without consent. */
  allInputs(at: string): Set<string> {
    return new Set(this.requires(at).flatMap((input) => [input, ...this.allInputs(input)]));
  }

  // --- what a request uses through its arguments

  /** Uses, `MODE Type.field`. */
  private uses({ node, coordinate, variables }: Request): Set<string> {
    const used = new Set<string>();
    const add = ({ QUERY, VERIFY, STATISTICS }: Uses) => {
      for (const item of QUERY) used.add(`QUERY ${item}`);
      for (const item of VERIFY) used.add(`VERIFY ${item}`);
      for (const item of STATISTICS) used.add(`STATISTICS ${item}`);
    };
    for (const { name, value } of node.arguments ?? []) {
      const given = valueOf(value, variables);
      if (given === undefined) continue;
      const forms = [coordinate, ...this.forms(coordinate), ...this.above(coordinate)];
      for (const form of forms) {
        const argument = this.argument(form, name.value);
        if (argument) add(argument.uses);
        if (argument?.share) used.add(`QUERY ${form}(${name.value}:)`);
      }
      this.mentions(given, this.argument(coordinate, name.value)!.type, used, add);
    }
    // To compare or count what is computed is to compare or count what it is computed from.
    return new Set([...used].flatMap((use) => [...this.needs(itemOf(use))].map((need) => `${modeOf(use)} ${need}`)));
  }

  /** The interface field that an implementation's field stands for. */
  private above(at: string): string[] {
    const { interface: shared } = this.world;
    const isAbove = shared && this.isMember(typeOf(at)) && shared.fields.some(({ name }) => name === fieldOf(at));
    return isAbove ? [`${shared.name}.${fieldOf(at)}`] : [];
  }

  private mentions(value: unknown, type: string, used: Set<string>, add: (uses: Uses) => void): void {
    const named = type.replace(/[[\]!]/g, '');
    if (Array.isArray(value)) return value.forEach((entry) => this.mentions(entry, named, used, add));
    const home = named.slice(2);
    const input = this.world.inputs.find((one) => one.home === home)!;
    if (named.startsWith('O_') && typeof value === 'string') {
      if (this.inputShare(`${named}.${value}`)) used.add(`QUERY ${named}.${value}`);
      if (value === 'C') add({ QUERY: [], VERIFY: [], STATISTICS: input.counted });
    }
    if (!named.startsWith('W_') || typeof value !== 'object' || value === null) return;
    for (const [field, entry] of Object.entries(value)) {
      if (field === 'p') add(input.uses);
      if (this.inputShare(`${named}.${field}`)) used.add(`QUERY ${named}.${field}`);
      this.mentions(entry, field === 'and' ? `[${named}]` : field === 'o' ? `O_${home}` : 'String', used, add);
    }
  }

  // --- section 2: what a caller may have

  private judge(use: string, { department, scenario, persons, grants, now }: Caller): Judgement {
    const [at, mode] = [itemOf(use), modeOf(use)];
    const type = this.ownType(at);
    if (type === 'UNCONDITIONAL' || this.owner(at) === department) return { way: {} };
    // A value that is not shared is refused whatever it is for.
    const isValue = type === 'NOT_SHARED' && mode === 'QUERY';
    if (!isValue && scenario === undefined) return { codes: ['PURPOSE_REQUIRED'] };
    const gives = (grant: Grant) =>
      grant.mode === 'QUERY' ? type === 'CONDITIONAL' || grant.coordination : grant.mode === mode;
    const mine = grants.filter(
      (grant) =>
        grant.department === department &&
        grant.scenario === scenario &&
        gives(grant) &&
        (grant.coordinates as readonly string[]).includes(at) &&
        !(at in (grant.identities ?? {})),
    );
    // A grant to compare or count gives no value that could be de-identified.
    const isMasked = (grant: Grant) => grant.mode === 'QUERY' && at in (grant.masks ?? {});
    const begun = mine.filter((grant) => !grant.suspended && grant.from <= now && now < grant.until);
    const live = begun.filter((grant) => grant.persons?.some((one) => persons.includes(one)) ?? true);
    const usable = live.filter((grant) => !grant.rows || this.narrowable(at));
    for (const masked of [false, true]) {
      const alike = usable.filter((grant) => isMasked(grant) === masked);
      const mask = masked ? ({ masked } as const) : {};
      if (alike.some((grant) => !grant.rows)) return { way: mask };
      if (alike.length > 0) return { way: { ...mask, rows: [...new Set(alike.flatMap((grant) => grant.rows!))] } };
    }
    if (live.length > 0) return { codes: ['OUT_OF_SCOPE'] };
    if (begun.length > 0) return { codes: ['PERSON_NOT_AUTHORISED'] };
    if (mine.some((grant) => grant.suspended && now < grant.until)) return { codes: ['GRANT_SUSPENDED'] };
    if (mine.some((grant) => grant.until <= now)) return { codes: ['GRANT_EXPIRED'] };
    return { codes: [isValue ? 'NOT_SHARED' : 'GRANT_REQUIRED'] };
  }

  /** Rows can be cut where every subgraph that has the item has the record's division too. */
  private narrowable(at: string): boolean {
    const entity = this.entity(typeOf(at));
    const text = this.text(at);
    const homes = text ? [text.home, ...(text.copy ? [text.copy.home] : [])] : [this.owner(at)];
    return entity !== undefined && fieldOf(at) !== 'io' && homes.every((home) => entity.scopedIn.has(home!));
  }

  /** One request by itself: refused, or the ways in which everything it reads is given. */
  private settle(request: Request, caller: Caller): { codes: readonly string[] } | { ways: ReadonlyMap<string, Way> } {
    const given = this.needs(request.coordinate);
    const uses = this.uses(request);
    const ways = new Map<string, Way>();
    const codes = new Set<string>();
    for (const use of new Set([...[...given].map((item) => `QUERY ${item}`), ...uses])) {
      const judgement = this.judge(use, caller);
      if ('way' in judgement) ways.set(use, judgement.way);
      else for (const code of judgement.codes) codes.add(code);
    }
    if (codes.size > 0) return { codes: [...codes] };
    for (const [use, { rows, masked }] of ways) {
      const item = modeOf(use) === 'QUERY' ? itemOf(use) : undefined;
      const computed = [...given].filter((other) => item !== undefined && this.computedFrom(other).has(item));
      if (masked && (uses.has(use) || computed.length > 0)) codes.add('GRANT_REQUIRED');
      if (rows && computed.some((other) => !this.narrowable(other))) codes.add('OUT_OF_SCOPE');
    }
    return codes.size > 0 ? { codes: [...codes] } : { ways };
  }

  /** A whole operation. */
  decide(requests: readonly Request[], caller: Caller): Decided {
    const refused = new Map<Request, readonly string[]>();
    const isClosed = (request: Request | undefined): boolean =>
      request !== undefined && (refused.has(request) || isClosed(request.parent));
    const allowed = new Map<Request, ReadonlyMap<string, Way>>();
    for (const request of requests) {
      if (request.skipped || isClosed(request)) continue;
      const settled = this.settle(request, caller);
      if ('codes' in settled) refused.set(request, settled.codes);
      else allowed.set(request, settled.ways);
    }
    // An item is fetched once: it cannot be cut or hidden for one request and whole for another's computation.
    const open = [...allowed.keys()];
    for (const request of open) {
      const isCut = [...this.needs(request.coordinate)].some((item) => {
        const { rows, masked } = allowed.get(request)!.get(`QUERY ${item}`)!;
        return open.some((other) =>
          [...this.needs(other.coordinate)].some((derived) => {
            if (!this.allInputs(derived).has(item)) return false;
            return this.computedFrom(derived).has(item) ? masked : masked || rows;
          }),
        );
      });
      if (isCut) refused.set(request, ['OUT_OF_SCOPE']);
    }
    for (const request of [...refused.keys()]) if (isClosed(request.parent)) refused.delete(request);
    return {
      refused,
      ...this.limits(
        open.filter((request) => !isClosed(request)),
        allowed,
      ),
    };
  }

  private limits(
    requests: readonly Request[],
    allowed: ReadonlyMap<Request, ReadonlyMap<string, Way>>,
  ): Omit<Decided, 'refused'> {
    const scopes: Record<string, readonly string[]> = {};
    const cuts: Record<string, readonly string[]> = {};
    const masks: Record<string, string> = {};
    const cut = (record: Record<string, readonly string[]>, at: string, rows: readonly string[]) => {
      record[at] = (record[at] ? both(record[at], rows) : rows).toSorted();
    };
    for (const request of requests) {
      const given = this.needs(request.coordinate);
      const uses = this.uses(request);
      for (const [use, { rows, masked }] of allowed.get(request)!) {
        const item = itemOf(use);
        const isGiven = modeOf(use) === 'QUERY' && given.has(item);
        if (masked && isGiven) masks[item] = 'NAME';
        if (rows && uses.has(use)) cut(cuts, typeOf(item), rows);
        if (!rows || !isGiven) continue;
        cut(scopes, item, rows);
        for (const other of given) if (this.computedFrom(other).has(item)) cut(scopes, other, rows);
      }
    }
    return { scopes, rows: cuts, masks };
  }

  // --- reading an operation

  /** Every requested field of a selection set, parents before children, whatever conditions stand on it.
   *  @param above  the set itself is left out */
  requests(
    set: SelectionSetNode,
    type: string,
    fragments: ReadonlyMap<string, { type: string; set: SelectionSetNode }>,
    variables: Variables,
    parent?: Request,
    above = false,
  ): Request[] {
    return set.selections.flatMap((selection): Request[] => {
      const skipped = above || !takesPart(selection, variables);
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value === '__typename') return [];
        const request = { node: selection, coordinate: `${type}.${selection.name.value}`, parent, variables, skipped };
        const below = selection.selectionSet
          ? this.requests(
              selection.selectionSet,
              this.target(request.coordinate)!,
              fragments,
              variables,
              request,
              skipped,
            )
          : [];
        return [request, ...below];
      }
      const spread = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value)! : undefined;
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : undefined;
      return this.requests(
        spread?.set ?? inner!.selectionSet,
        spread?.type ?? inner!.typeCondition?.name.value ?? type,
        fragments,
        variables,
        parent,
        skipped,
      );
    });
  }
}

/** True for a selection that its own conditions leave in. */
export function takesPart({ directives = [] }: SelectionNode, variables: Variables): boolean {
  return directives.every(({ name, arguments: args = [] }) => {
    const value = args[0]!.value;
    const isTrue =
      value.kind === Kind.VARIABLE ? variables[value.name.value] === true : value.kind === Kind.BOOLEAN && value.value;
    return name.value === 'skip' ? !isTrue : isTrue;
  });
}

const modeOf = (use: string): UseMode => USE_MODES.find((mode) => use.startsWith(`${mode} `))!;
const itemOf = (use: string): string => use.slice(use.indexOf(' ') + 1);
const typeOf = (at: string): string => at.slice(0, at.indexOf('.'));
const fieldOf = (at: string): string => at.slice(at.indexOf('.') + 1);
const both = (a: readonly string[], b: readonly string[]): string[] => [
  ...new Set(a.flatMap((x) => b.flatMap((y) => (x.startsWith(y) ? [x] : y.startsWith(x) ? [y] : [])))),
];

/** A literal with its variables put in; undefined where nothing is given. */
export function valueOf(node: ValueNode, variables: Variables): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return Object.hasOwn(variables, node.name.value) ? variables[node.name.value] : undefined;
    case Kind.LIST:
      return node.values.map((value) => valueOf(value, variables) ?? null);
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.flatMap(({ name, value }) => {
          const given = valueOf(value, variables);
          return given === undefined ? [] : [[name.value, given]];
        }),
      );
    case Kind.NULL:
      return null;
    default:
      return 'value' in node ? node.value : undefined;
  }
}
