import { HubError, type ErrorCode, type Grant } from '../../shared/kernel/index.js';
import type { Release } from '../../shared/share/releases/release.js';
import type { ShareItem } from '../../shared/share/share-index.js';

type DenialCode = Extract<
  ErrorCode,
  | `GRANT_${string}`
  | 'PURPOSE_REQUIRED'
  | 'PERSON_NOT_AUTHORISED'
  | 'OUT_OF_SCOPE'
  | 'NOT_SHARED'
  | 'NOT_PUBLISHED'
  | 'RELEASE_NOT_CONSENTED'
  | 'QUOTA_EXCEEDED'
  | 'QUOTA_UNAVAILABLE'
  | 'UNAUTHENTICATED'
>;

/** Reasons in Chinese, for those who read the answer on a page. */
const DENIAL_REASONS: Readonly<Record<DenialCode, string>> = {
  GRANT_EXPIRED: '授权已到期',
  GRANT_REQUIRED: '需经申请并取得授权',
  GRANT_SUSPENDED: '授权已暂停',
  NOT_PUBLISHED: '目录尚未发布',
  NOT_SHARED: '不予共享',
  OUT_OF_SCOPE: '超出授权的数据范围',
  PERSON_NOT_AUTHORISED: '本部门未授权本人使用',
  PURPOSE_REQUIRED: '须说明使用场景',
  QUOTA_EXCEEDED: '超出当日用量',
  QUOTA_UNAVAILABLE: '暂时无法计量',
  RELEASE_NOT_CONSENTED: '数据归属部门未同意提供',
  UNAUTHENTICATED: '须先登录',
};

/** The reason for which an item is refused. A shield rule returns it; it becomes the error beside the null. */
export class Denial extends HubError {
  /** In Chinese. */
  readonly reason: string;

  constructor(
    code: DenialCode,
    readonly item: ShareItem,
    message: string,
    readonly grant?: Grant,
    /** The release that must not be made. */
    readonly release?: Release,
  ) {
    super(code, message);
    this.reason = DENIAL_REASONS[code];
    this.name = 'Denial';
  }
}
