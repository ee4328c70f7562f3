import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  print,
  visit,
  type ASTNode,
  type GraphQLInputType,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import type { InputUse, ShareIndex } from '../../shared/share/share-index.js';
import type { Site } from '../request/operation.js';
import { argumentCoordinate } from './identifier-arguments.js';

/** Arguments `Type.field(argument:)` that hold a claim, themselves or in an input field. */
export type ClaimArguments = ReadonlySet<string>;
export const NO_CLAIMS: ClaimArguments = new Set();

export function readClaimArguments(shares: ShareIndex | undefined, schema: GraphQLSchema): ClaimArguments {
  const holdsClaim = (uses: readonly InputUse[]): boolean => uses.some(({ by }) => by === 'compares');
  const types = new Set<string>();
  for (const [at, uses] of shares?.inputs ?? []) if (holdsClaim(uses)) types.add(at.slice(0, at.indexOf('.')));
  const found = new Set<string>();
  for (const { coordinate, argumentUses } of shares?.items ?? [])
    for (const [argument, uses] of Object.entries(argumentUses))
      if (holdsClaim(uses)) found.add(argumentCoordinate(coordinate, argument));
  if (types.size === 0) return found;
  const isHolder = (name: string, seen: ReadonlySet<string> = new Set()): boolean => {
    if (types.has(name)) return true;
    const type = schema.getType(name);
    if (!isInputObjectType(type) || seen.has(name)) return false;
    const path = new Set([...seen, name]);
    return Object.values(type.getFields()).some((field) => isHolder(getNamedType(field.type).name, path));
  };
  for (const root of [schema.getQueryType(), schema.getMutationType()])
    for (const field of Object.values(root?.getFields() ?? {}))
      for (const { name, type } of field.args)
        if (isHolder(getNamedType(type).name)) found.add(argumentCoordinate(`${root!.name}.${field.name}`, name));
  return found;
}

/** Variables of an operation that are whole lists of rows of claims, and nothing else. */
export function findClaimRows(sites: readonly Site[], claims: ClaimArguments): ReadonlySet<string> {
  const [rows, others] = [new Set<string>(), new Set<string>()];
  for (const { coordinate, args } of sites)
    for (const { name, value, inputType } of args)
      if (value.kind === Kind.VARIABLE && isRows(inputType) && claims.has(argumentCoordinate(coordinate, name)))
        rows.add(value.name.value);
      else visit(value, { Variable: (node) => void others.add(node.name.value) });
  for (const other of others) rows.delete(other);
  return rows;
}

const isRows = (type: GraphQLInputType | undefined): boolean => isListType(getNullableType(type));

const LITERALS: ReadonlySet<string> = new Set([Kind.INT, Kind.FLOAT, Kind.STRING, Kind.BOOLEAN, Kind.ENUM]);

/** The text of an operation that makes claims, without its literal values: few claims are possible, so that a hash of the text
 *  would tell them to who tries them all.
 *  @returns undefined where nothing is to be left out */
export function textWithoutClaims(
  document: DocumentNode,
  sites: readonly Site[],
  claims: ClaimArguments,
): string | undefined {
  const makesClaims = sites.some(({ coordinate, args }) =>
    args.some(({ name }) => claims.has(argumentCoordinate(coordinate, name))),
  );
  if (!makesClaims) return undefined;
  let isChanged = false;
  const without = visit(document, {
    enter: (node: ASTNode) => {
      if (!LITERALS.has(node.kind)) return undefined;
      isChanged = true;
      return { kind: Kind.NULL } as const;
    },
  });
  return isChanged ? print(without) : undefined;
}
