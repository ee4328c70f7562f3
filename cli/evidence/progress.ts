import type { Progress } from '../../shared/evidence/verify/index.js';
import { formatCount } from './format-count.js';

/** Shows progress in one line, rewritten in place; nothing when the stream is not a terminal. */
export function showProgress(stream: NodeJS.WriteStream): { show: (progress: Progress) => void; end: () => void } {
  const begun = performance.now();
  let shown = -Infinity;
  return {
    show: ({ records, bytes, totalBytes }) => {
      const now = performance.now();
      if (!stream.isTTY || now - shown < 200) return;
      shown = now;
      const percent = totalBytes === 0 ? 100 : Math.floor((bytes / totalBytes) * 100);
      const speed = Math.round((records / (now - begun)) * 1000).toLocaleString('en');
      stream.write(`\r\x1b[K${percent} %  ${formatCount(records, 'record')}  ${speed}/s`);
    },
    end: () => void (stream.isTTY && stream.write('\r\x1b[K')),
  };
}
