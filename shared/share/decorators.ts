import { Directive } from 'type-graphql';
import type { Coordinate, Mask as MaskForm, ShareType } from '../kernel/index.js';
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
  readonly updateCycle?: 'REALTIME' | 'DAILY' | 'MONTHLY' | 'QUARTERLY' | 'YEARLY' | 'IRREGULAR';
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

/** May be compared, never read. @source QZ-5.4d */
export const Verifiable = () => Directive('@verifiable');

/** May be grouped by, never read. @source QZ-5.4d */
export const Dimension = () => Directive('@dimension');

/** May be summed or counted, never read. @source QZ-5.4d */
export const Measure = () => Directive('@measure');

/** The owner of this item agrees that the named fields are computed from it under their own share type. */
export const Derivable = (...into: readonly Coordinate[]) => Directive(`@derivable${printArguments({ into })}`);

/** A copy of an item whose one source is another subgraph. @source HZ-3.1a
 *  @public */
export const CopyOf = (source: string) => Directive(`@copyOf${printArguments({ source })}`);
