import type { MikroORM } from '@mikro-orm/core';
import type { Declaration, DeclaredType, SourceKind } from '../../shared/declaration/index.js';
import type { TypeClass } from '../../shared/subgraph/index.js';

/** A type of a declaration, and the class that its rows are read as. */
export interface RowsWanted {
  readonly name: string;
  readonly type: DeclaredType;
  readonly class: TypeClass;
}
export interface OpenRows {
  /** Knows the class of every wanted type. */
  readonly database: MikroORM;
  /** Ends what was opened for these types alone. */
  close(): Promise<void>;
}
/** The version for which rows are opened. */
export interface VersionToOpen {
  readonly declaration: Declaration;
  /** SDL that it was published with; the graph is composed of it. */
  readonly published?: string;
  /** The version before, whose columns stay. */
  readonly kept?: Declaration;
  /** False for a version that is not the current one: its tables are as they are. */
  readonly prepares: boolean;
}
/** Opens the rows of types that have one kind of source. */
export interface RowsOf {
  readonly kind: SourceKind;
  /** @param wanted  the declaration's types of this kind, one at least
   *  @throws HubError SUBGRAPH_INVALID where the source does not fit the declaration */
  open(version: VersionToOpen, wanted: readonly RowsWanted[]): Promise<readonly OpenRows[]>;
}
