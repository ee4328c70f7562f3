export type { Declaration, DeclaredItem, DeclaredType, Format } from './declaration-schema.js';
export type { DeclarationCode, DeclarationProblem } from './declaration-problem.js';
export { parseDeclaration, type ParsedDeclaration } from './parse-declaration.js';
export { tableSpecs, type ColumnSpec, type ColumnType, type TableSpec } from './table-specs.js';
