import { textIn, type Language, type Text } from '../../../shared/kernel/index.js';
import { say } from '../../request/messages/index.js';

/** Headers of every page of the hub: nothing from another host, no script but the hub's own files, no framing.
 *  Styles may be inline, because the editor positions its text with them and the portal's parts put theirs at run time.
 *  @param formTargets  origins to which a form of the page may lead, by redirects too */
export const pageHeaders = (formTargets: readonly string[] = []): Record<string, string> => ({
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
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
});

/** A page as text.
 *  @param language  of its words, BCP 47
 *  @param head      further elements of its head
 *  @param body      its content, escaped */
export const pageHtml = (language: string, head: string, body: string): string =>
  `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>ShareHub</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>\n`;

/** A page that is made by a script.
 *  @param files  address of the folder of its files `NAME.js` and `NAME.css`
 *  @param name   also the id of the element that it fills */
export const scriptPage = (language: string, files: string, name: string): string =>
  pageHtml(
    language,
    `<link rel="stylesheet" href="${files}/${name}.css"><script type="module" src="${files}/${name}.js"></script>`,
    `<div id="${name}"></div>`,
  );

/** A page that says one sentence and offers to sign in again.
 *  @param text    plain text of the hub's own
 *  @param signIn  address, escaped */
export const noticePage = (language: Language, text: Text, signIn: string): string =>
  pageHtml(
    language,
    '',
    `<p>${textIn(text, language)}</p><p><a href="${signIn}">${say('page.signInAgain').in(language)}</a></p>`,
  );
