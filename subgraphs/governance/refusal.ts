import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../shared/share/decorators.js';

/** An expected refusal is data; only a fault is an error. */
@Share('UNCONDITIONAL')
@ObjectType({ description: '不予办理\nWhy nothing was done.' })
export class Refusal {
  @Field({ description: '原因代码\nStable; programs may rely on it.' })
  code!: string;

  @Field({ description: '原因说明' })
  message!: string;

  static because(code: string, message: string): Refusal {
    return Object.assign(new Refusal(), { code, message });
  }
}
