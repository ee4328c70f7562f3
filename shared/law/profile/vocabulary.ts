/** The closed lists of words that a profile is written in, each word explained where it is not plain. */

/** Events that start or stop a clock. */
export const CLOCK_EVENTS = [
  'SUBMISSION', // the applicant sent it
  'RECEIPT', // it reached the one who must answer
  'REQUEST', // the authority asked for it
  'DISPATCH', // the operator passed it on
  'DETECTION', // somebody noticed
  'REVIEWED', // every reviewer has decided
  'ANSWER', // the answer went out
  'SUPPLY', // the data can be used
  'DECISION', // it was decided whether to correct
  'AGGREGATED', // the corrected data is on the platform again
  'FEEDBACK', // the other party has the result
  'CHANGE', // a law or a function changed
  'CATALOGUE_UPDATED', // the catalogue says so
  'DATA_GENERATED', // the data came into being
  'DATA_UPDATED', // the platform has it
] as const;

/** Pace required by a text that gives no number: measured and shown, never overdue. */
export const PACES = [
  'AT_ONCE', // 立即, 即时; with working days beside it: at once where possible
  'REAL_TIME', // 实时
  'PROMPTLY', // 及时
  'DYNAMIC', // 动态
  'REGULARLY', // 定期
  'AS_NEEDED', // 根据需要
  'BY_PROCEDURE', // 按程序
] as const;

/** Permitted grounds of a restriction or a refusal. */
export const BASES = [
  'LAW', // 法律
  'REGULATION', // 法规
  'ADMINISTRATIVE_REGULATION', // 行政法规
  'RULE', // 规章
  'CENTRAL_POLICY', // 党中央、国务院政策
  'PROVINCIAL_POLICY', // 省委、省人民政府政策
  'STATE_PROVISION', // 国家有关规定
] as const;

/** Required parts of an application. */
export const APPLICATION_PARTS = [
  'APPLICANT', // name of the department or person
  'CONTACT',
  'IDENTITY_PROOF',
  'DUTY', // the duty the data serves (履职需要)
  'SERVICE_KIND', // interface, verification or bulk exchange
  'NEED', // 共享需求
  'REASON', // 理由
  'DATA_NAME',
  'DATA_TYPE',
  'DATA_CONTENT',
  'USE', // 用途
  'SCOPE_OF_USE', // 使用范围
  'SECURITY_MEASURES', // 安全管理措施
] as const;

/** Ways in which data may reach its user. */
export const EXCHANGE_MODES = [
  'ONLINE', // 联机
  'ONLINE_QUERY', // 联机查询
  'INTERFACE', // 接口
  'VERIFICATION', // 交叉核验
  'SYSTEM_LINK', // 系统对接
  'FRONT_END', // 前置机, 前置交换系统
  'REQUEST_RESPONSE', // 请求响应
  'BULK', // 批量交换, 批量下载
] as const;

/** Attributes of a catalogue entry. */
export const CATALOGUE_ATTRIBUTES = [
  'NAME',
  'FORMAT',
  'SHARE_TYPE',
  'SHARE_SCOPE',
  'UPDATE_CYCLE',
  'TIMELINESS',
  'PROVISION_MODE',
  'PROVIDER',
  'OPENNESS',
  'DATA_SCOPE',
  'CATEGORY',
  'SECURITY_GRADE',
] as const;

/** Required parts of a record of use. */
export const RECORD_FIELDS = ['PURPOSE', 'USER', 'APPROVER', 'CONTENT', 'TIME', 'MODE', 'MEDIUM'] as const;

/** Identifiers of persons and organisations. */
export const PERSON_KEYS = ['CITIZEN_IDENTITY_NUMBER', 'STATUTORY_IDENTITY_DOCUMENT'] as const;
export const ORGANISATION_KEYS = ['UNIFIED_SOCIAL_CREDIT_CODE', 'ORGANISATION_CODE', 'BUSINESS_LICENCE'] as const;
