/** Powers of the demo's list, to which cases refer. */
export interface SamplePower {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly authority: string;
  readonly legalBasis: string;
  readonly statutoryDays: number;
  readonly of: 'ENTERPRISE' | 'PERSON' | 'NOBODY';
}

const power = (
  code: string,
  name: string,
  kind: string,
  authority: string,
  legalBasis: string,
  statutoryDays: number,
  of: SamplePower['of'],
): SamplePower => ({ code, name, kind, authority, legalBasis, statutoryDays, of });

export const POWERS: readonly SamplePower[] = [
  power('000131001000', '企业设立登记', 'LICENSING', '市场监督管理局', '市场主体登记管理条例', 3, 'ENTERPRISE'),
  power('000131016000', '食品经营许可', 'LICENSING', '市场监督管理局', '食品安全法', 20, 'ENTERPRISE'),
  power('000117009000', '建筑工程施工许可', 'LICENSING', '城乡建设委员会', '建筑法', 7, 'ENTERPRISE'),
  power('000118012000', '道路货物运输经营许可', 'LICENSING', '交通运输局', '道路运输条例', 20, 'ENTERPRISE'),
  power('000116005000', '排污许可', 'LICENSING', '生态环境局', '环境保护法', 30, 'ENTERPRISE'),
  power('000125008000', '危险化学品经营许可', 'LICENSING', '应急管理局', '安全生产法', 30, 'ENTERPRISE'),
  power('000123001000', '医疗机构执业登记', 'LICENSING', '卫生健康委员会', '医疗机构管理条例', 45, 'ENTERPRISE'),
  power('000109011000', '居民身份证换领', 'CONFIRMATION', '公安局', '居民身份证法', 60, 'PERSON'),
  power('000111002000', '结婚登记', 'CONFIRMATION', '民政局', '婚姻登记条例', 1, 'PERSON'),
  power('000115020000', '不动产转移登记', 'CONFIRMATION', '自然资源局', '不动产登记暂行条例', 30, 'PERSON'),
  power('000511003000', '临时救助金给付', 'PAYMENT', '民政局', '社会救助暂行办法', 20, 'PERSON'),
  power('000514007000', '失业保险金申领', 'PAYMENT', '人力资源和社会保障局', '社会保险法', 10, 'PERSON'),
  power('000625001000', '对生产经营单位的安全检查', 'INSPECTION', '应急管理局', '安全生产法', 0, 'NOBODY'),
  power('000216004000', '对超标排放的处罚', 'PENALTY', '生态环境局', '环境保护法', 90, 'NOBODY'),
  power(
    '001004002000',
    '企业投资项目备案',
    'OTHER',
    '发展和改革委员会',
    '企业投资项目核准和备案管理条例',
    1,
    'ENTERPRISE',
  ),
];

/** Powers that an enterprise or a resident can ask for. */
export const powersOf = (of: SamplePower['of']): readonly SamplePower[] => POWERS.filter((each) => each.of === of);
