export type { Declaration, DeclaredItem, DeclaredPull, DeclaredType, Format } from './declaration-schema.js';
export type { DeclarationProblem } from './declaration-problem.js';
export { findHostedChanges, kindOf, type SourceKind } from './hosted-changes.js';
export { parseDeclaration } from './parse-declaration.js';
export { tableSpecs, type ColumnSpec, type ColumnType, type TableSpec } from './table-specs.js';
export { LIST_ARGUMENTS, RESERVED_ITEMS, RESERVED_TYPES } from './graph-names.js';
export { CODE_PLACEHOLDER } from './find-proposals.js';
export { isIdentifier } from './declaration-schema.js';
