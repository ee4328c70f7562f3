import { Field, Int, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '目录文件\nIn the columns of 政务信息资源目录编制指南(试行), a row for each item.' })
export class CatalogueFile {
  @Field({ description: '文件名' })
  name!: string;

  @Field({ description: '媒体类型' })
  mediaType!: string;

  @Field({ description: '内容\nBase64.' })
  content!: string;

  @Field(() => Int, { description: '条目数' })
  entries!: number;

  @Field(() => Int, { description: '行数\nWithout the heading.' })
  rows!: number;
}
