/** Headers of every page here: nothing from another host, no script but the page's own files, no framing.
 *  Styles may be inline, because the editor positions its text with them. */
export const pageHeaders = (formTargets: readonly string[]): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "connect-src 'self'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});

const shell = (head: string, body: string): string =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>ShareHub</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>\n`;

/** The query page; its files are at `assets`. */
export const queryPageHtml = (assets: string): string =>
  shell(
    `<link rel="stylesheet" href="${assets}/query-page.css"><script type="module" src="${assets}/query-page.js"></script>`,
    '<div id="query-page"></div>',
  );

/** A page that says one sentence and offers to sign in again.
 *  @param sentence  plain text of the hub's own */
export const noticeHtml = (sentence: string): string =>
  shell('', `<p>${sentence}</p><p><a href="/graphiql/login">Sign in</a></p>`);
