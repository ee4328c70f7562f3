import { textIn } from '../../../../shared/kernel/index.js';
import type { ReformGap } from '../../core/index.js';
import type { StoredGap } from './reform.entity.js';

/** Gaps with their sentences in both languages, as they are kept: each once. */
export const toStoredGaps = (gaps: readonly ReformGap[]): StoredGap[] => {
  const stored = gaps.map(({ code, object, message }) => ({
    code,
    object,
    zh: textIn(message, 'zh'),
    en: textIn(message, 'en'),
  }));
  return [...new Map(stored.map((gap) => [`${gap.code} ${gap.object} ${gap.en}`, gap])).values()];
};
