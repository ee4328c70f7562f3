import { Field, Int, ObjectType } from 'type-graphql';
import { External, Key } from '../../../shared/share/decorators-federation.js';

/** A resident, kept by `population`; here insured, or in need. */
@Key('idNumber')
@ObjectType()
export class Resident {
  @Field()
  idNumber!: string;

  @External()
  @Field(() => Int, { nullable: true })
  annualIncome?: number | null;

  static of(idNumber: string): Resident {
    return Object.assign(new Resident(), { idNumber });
  }
}
