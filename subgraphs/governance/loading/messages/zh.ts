import type { en } from './en.js';

/** The same sentences in Chinese. */
export const zh = {
  'rows.empty': '信息项（items）和数据行（rows）不能为空。',
  'rows.uneven': '第 {row} 行的值与 {items} 个信息项不一一对应。',
  'load.none': '本平台不为部门保管数据表。',
  'load.notEntitled': '您不能向 {subgraph} 载入数据：仅限所属部门的数据管理员及其指定的人员（nameLoader）。',
  'load.type': '{subgraph}.{type} 不是由平台保管数据行（{from}）的类型，或者尚未发布。',
  'load.tooMany': '本部门有 {most} 次载入尚未结束，请稍候。',
  'load.keyReused': '该键已用于 {id}，其内容或者载入方式不同。请另取一个键。',
  'load.sha256': '`sha256` 须为 64 位十六进制数字，字母小写。',
  'load.bytes': '`bytes` 须为文件的大小，文件不能为空。',
  'load.mostRejected': '`mostRejected` 须为允许不合格行的百分比，0 至 100。',
  'load.large': '文件有 {bytes} 字节，最多 {limit} 字节{advice}。',
  'load.largeWorkbook': '（工作簿）。请另存为 CSV',
  'load.inParts': '。请分次载入',
  'loader.noPermit': '本部门没有发布子图 {subgraph} 的许可。',
  'loader.unknown': '本部门没有此名称的在用人员或者系统。',
  'loader.unnamed': '本部门没有以此编号指定过人员或者系统，或者已经取消。',
} as const satisfies Readonly<Record<keyof typeof en, string>>;
