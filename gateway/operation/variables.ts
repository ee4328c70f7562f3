import {
  coerceInputValue,
  getNamedType,
  isInputType,
  isNonNullType,
  isScalarType,
  specifiedScalarTypes,
  typeFromAST,
  valueFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import type { Variables } from '../request/operation.js';
import { brief } from './check-document.js';
import { compileExactInput, type ExactInput } from './exact-input.js';
import { toInnerVariable } from './internal-names.js';
import { findLongestList } from './list-elements.js';
import { LIST_ITEMS, tooLarge } from './measure.js';

interface VariableRule {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly required: boolean;
  /** Undefined when there is none. */
  readonly fallback: unknown;
  readonly exact: ExactInput;
  /** A custom scalar takes any JSON, so its nesting is bounded here. */
  readonly free: boolean;
  /** True when a value may hold lists. */
  readonly lists: boolean;
}

const ERROR_LIMIT = 10;
const FREE_DEPTH = 64;
const NONE: Variables = new Map();

/** Compiles the coercion of an operation's variables.
 *  The result throws HubError BAD_USER_INPUT with `details.errors`, and OPERATION_TOO_LARGE for a list that is too long.
 *  @param lists      variables that may hold lists
 *  @param listItems  most elements of one list in a variable
 *  @source GraphQL specification 6.1.2 "Coercing Variable Values" */
export function compileVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  lists: ReadonlySet<string>,
  listItems: (variable: string) => number,
): (given: Readonly<Record<string, unknown>> | undefined) => Variables {
  const rules = (operation.variableDefinitions ?? []).map((definition): VariableRule => {
    const type = typeFromAST(schema, definition.type as never) as unknown as GraphQLInputType;
    if (!isInputType(type))
      throw new Error(`$${definition.variable.name.value} passed validation but has no input type`);
    const named = getNamedType(type);
    const exact = compileExactInput(type);
    return {
      name: definition.variable.name.value,
      exact,
      type,
      required: isNonNullType(type),
      fallback: definition.defaultValue && readDefault(definition.defaultValue, type, exact),
      free: !isScalarType(named) || !specifiedScalarTypes.includes(named),
      lists: lists.has(definition.variable.name.value),
    };
  });
  if (rules.length === 0) return () => NONE;
  return (given) => coerceAll(rules, given, listItems);
}

/** A validated default, with every digit of its numbers. */
function readDefault(node: ValueNode, type: GraphQLInputType, exact: ExactInput): unknown {
  const value = exact.readLiteral(node);
  return value === undefined ? valueFromAST(node, type) : coerceInputValue(value, type);
}

function coerceAll(
  rules: readonly VariableRule[],
  given: Readonly<Record<string, unknown>> | undefined,
  listItems: (variable: string) => number,
): Variables {
  const values = new Map<string, unknown>();
  const errors: { message: string }[] = [];
  const refuse = (message: string) => errors.length < ERROR_LIMIT && errors.push({ message: brief(message) });
  for (const rule of rules) {
    const value = given && Object.hasOwn(given, rule.name) ? given[rule.name] : undefined;
    if (value === undefined) {
      if (rule.fallback !== undefined) values.set(rule.name, rule.fallback);
      else if (rule.required)
        refuse(`Variable "$${rule.name}" of required type "${String(rule.type)}" was not provided.`);
    } else if (value === null) {
      if (rule.required) refuse(`Variable "$${rule.name}" of non-null type "${String(rule.type)}" must not be null.`);
      else values.set(rule.name, null);
    } else if (rule.free && deeperThan(value, FREE_DEPTH)) {
      refuse(`Variable "$${rule.name}" nests deeper than ${FREE_DEPTH} levels.`);
    } else {
      const coerced = coerceInputValue(rule.exact.prepare(value), rule.type, (path, _, error) => {
        const at = path.length > 0 ? ` at "${rule.name}${path.map((key) => `.${key}`).join('')}"` : '';
        refuse(`Variable "$${rule.name}" got an invalid value${at}; ${error.message}`);
      });
      values.set(rule.name, coerced);
    }
  }
  if (errors.length > 0) throw new HubError('BAD_USER_INPUT', errors[0]!.message, { errors });
  for (const { name, lists } of rules)
    if (lists && findLongestList(values.get(name)) > listItems(name)) throw tooLarge(LIST_ITEMS, listItems(name));
  return values;
}

function deeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  return Object.values(value).some((inner) => deeperThan(inner, depth - 1));
}

/** Writes the variables a fetch uses as JSON members `"v_name":value`, without braces. Names that were not given are left out. */
export function writeVariables(names: readonly string[], values: Variables): string {
  let out = '';
  for (const name of names) {
    const value = values.get(name);
    if (value === undefined) continue;
    out += `${out ? ',' : ''}"${toInnerVariable(name)}":${JSON.stringify(value)}`;
  }
  return out;
}
