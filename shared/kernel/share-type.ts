/** Extent to which an item of data is shared between departments (共享类型).
 *  UNCONDITIONAL 无条件共享, CONDITIONAL 有条件共享, NOT_SHARED 不予/暂不共享.
 *  @source QZ-5.2b, CZ-8, YN-13 */
export const SHARE_TYPES = ['UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED'] as const;
export type ShareType = (typeof SHARE_TYPES)[number];

/** The stricter of two share types. */
export const stricter = (a: ShareType, b: ShareType): ShareType =>
  SHARE_TYPES.indexOf(a) >= SHARE_TYPES.indexOf(b) ? a : b;
