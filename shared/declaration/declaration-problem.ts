import type { Mistake } from '../law/yaml-document.js';

/** Something wrong in a declaration: where it stands, and what to do. */
export interface DeclarationProblem {
  /** Stable; programs may rely on it. */
  readonly code: DeclarationCode;
  /** As `types.Pupil.items.school.mask`; empty where it concerns the whole text. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
export type DeclarationCode =
  'DECLARATION_TOO_LARGE' | 'DECLARATION_NOT_YAML' | 'DECLARATION_MALFORMED' | DeclarationMistake['code'];
/** A mistake in what a well-formed declaration says. */
export interface DeclarationMistake extends Mistake {
  readonly code:
    | 'ITEM_UNKNOWN'
    | 'NAME_TAKEN'
    | 'NAME_RESERVED'
    | 'SHARE_MISSING'
    | 'SHARE_NOT_CONFIRMED'
    | 'RESOURCE_CODE_MISSING'
    | 'SHARE_LOOSER'
    | 'SCOPE_UNFIT'
    | 'MASK_UNFIT'
    | 'KEY_UNFIT'
    | 'VALUES_UNFIT'
    | 'SOURCE_UNFIT'
    | 'SERVICE_UNFIT'
    | 'PULL_UNFIT'
    | 'LIST_UNFIT'
    | 'STATISTICS_UNFIT'
    | 'RELATION_UNFIT';
}
/** Takes one mistake. */
export type Refuse = (
  code: DeclarationMistake['code'],
  path: DeclarationMistake['path'],
  message: DeclarationMistake['message'],
) => void;
