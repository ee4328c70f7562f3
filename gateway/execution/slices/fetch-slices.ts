import { Kind, type FieldNode } from 'graphql';
import type { EntityCallNode } from '../../plan/query-plan.js';
import type { CompiledFetch } from '../fetch-step.js';
import type { PlanContext } from '../plan-context.js';
import { readLayout, type RecordLayout } from './layout.js';
import { collectSlices, compileSliceRepresentation, type SliceBatch, type SliceTargets } from './represent-slices.js';
import { Scanner, type EntityList } from './scanner.js';
import { ROOT, type Tape } from './tape.js';

/** A root fetch on slices. */
export interface RootSlices {
  /** Takes an answer. @returns false where only the parser can read it */
  take(tape: Tape, bytes: Buffer): boolean;
}

/** A fetch of entities on slices. Batches stand in the order of its calls. */
export interface EntitySlices {
  /** @returns undefined where something that is needed for a representation is missing */
  collect(tape: Tape): readonly SliceBatch[] | undefined;
  /** Takes the answer to the calls that have representations. @returns false where only the parser can read it */
  take(tape: Tape, bytes: Buffer, batches: readonly SliceBatch[]): boolean;
}

/** @returns undefined where it cannot be executed on slices; then no part of the plan is */
export function compileRootSlices(fetch: CompiledFetch, plan: PlanContext): RootSlices | undefined {
  const { places } = plan;
  if (!places?.isOpen) return undefined;
  const layout = fetch.undo
    ? undefined
    : layoutOf(fetch, plan, plan.rootType(fetch.definition.operation), [fetch.definition]);
  const number = places.addFetch();
  const cell = layout && places.link(places.root, layout, number);
  if (!layout || cell === undefined) {
    places.close();
    return undefined;
  }
  return {
    take: (tape, bytes) => {
      const scanner = new Scanner(bytes, tape);
      let record = 0;
      if (!scanner.readAnswer(() => (record = scanner.readObject(layout)) > 0)) return false;
      tape.bodies[number] = bytes;
      tape.cells[ROOT + cell] = record;
      return true;
    },
  };
}

/** @returns undefined where it cannot be executed on slices; then no part of the plan is */
export function compileEntitySlices(
  nodes: readonly EntityCallNode[],
  fetch: CompiledFetch,
  plan: PlanContext,
): EntitySlices | undefined {
  const { places } = plan;
  if (!places?.isOpen) return undefined;
  const number = places.addFetch();
  const calls = fetch.undo ? undefined : nodes.map((node) => compileCall(node, fetch, plan, number));
  if (!calls?.every((call) => call !== undefined)) {
    places.close();
    return undefined;
  }
  return {
    collect: (tape) => {
      const batches: SliceBatch[] = [];
      for (const { targets } of calls) {
        const batch = collectSlices(targets, tape);
        if (!batch) return undefined;
        batches.push(batch);
      }
      return batches;
    },
    take: (tape, bytes, batches) => {
      const asked = batches.filter(({ representations }) => representations.length > 0);
      const expected = calls.flatMap(({ head, layout }, index): EntityList[] => {
        const count = batches[index]!.representations.length;
        return count > 0 ? [{ head, layout, count }] : [];
      });
      const scanner = new Scanner(bytes, tape);
      let lists: readonly Int32Array[] | undefined;
      if (!scanner.readAnswer(() => (lists = scanner.readEntities(expected)) !== undefined)) return false;
      tape.bodies[number] = bytes;
      for (const [call, { cells, indices }] of asked.entries()) {
        const records = lists![call]!;
        for (let i = 0; i < cells.length; i++) tape.cells[cells[i]!] = records[indices[i]!]!;
      }
      return true;
    },
  };
}

interface SliceCall {
  /** `"alias":` */
  readonly head: Buffer;
  readonly layout: RecordLayout;
  readonly targets: readonly SliceTargets[];
}

function compileCall(
  { alias, paths, requires, sentAs, decidesType }: EntityCallNode,
  fetch: CompiledFetch,
  plan: PlanContext,
  number: number,
): SliceCall | undefined {
  const places = plan.places!;
  const [only, ...more] = requires;
  if (decidesType || more.length > 0 || only?.kind !== 'InlineFragment') return undefined;
  const fields = fetch.definition.selectionSet.selections.filter(
    (each): each is FieldNode => each.kind === Kind.FIELD && (each.alias ?? each.name).value === alias,
  );
  const layout = layoutOf(fetch, plan, only.typeCondition, fields);
  if (!layout) return undefined;
  const targets: SliceTargets[] = [];
  for (const path of paths) {
    const found = places.find(path, plan.types);
    const writer = found && compileSliceRepresentation(requires, sentAs, found.place);
    const cell = writer && places.link(found.place, layout, number);
    if (cell === undefined) return undefined;
    targets.push({ find: found!.find, cell, writer: writer! });
  }
  return { head: Buffer.from(`${JSON.stringify(alias)}:`), layout, targets };
}

const layoutOf = (
  { subgraph, fragments }: CompiledFetch,
  plan: PlanContext,
  type: string,
  holders: readonly Pick<FieldNode, 'selectionSet'>[],
): RecordLayout | undefined =>
  readLayout(
    type,
    holders.flatMap(({ selectionSet }) => selectionSet ?? []),
    { schema: plan.schema, fragments, typeOf: plan.fieldTypes(subgraph) },
  );
