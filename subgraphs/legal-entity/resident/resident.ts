import { Field, ObjectType } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';

/** A resident, kept by `population`; here the legal representative of organisations. */
@Key('idNumber')
@ObjectType()
export class Resident {
  @Field()
  idNumber!: string;

  static of(idNumber: string): Resident {
    return Object.assign(new Resident(), { idNumber });
  }
}
