import { defineEnum } from '../../../../shared/subgraph/index.js';

/** Reasons for which a delivery failed or a subscription was stopped. The codes are stable and hold no address, secret or
 *  value. */
export const DeliveryFailure = defineEnum('DeliveryFailure', '推送失败原因\nStable; programs may rely on it.', {
  PUSH_OFF: '未开通推送',
  TARGET_MALFORMED: '推送目标有误',
  HOST_NOT_LISTED: '主机未获准',
  ADDRESS_REFUSED: '网络地址不予连接',
  SECRET_UNREADABLE: '签名密钥无法读取',
  REDIRECTED: '接收方要求重定向',
  GONE: '接收方不再接收（410）',
  STATUS: '接收方返回错误状态',
  TIMEOUT: '超时',
  CONNECTION_FAILED: '无法连接',
  STOPPED: '推送进程正在停止',
  FOLDER_FAILED: '文件夹无法写入',
  RECORD_UNREADABLE: '记录无法读取',
  OPERATOR: '由运行单位停用',
});
export type DeliveryFailure = keyof typeof DeliveryFailure;

/** Result of one attempt to deliver. */
export interface DeliveryOutcome {
  /** HTTP status of the receiver's answer, where there was one. */
  readonly status?: number;
  /** Absent when it was delivered. */
  readonly error?: DeliveryFailure;
}

/** A delivery as it is sent. */
export interface Delivery {
  readonly id: string;
  /** Cursors: it holds the entries behind `from`, up to `to`. */
  readonly from: number;
  readonly to: number;
  /** Lines of JSON, one entry each. */
  readonly body: string;
  readonly contentType: string;
}
