import type { en } from './en.js';

/** The same sentences in Chinese. */
export const zh = {
  'source.name': '名称（name）须以小写字母开头，为 2 至 63 位小写字母、数字和连字符。',
  'source.database': '地址（address）须为数据库的“主机:端口”，不含协议、用户名和路径。',
  'source.url': '地址（address）须为 https 或者 http 地址，不含用户名、密码、查询参数和片段标识。',
  'source.password': '密码（password）须为 1 至 {most} 个字符，不含控制字符。',
  'source.certificate': '`caCertificate` 须为 PEM 格式的证书，用于须核验的 TLS。',
  'source.noPassword': '缺少账号的密码（password）。',
  'source.databaseOnly': '`database` 仅适用于数据库。',
  'source.tls': 'https 地址的 `tls` 为 VERIFIED，http 地址的为 NONE。',
  'source.registrant': '数据源须由本人登录后登记。',
  'source.none': '本平台不读取数据源。',
  'source.known': '本部门已有数据源 {name}，请改为变更（changeSource）。',
  'source.otherKind': '{name} 是{kind}，其他种类请另取名称登记。',
  'source.most': '一个部门最多 {most} 个数据源，每天最多变更 {changes} 次。',
  'source.confirmer': '数据源须由本人登录后确认。',
  'source.over': '{id} 已失效，请重新登记。',
  'source.samePerson': '{id} 由您提交，须由其他人员确认。',
  'source.unknown': '本部门没有数据源 {name}。',
  'token.scopeOnly': '`tokenScope` 仅适用于填写了 `tokenAddress` 的数据源。',
  'token.services': '`tokenAddress` 仅适用于服务。',
  'token.address': '`tokenAddress` 须为 https 或者 http 地址，不含用户名、密码、查询参数和片段标识。',
  'token.protected': '`tokenAddress` 与 `address` 的传输保护须一致：同为 https 或者同为 http。',
  'token.client': '请在 `user` 和 `password` 中填写用于 `tokenAddress` 的客户端名称和密钥。',
  'token.scope': '`tokenScope` 须为 ASCII 名称，以单个空格分隔。',
  'token.scopeLong': '`tokenScope` 最多 500 个字符。',
} as const satisfies Readonly<Record<keyof typeof en, string>>;
