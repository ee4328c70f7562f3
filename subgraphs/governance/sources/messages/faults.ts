import type { Sentence } from '../../../../shared/kernel/index.js';
import type { HostProblem } from '../../../../shared/network/source-hosts.js';
import { SOURCE_FAULTS, type SourceFaultCode } from '../../../../shared/sources/source-fault.js';

/** What is wrong with a source, in words for the department whose source it is; `SOURCE_FAULTS` has the English ones. */
export const wordFault = (code: SourceFaultCode, detail: string | undefined): Sentence => ({
  in: (language) =>
    language === 'zh'
      ? `${FAULTS[code]}${detail === undefined ? '' : `（${detail}）`}`
      : `${SOURCE_FAULTS[code]}${detail === undefined ? '' : ` (${detail})`}`,
});

/** Reason for which an address may not be a source's; the problem itself has the English words. */
export const wordHostProblem = ({ code, message }: HostProblem): Sentence => ({
  in: (language) => (language === 'zh' ? HOST_PROBLEMS[code] : message),
});

const HOST_PROBLEMS: Readonly<Record<HostProblem['code'], string>> = {
  HOST_MALFORMED: '主机须为主机名或者 IP 地址，不含协议、用户名和路径。',
  HOST_NOT_LISTED: '技术服务单位未将该主机和端口列入数据源清单（SOURCE_HOSTS），请申请将其或者其地址段列入。',
  ADDRESS_INTERNAL: '该地址不是公网地址，且技术服务单位未为数据源开放其地址段（SOURCE_HOSTS），请申请将地址段列入。',
};

const FAULTS: Readonly<Record<SourceFaultCode, string>> = {
  ADDRESS_REFUSED: '其主机没有技术服务单位准许的地址（SOURCE_HOSTS）',
  UNREACHABLE: '其地址没有应答',
  TLS_FAILED: '不能建立经核验的 TLS 连接，请提供 CA 证书，或者核对证书中的名称',
  TIMED_OUT: '未在时限内应答',
  SIGN_IN_REFUSED: '拒绝了用户名或者密码',
  TOKEN_REFUSED: '令牌地址拒绝了客户端（名称、密钥或者范围）',
  TOKEN_UNREADABLE: '令牌地址没有给出 bearer 令牌',
  AUTHENTICATION_UNSUPPORTED:
    '其登录方式不是 PostgreSQL 的方式（openGauss：sha256 或者 SM3）。请为账号设置 md5 或者 SCRAM-SHA-256 密码，或者将数据行推送到托管表',
  DATABASE_UNKNOWN: '没有这个数据库',
  TOO_MANY_CONNECTIONS: '该账号没有空闲的连接',
  CREDENTIAL_UNREADABLE: '本平台不能解开其密码，请重新填写（changeSource）',
  NOT_REGISTERED: '尚未登记，或者已失效',
  KIND_UNFIT: '登记的种类与发布数据表时不同，请重新发布',
  NOT_CHECKED: '尚未检查',
  CHARSET_UNSUPPORTED: '其文字没有声明字符集，不能确保正确读取',
  CAN_WRITE: '其账号可以更改数据，请使用只能查询（SELECT）的账号',
  NO_RIGHTS: '其账号无权读取该表或者某一列，请授予 SELECT 权限',
  TABLE_MISSING: '没有该表或者视图',
  COLUMN_MISSING: '已没有某一列',
  COLUMN_RETYPED: '某一列的类型不能转为其信息项',
  KEY_NOT_UNIQUE: '声明的键对应多行，或者键列有空值',
  KEY_UNPROVEN: '未能在时限内证明声明的键只对应一行，请添加唯一索引',
  SCOPE_NOT_A_DIVISION: '用于限定范围的信息项不是区划代码',
  LEFT_ALONE: '连续多次失败，暂停读取数秒',
  REDIRECTED: '将请求转到另一地址，平台不予跟随，请登记该地址',
  STATUS_REFUSED: '返回的 HTTP 状态不是成功',
  ANSWER_FAILED: '其应答表明调用失败（`success`）',
  ANSWER_TOO_LARGE: '其应答超过一次调用的上限，请减少一次调用的行数',
  ANSWER_UNREADABLE: '其应答不是 JSON（以 XML 请求的，不是 XML），或者字符集不明',
  ROWS_MISSING: '其应答在声明的位置（`rows`）没有数据行',
  KEY_MISSING: '给出的数据行没有键，或者键的类型不符',
  KEY_FOREIGN: '给出了未请求的数据行：没有按键查找',
  KEY_DOUBLE: '同一个键给出了多行',
  PAGES_REPEATED: '反复给出同一页',
  PAGES_ENDED: '数据行少于其所称的总数（`total`）',
  LIST_UNORDERED: '数据行没有按键的顺序给出，不能按键分页',
  CALL_MISSING: '声明中没有可以请求这些数据行的调用',
  FAILED: '读取失败',
};
