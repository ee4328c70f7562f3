import {
  isObjectType,
  Kind,
  OperationTypeNode,
  print,
  visit,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Path } from '../plan/fetch-group.js';
import type { BatchFetchNode, EntityCallNode, InternalPart, RequiresSelection } from '../plan/query-plan.js';
import type { LeftParts } from './ask-again.js';
import { compileTargets } from './compile-targets.js';
import type { ExecutionState } from './execution-state.js';
import { Failure } from './failure.js';
import { isBranch, type Json } from './fetch-shape.js';
import type { CompiledFetch } from './fetch-step.js';
import type { PlanContext, Step } from './plan-context.js';
import { compileRepresentation, Representations } from './representation.js';

/** Compiles a request for entities of which only some objects at its paths are meant.
 *  @param isMeant  by the response key of the call */
export type CompileRows = (
  node: BatchFetchNode,
  plan: PlanContext,
  isMeant: ReadonlyMap<string, (object: Json) => boolean>,
) => Step;

/** The place in the data of a root field of a fetch. */
export interface Base {
  readonly path: Path;
  /** Present where it is a call for entities. */
  readonly call: Pick<EntityCallNode, 'requires' | 'sentAs'> | undefined;
}

/** A part of a fetch as a field of the records that it can be asked of one by one. */
interface RowPart {
  readonly path: Path;
  readonly requires: readonly RequiresSelection[];
  readonly sentAs: string | undefined;
  readonly set: SelectionSetNode;
  /** Number of records that lack it, and of the places where they stand. */
  readonly countLacking: (data: Json) => { readonly records: number; readonly places: number };
  readonly isLacking: (object: Json) => boolean;
}

/** Texts kept of the requests for some parts. */
const KEPT_TEXTS = 16;

/** Asks for parts that were left out of a fetch once more, of each record by itself: an input that must not be null and fails in
 *  one record of a list takes the list along, and with it the inputs of all others. */
export class AskRows {
  private readonly known = new Map<InternalPart, RowPart | undefined>();
  private readonly kept = new LRUCache<string, Step>({ max: KEPT_TEXTS });

  /** @param baseOf  by the first step of a part */
  constructor(
    private readonly fetch: CompiledFetch,
    private readonly plan: PlanContext,
    private readonly baseOf: (step: string) => Base,
    private readonly compileRows: CompileRows,
  ) {}

  /** Fills in what more records lack than are known to fail. */
  async ask(state: ExecutionState, { parts, counts }: LeftParts): Promise<void> {
    const whole = parts.filter(({ path }) => !parts.some((other) => isAbove(other.path, path)));
    const rows = whole.flatMap((part) => {
      const row = this.rowOf(part);
      const lacking = row?.countLacking(state.data);
      if (!row || !lacking || lacking.places === 0) return [];
      // One record may stand at several places, and fail at some of them only because another fails beside it.
      const known = counts.get(part) ?? 0;
      return [{ part, row, fails: known >= lacking.places || (known > 0 && lacking.records === 1) }];
    });
    // A jump of which a part fails wherever it is lacking is made for no record.
    const hopeless = new Set(rows.flatMap(({ part, fails }) => (fails ? part.needs : [])));
    const asked = rows.filter(({ part, fails }) => !fails && part.needs.some((need) => !hopeless.has(need)));
    if (asked.length === 0) return;
    const name = asked.map(({ part }) => part.path.join('.')).join();
    const known = this.kept.get(name);
    const step = known ?? this.compile(asked.map(({ row }) => row));
    if (!known) this.kept.set(name, step);
    await step(state);
  }

  private rowOf(part: InternalPart): RowPart | undefined {
    if (!this.known.has(part)) this.known.set(part, this.findRow(part));
    return this.known.get(part);
  }

  /** The nearest record around a part whose key the fetch brings, or the entity that it is fetched for. */
  private findRow({ path: steps }: InternalPart): RowPart | undefined {
    const { definition, subgraph } = this.fetch;
    const { path, call } = this.baseOf(steps[0]!);
    // The call says nothing of the path, nor does the type where all its objects are of one.
    const from = !call ? 0 : call.requires.length === 1 ? 2 : 1;
    let sets: readonly SelectionSetNode[] = [definition.selectionSet];
    let type: string | undefined = this.plan.rootType(definition.operation);
    let found: RowPart | undefined;
    for (const [index, step] of steps.entries()) {
      const rest = steps.slice(index);
      if (call && index === 1) found = this.toRow(path, call.requires, call.sentAs, pickPart(sets, rest), rest);
      const key = index < from || (call && index === from) || !type ? undefined : this.keyOf(type, sets, rest);
      if (key && type && this.givesAll(type, pickPart(sets, rest))) {
        const requires = [{ kind: 'InlineFragment', typeCondition: type, selections: key } as const];
        const at = [...path, ...steps.slice(from, index).map(toSegment)];
        found = this.toRow(at, requires, type, [onType(type, pickPart(sets, rest))], rest);
      }
      if (step.startsWith('...')) {
        type = step.slice(3);
        sets = [...sets, ...fragmentsOf(sets, type)];
      } else {
        const fields = fieldsOf(sets, step);
        type =
          type &&
          this.plan
            .fieldTypes(subgraph)(type, fields[0]?.name.value ?? '')
            ?.replace(/[[\]!]/g, '');
        sets = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
      }
    }
    return found;
  }

  private toRow(
    path: Path,
    requires: readonly RequiresSelection[],
    sentAs: string | undefined,
    selections: readonly SelectionNode[],
    rest: readonly string[],
  ): RowPart {
    const { types } = this.plan;
    const collect = compileTargets(path, types);
    const represent = compileRepresentation(requires, sentAs, types);
    const isLacking = (object: Json) => isFailed(object, rest);
    const countLacking = (data: Json) => {
      const found: Json[] = [];
      collect(data, found);
      const lacking = found.filter(isLacking);
      const representations = new Representations();
      for (const object of lacking) represent(object, representations);
      return { records: representations.texts.length, places: lacking.length };
    };
    return { path, requires, sentAs, set: { kind: Kind.SELECTION_SET, selections }, countLacking, isLacking };
  }

  /** A key of a type that the fetch brings whole, and of which the part is none. */
  private keyOf(
    type: string,
    sets: readonly SelectionSetNode[],
    rest: readonly string[],
  ): readonly RequiresSelection[] | undefined {
    if (!isObjectType(this.plan.schema.getType(type))) return undefined;
    const keys = this.plan.keysOf(this.fetch.subgraph, type);
    return keys.find(
      (key) => isSelected(key, sets) && !key.some((each) => each.kind === 'Field' && each.name === rest[0]),
    );
  }

  /** True where a record gives the selections by nothing but its key: a path may provide more, and a field may need inputs. */
  private givesAll(type: string, selections: readonly SelectionNode[]): boolean {
    const { subgraph } = this.fetch;
    return selections.every((each) => {
      if (each.kind === Kind.INLINE_FRAGMENT)
        return this.givesAll(each.typeCondition?.name.value ?? type, each.selectionSet.selections);
      if (each.kind !== Kind.FIELD || each.name.value === '__typename') return each.kind === Kind.FIELD;
      const { value: name } = each.name;
      const below = this.plan
        .fieldTypes(subgraph)(type, name)
        ?.replace(/[[\]!]/g, '');
      if (below === undefined || !this.plan.givesByKey(subgraph, type, name)) return false;
      return !each.selectionSet || this.givesAll(below, each.selectionSet.selections);
    });
  }

  private compile(rows: readonly RowPart[]): Step {
    const { definition, subgraph } = this.fetch;
    const used = new Set<string>();
    const calls = rows.map(({ set }, n) => {
      visit(set, { Variable: ({ name }) => void used.add(name.value) });
      return `_e${n}:_entities(representations:$__batch_reps_${n})${print(set)}`;
    });
    const own = (definition.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
    const variables = [...rows.map((_, n) => `$__batch_reps_${n}:[_Any!]!`), ...own.map((each) => print(each))];
    const node: BatchFetchNode = {
      kind: 'BatchFetch',
      serviceName: subgraph,
      operationKind: OperationTypeNode.QUERY,
      operation: `query(${variables.join(',')}){${calls.join(' ')}}`,
      variableUsages: [...used],
      entityBatch: {
        aliases: rows.map(({ path, requires, sentAs }, n) => ({
          alias: `_e${n}`,
          representationsVariableName: `__batch_reps_${n}`,
          paths: [path],
          requires,
          sentAs,
        })),
      },
    };
    const isMeant = new Map(rows.map(({ isLacking }, n) => [`_e${n}`, isLacking]));
    // The plan was told of its fetches when it was compiled.
    return this.compileRows(node, { ...this.plan, onFetch: () => undefined }, isMeant);
  }
}

const isAbove = (above: readonly string[], path: readonly string[]): boolean =>
  above.length < path.length && above.every((step, i) => step === path[i]);

const toSegment = (step: string) => (step.startsWith('...') ? { TypeCondition: [step.slice(3)] } : { Field: step });

/** True where something failed in place of a part. */
function isFailed(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (value instanceof Failure) return true;
  if (Array.isArray(value)) return value.some((each) => isFailed(each, [step!, ...rest]));
  if (step === undefined || !isBranch(value)) return false;
  return isFailed(step.startsWith('...') ? value : (value as Json)[step], rest);
}

const fieldsOf = (sets: readonly SelectionSetNode[], key: string) =>
  sets.flatMap(({ selections }) =>
    selections.flatMap((each) => (each.kind === Kind.FIELD && (each.alias ?? each.name).value === key ? [each] : [])),
  );

const fragmentsOf = (sets: readonly SelectionSetNode[], type: string) =>
  sets.flatMap(({ selections }) =>
    selections.flatMap((each) =>
      each.kind === Kind.INLINE_FRAGMENT && each.typeCondition?.name.value === type ? [each.selectionSet] : [],
    ),
  );

const onType = (type: string, selections: readonly SelectionNode[]): SelectionNode => ({
  kind: Kind.INLINE_FRAGMENT,
  typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } },
  selectionSet: { kind: Kind.SELECTION_SET, selections },
});

/** The selections that lead to a part, with the whole of it. */
function pickPart(sets: readonly SelectionSetNode[], [step, ...rest]: readonly string[]): readonly SelectionNode[] {
  if (step === undefined) return sets.flatMap(({ selections }) => selections);
  if (step.startsWith('...')) {
    const type = step.slice(3);
    return [onType(type, pickPart(fragmentsOf(sets, type), rest))];
  }
  return fieldsOf(sets, step).map((field) => {
    if (!field.selectionSet) return field;
    const selections = pickPart([field.selectionSet], rest);
    return { ...field, selectionSet: { kind: Kind.SELECTION_SET, selections } };
  });
}

/** True where sets have every field of a key, under its own name. */
const isSelected = (key: readonly RequiresSelection[], sets: readonly SelectionSetNode[]): boolean =>
  key.every((part) => {
    if (part.kind !== 'Field') return false;
    if (part.name === '__typename') return true;
    const fields = fieldsOf(sets, part.name).filter(({ alias }) => !alias);
    const below = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
    return fields.length > 0 && isSelected(part.selections ?? [], below);
  });
