import type { GraphQLSchema } from 'graphql';
import type { Coordinate } from '../kernel/index.js';
import type { InputRules, ShareItem, ShareProblem } from './share-index.js';
import type { FieldStatement, SubgraphShares } from './statements.js';

/** Catalogue rules that are in force; each jurisdiction's profile decides. */
export interface CatalogueRules {
  /** Basic items must be unconditional. @source QZ-5.2d, CZ-9.1a, YN-10b */
  readonly basicItemsUnconditional: boolean;
  /** A not-shared item cites its basis. @source QZ-5.2e, CZ-9.2, YN-14f */
  readonly notSharedNeedsBasis: boolean;
  /** A conditional item cites its basis too. @source YN-14f */
  readonly conditionalNeedsBasis: boolean;
}
export const DEFAULT_CATALOGUE_RULES: CatalogueRules = {
  basicItemsUnconditional: true,
  notSharedNeedsBasis: true,
  conditionalNeedsBasis: false,
};

export interface Statements {
  readonly items: readonly ShareItem[];
  readonly byCoordinate: ReadonlyMap<string, ShareItem>;
  readonly statements: ReadonlyMap<Coordinate, readonly FieldStatement[]>;
  readonly inputs: InputRules;
  readonly subgraphs: readonly SubgraphShares[];
  readonly schema: GraphQLSchema;
}
export type Check = (statements: Statements, rules: CatalogueRules) => Iterable<ShareProblem>;

export const shareProblem = (code: string, subgraph: string, at: string, message: string): ShareProblem => ({
  code,
  severity: 'error',
  subgraph,
  coordinate: at,
  message,
});
