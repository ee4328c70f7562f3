import { Field, ObjectType } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';

/** An enterprise, kept by `legal-entity`; here an employer. */
@Key('creditCode', { resolvable: false })
@ObjectType()
export class Enterprise {
  @Field()
  creditCode!: string;

  static of(creditCode: string): Enterprise {
    return Object.assign(new Enterprise(), { creditCode });
  }
}
