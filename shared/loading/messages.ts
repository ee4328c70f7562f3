import { openCatalogue } from '../kernel/index.js';

/** Details of why a file was not loaded, in both languages. */
export const say = openCatalogue({
  en: {
    column: 'column {at}',
    rows: '{rejected} of {rows} rows are wrong; problems: {problems}',
    vanishing: '{vanishing} of {live} records would go, at most {most}% may',
    ragged: 'no row has as many columns as the headings',
    archive: 'this is an archive or a workbook (.xlsx), and no text',
    binary: 'this is a binary file, and no text',
    unbroken: 'more than {most} bytes without a line end',
    headings: 'the headings hold formulas or errors',
  },
  zh: {
    column: '第 {at} 列',
    rows: '共 {rows} 行，不合格 {rejected} 行，问题 {problems} 处',
    vanishing: '现有 {live} 条，将消失 {vanishing} 条，上限 {most}%',
    ragged: '没有一行的列数与表头一致',
    archive: '这是压缩文件或者工作簿（.xlsx），不是文本',
    binary: '这是二进制文件，不是文本',
    unbroken: '超过 {most} 字节没有换行',
    headings: '表头含有公式或者错误值',
  },
});
