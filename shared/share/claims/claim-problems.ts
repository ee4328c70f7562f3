import { Kind, print, type DocumentNode, type FieldDefinitionNode, type TypeNode } from 'graphql';
import { argument, readShareNames } from '../share-spec.js';
import { namedType, outputFields, typesByName } from '../types-by-name.js';
import { CLAIM_FORMS } from './claim-rule.js';

/** A statement about claims that cannot work: where it stands, and what to change. */
export interface ClaimProblem {
  readonly code: 'VERIFIABLE_NOT_A_VALUE' | 'VERIFIABLE_UNREADABLE';
  readonly at: string;
  readonly message: string;
}

const NUMBERS: ReadonlySet<string> = new Set(['Int', 'Float', 'Decimal']);
const MOST_BANDS = 20;

/** Finds `@verifiable` statements on what no claim can be about, and rules that do not fit the item's type. */
export function findClaimProblems(subgraph: string, document: DocumentNode): ClaimProblem[] {
  const { directives } = readShareNames(document, subgraph).names;
  const types = typesByName(document);
  const isComposite = (name: string) =>
    (types.get(name) ?? []).some(({ kind }) => /^(Object|Interface|Union)Type/.test(kind));
  const problems: ClaimProblem[] = [];
  for (const [type, nodes] of types)
    for (const field of outputFields(nodes))
      for (const directive of field.directives ?? []) {
        if (directives.get(directive.name.value) !== 'verifiable') continue;
        const at = `${type}.${field.name.value}`;
        if (isList(field.type) || isComposite(namedType(field.type)))
          problems.push({
            code: 'VERIFIABLE_NOT_A_VALUE',
            at,
            message: `${at} is marked @verifiable and is a ${print(field.type)}. A claim is about one value: mark items that hold one.`,
          });
        const wrong = findWrongRule(field, (name) => argument(directive, name));
        if (wrong) problems.push({ code: 'VERIFIABLE_UNREADABLE', at, message: `@verifiable on ${at}: ${wrong}.` });
      }
  return problems;
}

function findWrongRule({ type }: FieldDefinitionNode, read: (name: string) => unknown): string | undefined {
  const [form = 'EXACT', within, given] = ['as', 'within', 'bands'].map(read);
  const bands = given === undefined ? [] : Array.isArray(given) ? (given as unknown[]) : [given];
  const isNumber = NUMBERS.has(namedType(type));
  if (!(CLAIM_FORMS as readonly unknown[]).includes(form))
    return `as is ${String(form)}, must be one of ${CLAIM_FORMS.join(', ')}`;
  if (form === 'NAME' && namedType(type) !== 'String') return 'only texts are compared as names';
  if ((within !== undefined || given !== undefined) && !isNumber) return 'within and bands are for numbers';
  if (within !== undefined && given !== undefined) return 'within and bands exclude each other';
  if (within !== undefined && !(typeof within === 'number' && within > 0)) return 'within must be above 0';
  if (given !== undefined && (bands.length === 0 || bands.length > MOST_BANDS))
    return `bands must be 1 to ${MOST_BANDS} numbers`;
  if (bands.some((band, i) => typeof band !== 'number' || (i > 0 && band <= (bands[i - 1] as number))))
    return 'bands must be numbers in ascending order';
  return undefined;
}

const isList = (type: TypeNode): boolean =>
  (type.kind === Kind.NON_NULL_TYPE ? type.type : type).kind === Kind.LIST_TYPE;
