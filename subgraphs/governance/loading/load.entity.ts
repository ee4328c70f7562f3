import { EntityName, OptionalProps } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Float, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import type { Text } from '../../../shared/kernel/index.js';
import type { FileFormat, LoadMode, LoadOutcome } from '../../../shared/loading/index.js';
import { Resource, Share } from '../../../shared/share/decorators.js';
import { defineConnection, defineEnum, Reads, Worded } from '../../../shared/subgraph/index.js';

export const FileFormats = defineEnum('FileFormat', '文件格式', {
  CSV: 'CSV（UTF-8 或者 GB18030）',
  XLSX: 'Excel 工作簿',
  NDJSON: '每行一个 JSON 对象',
} satisfies Record<FileFormat, string>);

export const LoadModes = defineEnum('LoadMode', '载入方式', {
  APPEND: '追加：主键不得已存在',
  UPSERT: '增改：按主键新增或者更新',
  FULL: '全量：文件中没有的记录标记为删除',
} satisfies Record<LoadMode, string>);

export const LoadStates = defineEnum('LoadState', '载入状态', {
  ANNOUNCED: '待上传',
  RECEIVED: '待载入',
  LOADING: '载入中',
  LOADED: '已载入',
  REFUSED: '未载入',
  EXPIRED: '逾期未上传',
});
export type LoadState = keyof typeof LoadStates;

@Share('UNCONDITIONAL')
@ObjectType({ description: '载入结果\nCounts of rows.' })
export class LoadCounts implements LoadOutcome {
  @Field(() => Int, { description: '文件行数' })
  rows!: number;

  @Field(() => Int, { description: '新增' })
  inserted!: number;

  @Field(() => Int, { description: '更新' })
  updated!: number;

  @Field(() => Int, { description: '未变化' })
  unchanged!: number;

  @Field(() => Int, { description: '标记删除' })
  deleted!: number;

  @Field(() => Int, { description: '不合格' })
  rejected!: number;

  @Field(() => Int, { description: '问题数' })
  problems!: number;

  @Field(() => Int, { description: '取自公式的值' })
  formulas!: number;
}

@Resource({ code: '900001/000041', name: '数据载入记录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity()
@ObjectType({
  description: '数据载入\nA file, or rows, that a department loads into a table which the hub keeps for it.',
})
export class Load {
  [EntityName]?: 'Load';
  [OptionalProps]?: 'counts' | 'reports' | 'wordedMessage' | 'attempts' | 'rowsRead' | 'bytesRead';

  @Field({ description: '编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '子图名称' })
  @Property()
  subgraph!: string;

  @Field({ description: '类型名称' })
  @Property()
  type!: string;

  @Field({ description: '部门代码' })
  @Property()
  department!: string;

  @Field({ description: '幂等键' })
  @Property()
  key!: string;

  @Field({ description: '内容校验值\nSHA-256, 64 hexadecimal digits.' })
  @Property()
  sha256!: string;

  @Field(() => Float, { description: '大小\nBytes.' })
  @Property({ type: 'double' })
  bytes!: number;

  @Field({ description: '文件名' })
  @Property()
  fileName!: string;

  @Field(() => FileFormats, { description: '文件格式' })
  @Enum(() => FileFormats)
  format!: FileFormat;

  @Field(() => LoadModes, { description: '载入方式' })
  @Enum(() => LoadModes)
  mode!: LoadMode;

  @Field(() => Int, { description: '允许的不合格比例\nPercent of the rows; with 0 it is all or nothing.' })
  @Property()
  mostRejected!: number;

  @Field(() => LoadStates, { description: '状态' })
  @Enum(() => LoadStates)
  state!: LoadState;

  /** Rows that came with the announcement, as JSON lines; taken away once they are loaded. */
  @Property({ type: 'text', nullable: true, lazy: true })
  content?: string | null;

  @Field(() => GraphQLISODateTime, { description: '登记时间' })
  @Property()
  announcedAt!: Date;

  @Property()
  announcedBy!: string;

  @Property()
  system!: string;

  /** Times that it was begun. One that ends the process is not begun for ever. */
  @Property()
  attempts!: number;

  @Field(() => Int, { description: '已读行数' })
  @Property()
  rowsRead!: number;

  @Field(() => Float, { description: '已读字节数' })
  @Property({ type: 'double' })
  bytesRead!: number;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '开始时间' })
  @Property({ type: 'datetime', nullable: true })
  begunAt?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '结束时间' })
  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;

  @Property({ type: 'json', nullable: true })
  outcome?: LoadOutcome | null;

  @Reads('outcome')
  @Field(() => LoadCounts, { nullable: true, description: '载入结果\nNull until it is loaded.' })
  get counts(): LoadCounts | null {
    return this.outcome ? Object.assign(new LoadCounts(), this.outcome) : null;
  }

  @Field(() => String, { nullable: true, description: '未载入的原因代码\nStable; null unless it was refused.' })
  @Property({ nullable: true })
  code?: string | null;

  /** In Chinese. */
  @Property({ nullable: true })
  message?: string | null;

  /** Null in loads from before there were two languages. */
  @Property({ nullable: true })
  messageEn?: string | null;

  @Reads('message', 'messageEn')
  @Field(() => String, { name: 'message', nullable: true, description: '未载入的原因' })
  @Worded()
  get wordedMessage(): Text | null {
    const { message, messageEn } = this;
    if (message == null) return null;
    return { in: (language) => (language === 'en' ? (messageEn ?? message) : message) };
  }

  @Reads('id')
  @Field(() => [String], {
    description:
      '错误报告\nPaths below the hub: problems line by line, and the rejected rows to be corrected; not found where no row was rejected.',
  })
  get reports(): string[] {
    return [`/loads/${this.id}/problems.csv`, `/loads/${this.id}/rows.csv`];
  }
}

export const LoadConnection = defineConnection(Load, { title: '数据载入' });
