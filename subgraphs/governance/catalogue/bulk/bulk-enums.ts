import { defineEnum } from '../../../../shared/subgraph/index.js';
import { IMPORT_FAULT_CODES } from './import-fault.rule.js';

export const CatalogueFileFormat = defineEnum('CatalogueFileFormat', '目录文件格式', {
  XLSX: '电子表格',
  CSV: 'CSV 文本',
});
export type CatalogueFileFormat = keyof typeof CatalogueFileFormat;

export const CsvEncoding = defineEnum('CsvEncoding', 'CSV 编码', {
  UTF_8: 'UTF-8\nWith the byte order mark.',
  GBK: 'GBK\nAs GB18030, so that no character is lost.',
});
export type CsvEncoding = keyof typeof CsvEncoding;

export const ImportFaultCode = defineEnum(
  'ImportFaultCode',
  '目录导入问题代码\nStable; programs may rely on it.',
  IMPORT_FAULT_CODES,
);
export type ImportFaultCode = keyof typeof ImportFaultCode;

export const ImportOutcome = defineEnum('ImportOutcome', '目录导入结果', {
  ADDED: '新增',
  CHANGED: '修改',
  UNTOUCHED: '未变',
});
export type ImportOutcome = keyof typeof ImportOutcome;
