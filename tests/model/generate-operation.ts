import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import type { Draw } from './draw.js';

export interface GeneratedOperation {
  readonly text: string;
  /** As the client sends them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** With the defaults of those that it does not send. */
  readonly effective: Readonly<Record<string, unknown>>;
}

/** Draws an operation over a schema: aliases that pose as other fields, fragments inline and named, conditions by
 *  literal and variable, arguments by literal, by variable and inside, second paths to the same field. */
export function generateOperation(
  draw: Draw,
  schema: GraphQLSchema,
  kind: 'query' | 'mutation' = 'query',
): GeneratedOperation {
  return new OperationDraft(draw, schema).finish(kind);
}

/** Response keys of one selection set, fragments included, with what stands under each. */
type Keys = Map<string, string>;

class OperationDraft {
  private readonly definitions: string[] = [];
  private readonly fragments: string[] = [];
  private readonly variables: Record<string, unknown> = {};
  private readonly effective: Record<string, unknown> = {};

  constructor(
    private readonly draw: Draw,
    private readonly schema: GraphQLSchema,
  ) {}

  finish(kind: 'query' | 'mutation'): GeneratedOperation {
    const root = kind === 'query' ? this.schema.getQueryType()! : this.schema.getMutationType()!;
    const body = this.set(root, 0, new Map());
    const declared = this.definitions.length > 0 ? `(${this.definitions.join(', ')})` : '';
    return {
      text: [`${kind}${declared} ${body}`, ...this.fragments].join('\n'),
      variables: this.variables,
      effective: this.effective,
    };
  }

  private set(type: GraphQLCompositeType, depth: number, keys: Keys): string {
    const parts: string[] = [];
    for (let n = 1 + this.draw.below(depth === 0 ? 3 : 4); n > 0; n--) {
      const part = this.selection(type, depth, keys);
      if (part) parts.push(part);
    }
    if (parts.length === 0) parts.push('__typename');
    return `{ ${parts.join(' ')} }`;
  }

  private selection(type: GraphQLCompositeType, depth: number, keys: Keys): string | undefined {
    const wanted = this.draw.below(12);
    if (wanted === 11) return keys.get('__typename') ? undefined : '__typename';
    const narrower = isAbstractType(type)
      ? this.schema.getPossibleTypes(type)
      : isObjectType(type)
        ? type.getInterfaces()
        : [];
    if (wanted >= 9 || !('getFields' in type)) {
      const condition = this.draw.pick([...narrower, type]);
      if (depth > 4) return undefined;
      const body = this.set(condition, depth + 1, keys);
      if (this.draw.chance(30)) {
        const name = `F${this.fragments.length}`;
        this.fragments.push(`fragment ${name} on ${condition.name} ${body}`);
        return `...${name}${this.condition()}`;
      }
      const on = condition === type && this.draw.chance(50) ? '' : ` on ${condition.name}`;
      return `...${on}${this.condition()} ${body}`;
    }
    return this.field(type, this.draw.pick(Object.values(type.getFields())), depth, keys);
  }

  private field(
    type: GraphQLCompositeType & { getFields(): Record<string, GraphQLField<unknown, unknown>> },
    field: GraphQLField<unknown, unknown>,
    depth: number,
    keys: Keys,
  ): string | undefined {
    const named = getNamedType(field.type);
    const isComposite = isCompositeType(named);
    if (isComposite && depth > 3) return undefined;
    // An alias may pose as a key, as a required input, or as nothing in particular.
    const poses = ['id', ...Object.keys(type.getFields()), 'x', 'y', 'z'];
    const alias = this.draw.chance(35) ? this.draw.pick(poses) : undefined;
    const args = this.args(field);
    const key = alias ?? field.name;
    const what = isComposite || args ? undefined : `${field.name}: ${String(field.type)}`;
    if (keys.has(key) && (what === undefined || keys.get(key) !== what)) return undefined;
    keys.set(key, what ?? `${key} at ${keys.size}`);
    const body = isComposite ? ` ${this.set(named, depth + 1, new Map())}` : '';
    return `${alias ? `${alias}: ` : ''}${field.name}${args}${this.condition()}${body}`;
  }

  private condition(): string {
    if (!this.draw.chance(15)) return '';
    const value = this.draw.chance(30)
      ? String(this.draw.chance(50))
      : this.variable('Boolean!', this.draw.chance(50), undefined);
    return ` @${this.draw.pick(['skip', 'include'])}(if: ${value})`;
  }

  private args(field: GraphQLField<unknown, unknown>): string {
    const given = field.args.filter(() => this.draw.chance(25));
    if (given.length === 0) return '';
    return `(${given.map(({ name, type }) => `${name}: ${this.literal(type, 0)}`).join(', ')})`;
  }

  private literal(type: GraphQLInputType, depth: number): string {
    if (this.draw.chance(25)) {
      const value = this.value(type, depth);
      const isGiven = isNonNullType(type) || this.draw.chance(70);
      const isDefault = !isNonNullType(type) && this.draw.chance(30);
      return this.variable(
        String(type),
        isGiven ? value : undefined,
        isDefault ? this.value(type, depth) : undefined,
        type,
      );
    }
    return this.print(this.value(type, depth, true), type);
  }

  private variable(type: string, value: unknown, fallback: unknown, of?: GraphQLInputType): string {
    const name = `v${this.definitions.length}`;
    const isDefault = fallback !== undefined && of !== undefined;
    this.definitions.push(`$${name}: ${type}${isDefault ? ` = ${this.print(fallback, of)}` : ''}`);
    if (value !== undefined) this.variables[name] = this.effective[name] = value;
    else if (isDefault) this.effective[name] = fallback;
    return `$${name}`;
  }

  /** A value of an input type. `{ literal }` stands for a piece of text that is written as it is. */
  private value(type: GraphQLInputType, depth: number, literal = false): unknown {
    if (isNonNullType(type)) return this.value(type.ofType, depth, literal) ?? this.value(type.ofType, 9);
    if (depth < 9 && this.draw.chance(10)) return null;
    const inner = (of: GraphQLInputType) =>
      literal && depth < 3 ? { literal: this.literal(of, depth + 1) } : this.value(of, depth + 1);
    if (isListType(type)) {
      if (this.draw.chance(20)) return this.value(type.ofType, 9);
      return this.draw.times(this.draw.below(3), () => inner(type.ofType));
    }
    if (isEnumType(type)) return this.draw.pick(type.getValues()).name;
    if (type.name === 'Int') return this.draw.below(4);
    if (!isInputObjectType(type)) return 'z';
    const fields = Object.values(type.getFields()).filter(() => depth < 3 && this.draw.chance(35));
    return Object.fromEntries(fields.map((field) => [field.name, inner(field.type)]));
  }

  private print(value: unknown, type: GraphQLInputType): string {
    if (value === null || value === undefined) return 'null';
    if (typeof value === 'object' && 'literal' in value) return String(value.literal);
    if (Array.isArray(value)) return `[${value.map((entry) => this.print(entry, type)).join(', ')}]`;
    const named = getNamedType(type);
    if (typeof value === 'object' && isInputObjectType(named)) {
      const fields = named.getFields();
      return `{ ${Object.entries(value)
        .map(([name, entry]) => `${name}: ${this.print(entry, fields[name]!.type)}`)
        .join(', ')} }`;
    }
    return isEnumType(named) && typeof value === 'string' ? value : JSON.stringify(value);
  }
}
