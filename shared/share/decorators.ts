import { Directive } from 'type-graphql';
import type { Coordinate, Mask as MaskForm, ShareType } from '../kernel/index.js';
import type { ClaimForm } from './claims/claim-rule.js';
import { enumValue, printArguments } from './print-arguments.js';

/** The share directives of schema/share.graphql as decorators of type-graphql classes; each says what its directive says.
 *
 *  @example
 *  ```ts
 *  @Resource({ code: '101001/000001', name: '常住人口基础信息', provider: 'public-security', library: 'POPULATION' })
 *  @Share('UNCONDITIONAL')
 *  @Key('idNumber') @Entity() @ObjectType()
 *  class Resident {
 *    @Subject('PERSON') @Basic() @Field() @PrimaryKey() idNumber!: string;
 *    @Share('CONDITIONAL', { condition: '履行职责需要' }) @Mask('PHONE')
 *    @Field(() => String, { nullable: true }) @Property() phone?: string;
 *  }
 *  ```
 */
export const Resource = (entry: ResourceEntry) => Directive(`@resource${printArguments({ ...entry })}`);

/** Catalogue entry that a type stands for. */
export interface ResourceEntry {
  /** 类项目细目/sequence, e.g. `101001/000001`. */
  readonly code: string;
  readonly name: string;
  /** Department code of the provider. */
  readonly provider: string;
  readonly library?: string;
  readonly category?: string;
  readonly updateCycle?:
    'REALTIME' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'QUARTERLY' | 'HALF_YEARLY' | 'YEARLY' | 'IRREGULAR';
}

/** Share type of an item, an argument or an input field, or of every item of a type. */
export const Share = (type: ShareType, why: ShareGrounds = {}) =>
  Directive(`@share${printArguments({ type: enumValue(type), ...why })}`);

export interface ShareGrounds {
  /** Law, regulation or state provision the type rests on. */
  readonly basis?: readonly string[];
  /** Condition of a conditional release. */
  readonly condition?: string;
  /** Department that answers for the item, where it is not the resource's provider. */
  readonly provider?: string;
}

/** A basic item of a foundational library. @source QZ-5.2d, CZ-9.1a */
export const Basic = () => Directive('@basic');

/** The argument or input field filters or sorts by these items. */
export const Filters = (...fields: readonly [Coordinate, ...Coordinate[]]) => {
  const directives = fields.map((field) => Directive(`@filters${printArguments({ field })}`));
  return ((...target: Parameters<PropertyDecorator & ParameterDecorator>) => {
    for (const directive of directives) directive(...target);
  }) as PropertyDecorator & ParameterDecorator;
};

/** Grants may be narrowed to rows by this item. */
export const Scope = (by: 'division') => Directive(`@scope${printArguments({ by })}`);

/** The statutory identifier of the record's subject. @source HZ-7.3, YN-12 */
export const Subject = (kind: 'PERSON' | 'ORGANISATION') =>
  Directive(`@subject${printArguments({ kind: enumValue(kind) })}`);

/** The de-identified form a grant may give instead of the value. */
export const Mask = (as: MaskForm) => Directive(`@mask${printArguments({ as: enumValue(as) })}`);

/** May be compared, never read. @source QZ-5.4d
 *  @example
 *  ```ts
 *  @Verifiable() @Field(() => GraphQLLocalDate) birthDate!: string;
 *  @Verifiable({ as: 'NAME' }) @Field() name!: string;
 *  @Verifiable({ bands: [30_000] }) @Field(() => Int, { nullable: true }) income?: number; // only: below 30,000, or not
 *  ``` */
export const Verifiable = ({ as, within, bands }: ComparisonRule = {}) =>
  Directive(`@verifiable${printArguments({ ...(as && { as: enumValue(as) }), within, bands })}`);

/** How claims about an item are compared; exactly where nothing is said. */
export interface ComparisonRule {
  /** Texts: as names, of which width, middle dots, rare characters and blanks say nothing. */
  readonly as?: ClaimForm;
  /** Numbers: those that differ by at most this match. */
  readonly within?: number;
  /** Numbers: only whether the value is below one of these, or at least it. Ascending. */
  readonly bands?: readonly number[];
}

/** May be grouped by in statistics, whoever may read it. Its values are those of its enum, or of administrative divisions
 *  where it is marked `@Scope`; another item states them. @source QZ-5.4d */
export const Dimension = (values: DimensionValues = {}) => Directive(`@dimension${printArguments({ ...values })}`);

/** How an item without an enum is grouped by. */
export interface DimensionValues {
  /** The only values of a text; of an enum those that are used, since a value that nobody has takes a neighbour along. */
  readonly values?: readonly string[];
  /** Lower bounds of all bands but the first, of a number or a date. */
  readonly bands?: readonly string[];
}

/** May be summed and averaged in statistics, whoever may read it. @source QZ-5.4d */
export const Measure = (limits: MeasureLimits) => Directive(`@measure${printArguments({ ...limits })}`);

export interface MeasureLimits {
  /** The most that one person counts for in a sum, either way. Sums have noise of this size, so it is a value that few exceed,
   *  and not the largest there is. */
  readonly bound: number;
}

/** The owner of this item agrees that the named fields are computed from it under their own share type. */
export const Derivable = (...into: readonly Coordinate[]) => Directive(`@derivable${printArguments({ into })}`);

/** A copy of an item whose one source is another subgraph. @source HZ-3.1a
 *  @public */
export const CopyOf = (source: string) => Directive(`@copyOf${printArguments({ source })}`);
