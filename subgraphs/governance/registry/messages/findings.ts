import type { Sentence } from '../../../../shared/kernel/index.js';

/** What a check found, in words for the department: findings are stored in English, as the process that checks words them. A
 *  change of an item is told in Chinese whole; of every other finding the code, with the English sentence behind it, which
 *  names the places. */
export const wordFinding = (code: string, message: string): Sentence => ({
  in: (language) => {
    if (language === 'en') return message;
    for (const [form, toChinese] of CHANGES[code] ?? []) {
      const found = form.exec(message);
      if (found) return toChinese(found.slice(1).map((each) => each ?? ''));
    }
    return Object.hasOwn(TITLES, code) ? `${TITLES[code]}（${message}）` : message;
  },
});

type Change = readonly [RegExp, (parts: readonly string[]) => string];

/** By the sentences of gateway/supergraph/compare-graphs.ts and compare-deprecations.ts; a test compares them. */
const CHANGES: Readonly<Record<string, readonly Change[]>> = {
  ITEM_ADDED: [[/^(\S+) is new\.$/, ([item]) => `新增 ${item}。`]],
  ITEM_REMOVED: [[/^(\S+) is gone\.$/, ([item]) => `${item} 已取消。`]],
  ITEM_RENAMED: [
    [
      /^(\S+) is (\S+) now; grants do not follow a name\.$/,
      ([old, name]) => `${old} 改名为 ${name}，原授权不随改名转移。`,
    ],
  ],
  ITEM_RETYPED: [[/^(\S+) was (\S+) and is (\S+)\.$/, ([item, old, now]) => `${item} 的类型由 ${old} 变为 ${now}。`]],
  ITEM_NULLABLE: [[/^(\S+) may be null now\.$/, ([item]) => `${item} 变为可以为空。`]],
  ARGUMENT_REMOVED: [[/^(\S+) is gone\.$/, ([argument]) => `参数 ${argument} 已取消。`]],
  ARGUMENT_RETYPED: [
    [/^(\S+) was (\S+) and is (\S+)\.$/, ([argument, old, now]) => `参数 ${argument} 的类型由 ${old} 变为 ${now}。`],
  ],
  ARGUMENT_REQUIRED: [[/^(\S+) is needed now\.$/, ([argument]) => `参数 ${argument} 变为必填。`]],
  ITEM_LOOSENED: [
    [/^(\S+) was (\S+) and is (\S+)\.$/, ([item, old, now]) => `${item} 的共享类型由${type(old)}放宽为${type(now)}。`],
  ],
  ITEM_TIGHTENED: [
    [/^(\S+) was (\S+) and is (\S+)\.$/, ([item, old, now]) => `${item} 的共享类型由${type(old)}收紧为${type(now)}。`],
  ],
  PROVIDER_CHANGED: [
    [/^(\S+) was of (\S+) and is of (\S+)\.$/, ([item, old, now]) => `${item} 的提供部门由 ${old} 变为 ${now}。`],
  ],
  ITEM_REPLACED: [
    [
      /^(\S+) is another item now/,
      ([item]) => `${item} 已是另一个信息项：提供部门、数据资源、类型或者名称不同，其授权随之终止。`,
    ],
  ],
  MASK_CHANGED: [
    [
      /^(\S+) was de-identified as (\S+) and is not any more\.$/,
      ([item, old]) => `${item} 原按 ${old} 脱敏，现不再脱敏。`,
    ],
    [
      /^(\S+) was de-identified as (\S+) and is (\S+)\.$/,
      ([item, old, now]) => `${item} 的脱敏方式由 ${old} 变为 ${now}。`,
    ],
  ],
  SCOPE_REMOVED: [
    [
      /^Rows of (\S+) cannot be narrowed by (\S+) any more\.$/,
      ([item, by]) => `${item} 的数据行不再能按 ${by} 限定范围。`,
    ],
  ],
  FILTER_LOOSENED: [
    [
      /^(\S+) no longer counts as reading (.+)\.$/,
      ([argument, items]) => `参数 ${argument} 不再视为读取 ${items!.replaceAll(', ', '、')}。`,
    ],
  ],
  ITEM_DEPRECATED: [
    [/^(\S+) is deprecated and may end after (\S+)\.$/, ([item, day]) => `${item} 拟停用，${day} 之后可能停止提供。`],
    [
      /^(\S+) is deprecated and names no last day/,
      ([item]) => `${item} 拟停用，但没有写明最后日期，请在停用原因中写明，例如 2027-03-01。`,
    ],
  ],
  REMOVED_EARLY: [
    [/^(\S+) was promised until (\S+), and goes before\.$/, ([item, day]) => `${item} 承诺提供至 ${day}，现提前取消。`],
    [
      /^(\S+) was promised until (\S+), and is promised until no day now\.$/,
      ([item, day]) => `${item} 承诺提供至 ${day}，现不再写明日期。`,
    ],
    [
      /^(\S+) was promised until (\S+), and is until (\S+) now\.$/,
      ([item, day, now]) => `${item} 承诺提供至 ${day}，现改为 ${now}。`,
    ],
  ],
  HOSTED_ROWS_UNCHECKED: [[/./, () => '未检查平台代管的数据行是否符合此版本：工作进程没有其数据库的地址。']],
};

const SHARE_TYPES: Readonly<Record<string, string>> = {
  UNCONDITIONAL: '无条件共享',
  CONDITIONAL: '有条件共享',
  NOT_SHARED: '不予共享',
};
const type = (name = ''): string => SHARE_TYPES[name] ?? name;

const TITLES: Readonly<Record<string, string>> = {
  CHECK_FAILED: '检查未能完成',
  TYPE_CHANGED: '类型的变化影响使用方',
  HOSTED_TABLE_UNFIT: '平台代管的数据行不符合此版本',
  COMPOSITION_ERROR: '不能与其他子图组成一个图',
  COMPOSITION_FAILED: '不能与其他子图组成一个图',
  COMPOSITION_TOO_DEEP: '结构嵌套过深',
  COMPOSITION_TOO_LARGE: '组成的图过大',
  COMPOSITION_TOO_SLOW: '组成图用时过长',
  SATISFIABILITY_ERROR: '有的字段无法从任何入口取得',
  INVALID_GRAPHQL: '结构定义不是有效的 GraphQL',
  SHARE_TYPE_MISSING: '没有写明共享类型',
  SHARE_TYPES_DIFFER: '不同子图对同一信息项写明的共享类型不同',
  SHARE_SPEC_UNKNOWN: '引用的共享规范版本不存在',
  SHARE_IMPORT_UNKNOWN: '引用了共享规范中没有的指令',
  SHARE_DIRECTIVE_UNLINKED: '使用共享指令但没有引用共享规范',
  STATEMENT_UNREADABLE: '共享规则无法读取',
  STATEMENT_MISPLACED: '共享规则写在了不起作用的位置',
  STATEMENT_INCOMPLETE: '共享规则不完整',
  BASIS_MISSING: '缺少依据',
  BASIC_ITEM_RESTRICTED: '基础信息项须无条件共享',
  NAME_NOT_CHINESE: '缺少中文名称',
  RESOURCE_INCOMPLETE: '数据资源内容不完整',
  RESOURCE_CODE_TWICE: '资源代码重复',
  RESOURCE_NAMED_AS_SYSTEM: '数据资源以系统命名',
  SOURCE_NOT_UNIQUE: '一数多源：同一信息项有两个提供部门',
  SOURCE_UNKNOWN: '没有登记此数据源',
  FILTERS_MISSING: '参数没有写明按哪个信息项筛选',
  FILTERS_MALFORMED: '参数写明的筛选信息项有误',
  SCOPE_NOT_A_DIVISION: '数据范围不是行政区划',
  SCOPE_AMBIGUOUS: '数据范围不止一个',
  MASK_NOT_TEXT: '只有文本可以按此方式脱敏',
  MASK_NOT_NULLABLE: '脱敏的信息项须可以为空',
  KEY_NOT_IDENTIFYING: '主键不能确定一条记录',
  KEY_NOT_RELEASED: '主键含有其他部门未同意提供的信息项',
  INPUT_NOT_RELEASED: '所需的其他部门信息项未获同意',
  OVERRIDE_NOT_CONSENTED: '接管其他部门的信息项未获同意',
  COPY_NOT_CONSENTED: '重复提供其他部门的信息项未获同意',
  PROVIDES_NOT_CONSENTED: '代为提供其他部门的信息项未获同意',
  FOREIGN_ROOT_FIELD: '该查询入口属于其他部门',
  FOREIGN_ITEM: '该信息项属于其他部门',
  PUBLISHER_UNKNOWN: '没有发布许可',
  SUBGRAPH_OF_HUB: '子图名称为平台自身所用',
  VERIFICATION_NAME_TAKEN: '核查所用的名称已被占用',
  INVERSE_OPEN: '反向关联的共享范围不得更宽',
  DIRECTIVE_NOT_CARRIED_OUT: '含有平台不执行的安全指令',
  FIELD_SET_UNREADABLE: '字段集合无法读取',
  USE_SHOWS_VALUES: '比对或者统计会透露原值',
  SDL_READ_DIFFERENTLY: '结构定义在不同程序中读出的含义不同',
  SDL_UNAVAILABLE: '无法读取子图的结构定义',
};
