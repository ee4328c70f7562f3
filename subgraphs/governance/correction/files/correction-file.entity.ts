import { EntityName, OptionalProps } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineEnum, Reads } from '../../../../shared/subgraph/index.js';
import { FILE_STATES, type FileState, type MediaType } from '../../core/index.js';

export const CorrectionFileStates = defineEnum<FileState>('CorrectionFileState', '证明材料状态', FILE_STATES);

@Share('UNCONDITIONAL')
@Entity()
@ObjectType({ description: '证明材料\nA file that supports a report or a decision.' })
export class CorrectionFile {
  [EntityName]?: 'CorrectionFile';
  [OptionalProps]?: 'address';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Property()
  correction!: string;

  @Field({ description: '提交部门代码' })
  @Property()
  department!: string;

  @Field({ description: '文件名' })
  @Property()
  name!: string;

  @Field(() => String, { description: '文件类型' })
  @Property()
  mediaType!: MediaType;

  @Field(() => Int, { description: '大小\nBytes.' })
  @Property()
  bytes!: number;

  @Field({ description: '内容校验值\nSHA-256, 64 hexadecimal digits.' })
  @Property()
  sha256!: string;

  @Field(() => CorrectionFileStates, { description: '状态' })
  @Enum(() => CorrectionFileStates)
  state!: FileState;

  @Field(() => GraphQLISODateTime, { description: '登记时间' })
  @Property()
  announcedAt!: Date;

  @Property()
  announcedBy!: string;

  @Reads('id')
  @Field({ description: '地址\nPath below the hub: uploads by the tus protocol, and downloads.' })
  get address(): string {
    return `/correction-files/${this.id}`;
  }
}
