import { Field, Int, ObjectType } from 'type-graphql';
import type { Text } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import { Worded } from '../../../../shared/subgraph/index.js';
import { Refusal } from '../../core/index.js';
import { AttributeChange } from '../entry/catalogue-change.entity.js';
import { ImportFaultCode, ImportOutcome } from './bulk-enums.js';
import type { Fault } from './import-fault.rule.js';

const LONGEST_VALUE = 100;

@Share('UNCONDITIONAL')
@ObjectType({ description: '目录导入问题\nOne thing for which a file is not taken in.' })
export class ImportFault {
  @Field(() => Int, {
    nullable: true,
    description: '行号\nOf the sheet or file, from 1; null for the file as a whole.',
  })
  row?: number | undefined;

  @Field(() => String, { nullable: true, description: '列名' })
  column?: string | undefined;

  @Field(() => String, { nullable: true, description: '值\nAt most 100 characters of it.' })
  value?: string | undefined;

  @Field(() => ImportFaultCode, { description: '代码' })
  code!: ImportFaultCode;

  @Field(() => String, { description: '说明' })
  @Worded()
  message!: Text;

  static of({ value, ...fault }: Fault): ImportFault {
    return Object.assign(new ImportFault(), { ...fault, value: value && [...value].slice(0, LONGEST_VALUE).join('') });
  }
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '导入的目录条目' })
export class ImportedEntry {
  @Field({ description: '资源代码' })
  code!: string;

  @Field({ description: '资源名称' })
  name!: string;

  @Field(() => ImportOutcome, { description: '结果' })
  outcome!: ImportOutcome;

  @Field(() => Int, { nullable: true, description: '版本号\nAfter the import; null in a dry run of a new entry.' })
  version?: number | undefined;

  @Field(() => Int, { description: '新增信息项' })
  itemsAdded!: number;

  @Field(() => Int, { description: '修改信息项' })
  itemsChanged!: number;

  @Field(() => Int, { description: '删除信息项' })
  itemsRemoved!: number;

  @Field(() => [AttributeChange], { description: '属性变更\nOf a changed entry, at most 100.' })
  attributes!: AttributeChange[];
}

@Share('UNCONDITIONAL')
@ObjectType({
  description: '目录导入\nOf a dry run, or of a file that was taken in whole. With `faults` nothing was taken in.',
})
export class CatalogueImport {
  @Field({ description: '是否试运行' })
  dryRun!: boolean;

  @Field(() => Int, { description: '新增条目' })
  added!: number;

  @Field(() => Int, { description: '修改条目' })
  changed!: number;

  @Field(() => Int, { description: '未变条目' })
  untouched!: number;

  @Field(() => [ImportedEntry], { description: '条目' })
  entries!: ImportedEntry[];

  @Field(() => [ImportFault], { description: '问题\nAll of them, in the order of the rows.' })
  faults!: ImportFault[];

  @Field({
    description: '方案\nOf this file on this catalogue: given with the import, it is refused where either has changed.',
  })
  plan!: string;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '目录导入结果\n`refusal` is set when nothing was done; `import` may say why.' })
export class CatalogueImportResult {
  @Field(() => CatalogueImport, { nullable: true, description: '导入' })
  import?: CatalogueImport;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
