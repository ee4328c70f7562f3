/** Parts of an OpenAPI description, whose references stay inside it. */

export type Part = Readonly<Record<string, unknown>>;
export const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const partOf = (value: unknown): Part => (isPart(value) ? value : {});
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** False for a name with characters that are not seen, which no declaration takes. */
export const isVisible = (text: string): boolean => !/[\p{Cc}\p{Cf}]/u.test(text);

/** Why an operation, or a part of its answer, is not drafted: Chinese, for the person who reads the draft. */
export class Unfit extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'Unfit';
  }
}

/** A schema without references, `allOf` and alternatives that are only null. */
export interface PlainSchema {
  readonly node: Part;
  /** Undefined where it states none, or several. */
  readonly type: string | undefined;
  readonly isNullable: boolean;
  /** References that led here. */
  readonly refs: readonly string[];
}

/** References followed of one description; more are a description that grows by itself. */
const MOST_STEPS = 1_000_000;
const MOST_DEPTH = 20;

export class OpenApiDocument {
  private steps = 0;

  constructor(readonly root: Part) {}

  /** Follows references inside the description.
   *  @throws Unfit for one that leads nowhere, or in a circle */
  follow(value: unknown, refs: string[] = []): Part {
    let found = value;
    while (isPart(found) && typeof found['$ref'] === 'string') {
      const ref = found['$ref'];
      if (refs.includes(ref) || this.steps++ > MOST_STEPS) throw new Unfit(`引用成环：${ref}`);
      refs.push(ref);
      found = this.at(ref);
    }
    return partOf(found);
  }

  /** @param outer  references that led to the schema's owner; one of them again is a circle */
  schema(value: unknown, outer: readonly string[] = [], depth = 0): PlainSchema {
    if (depth > MOST_DEPTH || this.steps++ > MOST_STEPS) throw new Unfit('结构嵌套过深');
    const refs = [...outer];
    const own = this.follow(value, refs);
    let node = own;
    for (const part of listOf(own['allOf'])) {
      const merged = this.schema(part, refs, depth + 1);
      refs.push(...merged.refs.filter((ref) => !refs.includes(ref)));
      node = merge(merged.node, node);
    }
    const types = [node['type']].flat().filter((type) => typeof type === 'string');
    const isNullable = node['nullable'] === true || types.includes('null') || listOf(node['enum']).includes(null);
    const choices = [...listOf(node['oneOf']), ...listOf(node['anyOf'])];
    const real = choices.filter((choice) => partOf(choice)['type'] !== 'null');
    if (real.length === 1) {
      const chosen = this.schema(real[0], refs, depth + 1);
      const { oneOf: _one, anyOf: _any, ...rest } = node;
      return { ...chosen, node: merge(chosen.node, rest), isNullable: isNullable || real.length < choices.length };
    }
    if (real.length > 1) throw new Unfit('有多种可能的结构（oneOf、anyOf）');
    const stated = types.filter((type) => type !== 'null');
    const guessed = isPart(node['properties']) ? 'object' : node['items'] === undefined ? undefined : 'array';
    return {
      node,
      type: stated.length === 1 ? stated[0] : stated.length === 0 ? guessed : undefined,
      isNullable,
      refs,
    };
  }

  private at(ref: string): unknown {
    let found: unknown = this.root;
    for (const step of ref.replace(/^#\/?/, '').split('/')) {
      const name = unescapeStep(step);
      const members = found;
      if (typeof members !== 'object' || members === null || !Object.hasOwn(members, name))
        throw new Unfit(`引用的内容不存在：${ref}`);
      found = (members as Part)[name];
    }
    return found;
  }
}

/** A step of a reference as the name of a member. */
export const unescapeStep = (step: string): string => {
  const plain = step.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
};

/** Merges two schemas: `over` wins, properties and required names are joined. */
function merge(under: Part, over: Part): Part {
  const { allOf: _all, ...rest } = over;
  return {
    ...under,
    ...rest,
    ...((isPart(under['properties']) || isPart(over['properties'])) && {
      properties: { ...partOf(under['properties']), ...partOf(over['properties']) },
    }),
    required: [...listOf(under['required']), ...listOf(over['required'])],
  };
}
