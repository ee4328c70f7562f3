import { Field, ObjectType } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';

/** An administrative division, kept by `geography`; here only referred to. */
@Key('code', { resolvable: false })
@ObjectType()
export class Division {
  @Field()
  code!: string;

  static of(code: string): Division {
    return Object.assign(new Division(), { code });
  }
}
