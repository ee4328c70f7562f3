import { isInputObjectType } from 'graphql';
import { coordinate, parseCoordinate, type Coordinate } from '../kernel/index.js';
import { argumentsOf, defaultUses } from './argument-uses.js';
import { shareProblem, type CatalogueRules, type Check, type Statements } from './catalogue-check.js';
import { inversesAreAsRestricted } from './inverse-relations.js';
import type { InputUse, ShareProblem } from './share-index.js';
import { usesGiveNoRecords, usesNameItems, usesNameMarkedItems } from './use-checks.js';

/** A basic item of a foundational library is shared with every department. @source QZ-5.2d, CZ-9.1a, YN-10b */
const basicItemsAreUnconditional: Check = function* ({ items }, rules) {
  if (!rules.basicItemsUnconditional) return;
  for (const item of items)
    if (item.basic && item.shareType !== 'UNCONDITIONAL')
      yield shareProblem(
        'BASIC_ITEM_RESTRICTED',
        item.subgraph,
        item.coordinate,
        `${item.coordinate} is a basic item but ${item.shareType}; basic items are unconditional (QZ-5.2d, CZ-9.1a, YN-10b).`,
      );
};

/** An item that is withheld cites the law that withholds it. @source QZ-5.2e, CZ-9.2, YN-14f */
const restrictionsCiteTheirBasis: Check = function* ({ items }, rules) {
  for (const item of items) {
    const asked =
      (item.ownType === 'NOT_SHARED' && rules.notSharedNeedsBasis) ||
      (item.ownType === 'CONDITIONAL' && rules.conditionalNeedsBasis);
    if (asked && item.subgraph !== '' && item.basis.length === 0)
      yield shareProblem(
        'BASIS_MISSING',
        item.subgraph,
        item.coordinate,
        `${item.coordinate} is ${item.ownType} without a legal basis. Name the provision in @share(basis: […]).`,
      );
  }
};

/** One number, one source: a copy names the source it is a copy of. @source HZ-3.1a */
const oneSource: Check = function* ({ statements, subgraphs }) {
  const entities = new Set(
    subgraphs.flatMap((shares) =>
      shares.fields.filter((field) => field.key).map((field) => parseCoordinate(field.coordinate).type),
    ),
  );
  const names = new Set(subgraphs.map((shares) => shares.subgraph));
  for (const [at, all] of statements) {
    if (!entities.has(parseCoordinate(at).type)) continue;
    const overridden = new Set(all.map((field) => field.overrides));
    const resolving = all.filter((field) => !field.external && !field.abstract && !overridden.has(field.subgraph));
    const sources = resolving.filter((field) => !field.copyOf);
    const claims = sources.filter((field) => !field.key);
    if (claims.length > 1)
      yield shareProblem(
        'SOURCE_NOT_UNIQUE',
        claims.map((field) => field.subgraph).join(', '),
        at,
        `${at} is claimed by ${claims.map((field) => field.subgraph).join(' and ')}. One is the source; the others say @copyOf(source: "…") (HZ-3.1a).`,
      );
    for (const { copyOf, subgraph } of all) {
      if (!copyOf || sources.some((field) => field.subgraph === copyOf)) continue;
      const why = names.has(copyOf) ? 'is no source of it' : 'is no subgraph of this graph';
      yield shareProblem('SOURCE_UNKNOWN', subgraph, at, `${at} is a copy of ${copyOf}, which ${why}.`);
    }
  }
};

/** A default value filters, compares or counts for everybody who leaves the argument out, so it uses nothing that is restricted. */
const defaultsUseNothingRestricted: Check = function* ({ items, inputs, byCoordinate, schema }) {
  const restricted = (uses: readonly InputUse[]) =>
    uses.find(({ item }) => byCoordinate.get(item)?.shareType !== 'UNCONDITIONAL')?.item;
  const problem = (subgraph: string, at: string, item: Coordinate) =>
    shareProblem(
      'DEFAULT_RESTRICTED',
      subgraph,
      at,
      `${at} has a default value that reads ${item}, which not everybody may. Leave the default out.`,
    );
  for (const item of items)
    for (const arg of argumentsOf(schema, item.coordinate)) {
      const used = restricted(defaultUses(arg, item.argumentUses[arg.name] ?? [], inputs));
      if (used) yield problem(item.subgraph, `${item.coordinate}(${arg.name}:)`, used);
    }
  for (const type of Object.values(schema.getTypeMap()).filter(isInputObjectType))
    for (const field of Object.values(type.getFields())) {
      const at = coordinate(type.name, field.name);
      const used = restricted(defaultUses(field, inputs.get(at) ?? [], inputs));
      if (used) yield problem('', at, used);
    }
};

const CHECKS: readonly Check[] = [
  basicItemsAreUnconditional,
  restrictionsCiteTheirBasis,
  oneSource,
  usesNameItems,
  usesNameMarkedItems,
  usesGiveNoRecords,
  defaultsUseNothingRestricted,
  inversesAreAsRestricted,
];

/** Everything that keeps these statements from being published. */
export const checkStatements = (statements: Statements, rules: CatalogueRules): ShareProblem[] =>
  CHECKS.flatMap((check) => [...check(statements, rules)]);
