import { DATA_TYPES, FORMATS, METHODS, OPENNESS, UPDATE_CYCLES } from '../checks/vocabulary.rule.js';
import { type CellKind, flagCell, listCell, sizeCell, textCell, wordCell } from './cell-kinds.rule.js';

/** A column of the file: an attribute of the entry, or of the item in its row.
 *  @source 政务信息资源目录编制指南(试行), the headings up to 关联资源代码; the others are of this catalogue */
export interface SheetColumn {
  readonly key: string;
  readonly heading: string;
  /** Further headings that are read. */
  readonly aliases?: readonly string[];
  readonly of: 'ENTRY' | 'ITEM';
  /** How its values are written and read; absent for a column that is only compared, or only told. */
  readonly kind?: CellKind;
  /** A file without it is refused. */
  readonly required?: true;
  /** Of what a subgraph serves, the schema states it. */
  readonly stated?: true;
}

export const SHARE_TYPES = { UNCONDITIONAL: '无条件共享', CONDITIONAL: '有条件共享', NOT_SHARED: '不予共享' } as const;

/** The guide writes a data type with its letter: 字符型C. */
const LETTERED_TYPES = Object.fromEntries(
  Object.entries(DATA_TYPES).map(([letter, name]) => [letter, `${name}${letter}`]),
);
const BARE_TYPES = Object.fromEntries(Object.entries(DATA_TYPES).map(([letter, name]) => [name, letter]));

/** Classes of methods (共享方式分类), as the guide has them. */
export const methodClassOf = (method: string | null | undefined): string =>
  method == null ? '' : method === 'MAIL' ? '邮件方式' : method === 'MEDIA' ? '介质交换方式' : '共享平台方式';
const METHOD_OF_CLASS: Readonly<Record<string, string>> = {
  邮件方式: 'MAIL',
  邮件: 'MAIL',
  介质交换方式: 'MEDIA',
  介质交换: 'MEDIA',
  拷盘方式: 'MEDIA',
  拷盘: 'MEDIA',
};
/** The one method of a class; undefined where it has several, or is none. */
export const methodOfClass = (name: string): string | undefined => METHOD_OF_CLASS[name];
export const METHOD_CLASSES = ['共享平台方式', '邮件方式', '介质交换方式'] as const;

export const COLUMNS: readonly SheetColumn[] = [
  {
    key: 'category',
    heading: '信息资源分类',
    aliases: ['类'],
    of: 'ENTRY',
    kind: textCell({ max: 100 }),
    stated: true,
  },
  { key: 'codeItem', heading: '项', of: 'ENTRY' },
  { key: 'codeEntry', heading: '目', of: 'ENTRY' },
  { key: 'codeDetail', heading: '细目', of: 'ENTRY' },
  { key: 'name', heading: '信息资源名称', of: 'ENTRY', kind: textCell({ max: 100 }), required: true, stated: true },
  { key: 'code', heading: '信息资源代码', of: 'ENTRY', required: true },
  { key: 'provider', heading: '信息资源提供方', of: 'ENTRY' },
  { key: 'creditCode', heading: '信息资源提供方代码', aliases: ['资源提供方代码'], of: 'ENTRY' },
  { key: 'abstract', heading: '信息资源摘要', of: 'ENTRY', kind: textCell({ max: 2000, lines: true }), required: true },
  {
    key: 'format',
    heading: '信息资源格式分类',
    aliases: ['格式分类'],
    of: 'ENTRY',
    kind: wordCell(FORMATS, { 电子文件: 'DOCUMENT', 其它: 'OTHER' }),
    required: true,
  },
  { key: 'formatType', heading: '信息资源格式类型', aliases: ['格式类型'], of: 'ENTRY', kind: textCell() },
  { key: 'item', heading: '信息项名称', of: 'ITEM', kind: textCell({ max: 100 }), required: true, stated: true },
  {
    key: 'dataType',
    heading: '数据类型',
    aliases: ['信息项数据类型'],
    of: 'ITEM',
    kind: wordCell(LETTERED_TYPES, BARE_TYPES),
    required: true,
  },
  { key: 'size', heading: '数据长度', aliases: ['信息项数据长度'], of: 'ITEM', kind: sizeCell },
  {
    key: 'shareType',
    heading: '共享类型',
    of: 'ITEM',
    kind: wordCell(SHARE_TYPES, { 不予共享或者暂不共享: 'NOT_SHARED', 暂不共享: 'NOT_SHARED' }),
    required: true,
    stated: true,
  },
  { key: 'condition', heading: '共享条件', of: 'ITEM', kind: textCell(), stated: true },
  { key: 'methodClass', heading: '共享方式分类', of: 'ENTRY' },
  {
    key: 'method',
    heading: '共享方式类型',
    aliases: ['共享方式'],
    of: 'ENTRY',
    kind: wordCell(METHODS),
    required: true,
  },
  { key: 'isOpen', heading: '是否向社会开放', aliases: ['是否开放'], of: 'ENTRY', required: true },
  { key: 'opennessCondition', heading: '开放条件', of: 'ENTRY', kind: textCell() },
  { key: 'updateCycle', heading: '更新周期', of: 'ENTRY', kind: wordCell(UPDATE_CYCLES), required: true, stated: true },
  { key: 'publishedAt', heading: '发布日期', of: 'ENTRY' },
  { key: 'related', heading: '关联资源代码', of: 'ENTRY', kind: listCell },
  { key: 'openness', heading: '开放属性', of: 'ENTRY', kind: wordCell(OPENNESS) },
  { key: 'opennessBasis', heading: '开放属性依据', of: 'ENTRY', kind: listCell },
  { key: 'library', heading: '所属库', of: 'ENTRY', kind: textCell({ max: 100 }), stated: true },
  { key: 'theme', heading: '主题', of: 'ENTRY', kind: textCell() },
  { key: 'shareScope', heading: '共享范围', of: 'ENTRY', kind: textCell() },
  { key: 'timeliness', heading: '时效要求', of: 'ENTRY', kind: textCell() },
  { key: 'collectionScope', heading: '采集范围', of: 'ENTRY', kind: textCell() },
  { key: 'legalBasis', heading: '法定依据', of: 'ENTRY', kind: listCell },
  {
    key: 'securityGrade',
    heading: '数据分级',
    of: 'ENTRY',
    kind: wordCell({ '1': '1', '2': '2', '3': '3', '4': '4' }),
  },
  { key: 'duty', heading: '职能编号', of: 'ENTRY', kind: textCell({ max: 100 }) },
  { key: 'supplement', heading: '补充目录', of: 'ENTRY', kind: flagCell },
  { key: 'coordinate', heading: '信息项坐标', of: 'ITEM' },
  { key: 'sdlType', heading: '接口类型', of: 'ITEM' },
  { key: 'reason', heading: '限制理由', of: 'ITEM', kind: textCell() },
  { key: 'basis', heading: '共享依据', of: 'ITEM', kind: listCell, stated: true },
  { key: 'basic', heading: '基础信息项', of: 'ITEM', kind: flagCell, stated: true },
  { key: 'identifier', heading: '主体标识', of: 'ITEM' },
  { key: 'subgraph', heading: '子图', of: 'ENTRY' },
  { key: 'typeName', heading: '接口对象', of: 'ENTRY' },
  { key: 'state', heading: '目录状态', of: 'ENTRY' },
  { key: 'revision', heading: '修订号', of: 'ENTRY' },
  { key: 'version', heading: '版本号', of: 'ENTRY' },
];

/** Parts of a code that the guide has columns for: 项, 目 and 细目; empty where it has none. */
export function splitCode(code: string): Readonly<Record<'codeItem' | 'codeEntry' | 'codeDetail', string>> {
  const [, codeItem = '', codeEntry = '', codeDetail = ''] = /^\d(\d{2})(\d{3})(\d*)\//.exec(code) ?? [];
  return { codeItem, codeEntry, codeDetail };
}
