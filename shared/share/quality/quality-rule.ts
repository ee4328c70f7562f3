/** Kinds of rules about the values of an item. */
export const QUALITY_KINDS = [
  'REQUIRED', // every record has a value
  'FORMAT', // a value has the form of its standard
  'VALUES', // a value is one of a code list
  'RANGE', // a value lies between two bounds
  'UNIQUE', // no two records have the same value
  'CONSISTENT', // a value fits another item of its record
  'RECENT', // a value is a time that is not long ago
  'REFERENCE', // a value is known to the department that keeps the records it names
] as const;
export type QualityKind = (typeof QUALITY_KINDS)[number];

/** @source GB 11643, GB 32100, GB/T 2260 */
export const QUALITY_FORMATS = ['IDENTITY_NUMBER', 'CREDIT_CODE', 'DIVISION_CODE', 'PHONE'] as const;
export type QualityFormat = (typeof QUALITY_FORMATS)[number];

/** How two items of a record fit: as values, or as an identity number says it of its subject. */
export const QUALITY_RELATIONS = ['EQUAL', 'NOT_AFTER', 'NOT_BEFORE', 'BIRTH_DATE', 'SEX'] as const;
export type QualityRelation = (typeof QUALITY_RELATIONS)[number];

/** Dimensions by which the quality of data is judged. @source GB/T 36344-2018 */
export const QUALITY_DIMENSIONS = [
  'STANDARDISATION', // 规范性
  'COMPLETENESS', // 完整性
  'ACCURACY', // 准确性
  'CONSISTENCY', // 一致性
  'TIMELINESS', // 时效性
  'ACCESSIBILITY', // 可访问性
] as const;
export type QualityDimension = (typeof QUALITY_DIMENSIONS)[number];

const DIMENSION_OF: Readonly<Record<QualityKind, QualityDimension>> = {
  REQUIRED: 'COMPLETENESS',
  FORMAT: 'STANDARDISATION',
  VALUES: 'STANDARDISATION',
  RANGE: 'ACCURACY',
  UNIQUE: 'ACCURACY',
  CONSISTENT: 'CONSISTENCY',
  REFERENCE: 'CONSISTENCY',
  RECENT: 'TIMELINESS',
};
export const dimensionOf = (kind: QualityKind): QualityDimension => DIMENSION_OF[kind];

/** A rule about an item of a type; which of the further members it has follows from its kind. */
export interface QualityRule {
  readonly kind: QualityKind;
  /** Field of the type. */
  readonly item: string;
  readonly format?: QualityFormat | undefined;
  readonly values?: readonly string[] | undefined;
  /** Bounds, a number or a date each; both belong to the range. */
  readonly least?: string | undefined;
  readonly most?: string | undefined;
  /** The other item, as of CONSISTENT. */
  readonly other?: string | undefined;
  readonly relation?: QualityRelation | undefined;
  /** Calendar days. */
  readonly days?: number | undefined;
  /** Coordinate of the item that keeps what is named. */
  readonly target?: string | undefined;
}

/** Reasons for which a rule was not judged. None of them says anything of the data. */
export const QUALITY_OBSTACLES = [
  'UNSUPPORTED', // the subgraph answers no such question
  'NOT_A_COLUMN', // the item is made by code, or of several columns
  'TYPE_UNFIT', // values of this type cannot be judged by it
  'NOT_SQL', // the records are in no database
  'SOURCE_UNAVAILABLE',
  'TIMED_OUT',
  'BAD_ANSWER', // numbers that cannot be
  'ITEM_GONE', // the schema has the item no more
  'TARGET_UNFIT', // what a reference names may not be asked for
  'FAILED',
] as const;
export type QualityObstacle = (typeof QUALITY_OBSTACLES)[number];
