import { EntityName, OptionalProps } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, InputType, Int, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineEnum, Reads } from '../../../../shared/subgraph/index.js';
import { FILE_STATES, type FileAnnouncement, type FileState, type MediaType, Refusal } from '../../core/index.js';

export const ApplicationFileStates = defineEnum<FileState>('ApplicationFileState', '申请附件状态', FILE_STATES);

@Share('UNCONDITIONAL')
@Entity()
@ObjectType({ description: '申请附件\nA file that supports an application.' })
export class ApplicationFile {
  [EntityName]?: 'ApplicationFile';
  [OptionalProps]?: 'address';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Property()
  application!: string;

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

  @Field(() => ApplicationFileStates, { description: '状态' })
  @Enum(() => ApplicationFileStates)
  state!: FileState;

  @Field(() => GraphQLISODateTime, { description: '登记时间' })
  @Property()
  announcedAt!: Date;

  @Property()
  announcedBy!: string;

  @Reads('id')
  @Field({ description: '地址\nPath below the hub: uploads by the tus protocol, and downloads.' })
  get address(): string {
    return `/application-files/${this.id}`;
  }
}

@InputType({ description: '待提交的申请附件' })
export class ApplicationFileInput implements FileAnnouncement {
  @Field({ description: '文件名' })
  fileName!: string;

  @Field({ description: '文件类型\napplication/pdf, image/jpeg or image/png.' })
  mediaType!: string;

  @Field(() => Int, { description: '大小\nBytes, at most 10,000,000.' })
  bytes!: number;

  @Field({ description: '内容校验值\nSHA-256, 64 hexadecimal digits.' })
  sha256!: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '申请附件办理结果\nExactly one of `file` and `refusal` is set.' })
export class ApplicationFileResult {
  @Field(() => ApplicationFile, { nullable: true, description: '申请附件' })
  file?: ApplicationFile;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
