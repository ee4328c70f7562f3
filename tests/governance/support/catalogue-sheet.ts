import iconv from 'iconv-lite';
import writeXlsxFile from 'write-excel-file/node';
import { stringify } from 'csv-stringify/sync';

/** A row of a department's catalogue by its headings. */
export type SheetRow = Readonly<Record<string, string>>;

const ITEM_TYPES = ['字符型C', '数值型N', '日期型D', '整型I', '双精度型B'] as const;
const CYCLES = ['实时', '每日', '每周', '每月', '每季度', '每半年', '每年', '不定期'] as const;

/** Rows of 医保 resources as the national guide has them, five items each.
 *  @param count  resources
 *  @param from   number of the first one's code */
export const guideRows = (count: number, from = 1): SheetRow[] =>
  Array.from({ length: count }, (_, at) => at).flatMap((at) =>
    ITEM_TYPES.map((dataType, item) => ({
      信息资源分类: '主题类',
      信息资源名称: `医疗保障业务第${from + at}类信息`,
      信息资源代码: `202001/${String(from + at).padStart(6, '0')}`,
      信息资源提供方: '医疗保障局',
      信息资源摘要: `=第一行，含逗号与“引号”\n第二行 "${at}"`,
      信息资源格式分类: '电子文件',
      信息资源格式类型: 'OFD',
      信息项名称: `信息项${item + 1}`,
      数据类型: dataType,
      数据长度: item === 1 ? '12,2' : '18',
      共享类型: item === 0 ? '无条件共享' : '有条件共享',
      共享条件: item === 0 ? '' : '办理医疗救助；限本人',
      共享方式分类: '共享平台方式',
      共享方式类型: '文件',
      是否向社会开放: at % 2 === 0 ? '否' : '是',
      开放条件: at % 2 === 0 ? '' : '实名申请',
      开放属性依据: '个人信息保护法 第十条；医疗保障法;第二条',
      更新周期: CYCLES[at % CYCLES.length]!,
      关联资源代码: at === 0 ? '' : '202001/000001',
      共享范围: '民政部门',
      时效要求: '次日',
      采集范围: '全市定点医疗机构',
      法定依据: '基本医疗卫生与健康促进法 第四十九条',
      数据分级: '3',
      职能编号: 'Z-D010',
      限制理由: item === 0 ? '' : '涉及健康信息',
      共享依据: item === 0 ? '' : '基本医疗卫生与健康促进法 第四十九条',
      基础信息项: '否',
    })),
  );

const tableOf = (rows: readonly SheetRow[], headings = Object.keys(rows[0]!)): string[][] => [
  headings,
  ...rows.map((row) => headings.map((heading) => row[heading] ?? '')),
];

export const toCsv = (rows: readonly SheetRow[], encoding: 'utf8' | 'gb18030' = 'utf8'): Buffer =>
  iconv.encode(stringify(tableOf(rows)), encoding);

export const toXlsx = (rows: readonly SheetRow[]): Promise<Buffer> =>
  writeXlsxFile(tableOf(rows).map((row) => row.map((value) => ({ value, type: String })))).toBuffer();
