import type { ReactNode } from 'react';

/** A region that may be wider than the window, such as a table, and scrolls by itself, by the keyboard too. */
export function Wide({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="wide" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
