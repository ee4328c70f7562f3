import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { Refusal } from '../core/index.js';
import { Load } from './load.entity.js';
import { Loader } from './loader.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '数据载入办理结果\nExactly one of `load` and `refusal` is set.' })
export class LoadResult {
  @Field(() => Load, { nullable: true, description: '数据载入' })
  load?: Load;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '载入授权办理结果\nExactly one of `loader` and `refusal` is set.' })
export class LoaderResult {
  @Field(() => Loader, { nullable: true, description: '载入授权' })
  loader?: Loader;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
