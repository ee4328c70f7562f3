import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { errors, type default as Provider } from 'oidc-provider';
import { escapeHtml, page, pageHeaders } from './html.js';
import type { OpenIdAccount } from './provider-configuration.js';

const MAX_FORM_BYTES = 4096;

/** The sign-in page of the embedded provider: a person picks one of the demo accounts, without a password. The
 *  provider therefore listens on loopback addresses only. */
export async function handleSignIn(
  provider: Provider,
  accounts: readonly OpenIdAccount[],
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const interaction = await provider.interactionDetails(req, res).catch((error: unknown) => {
    if (error instanceof errors.SessionNotFound) return undefined;
    throw error;
  });
  if (!interaction)
    return send(res, 400, notice('This sign-in has ended. Go back to where you came from and start again.'));
  if (interaction.prompt.name !== 'login') {
    const refusal = {
      error: 'access_denied',
      error_description: 'This provider asks persons for nothing but their account.',
    };
    return provider.interactionFinished(req, res, refusal);
  }
  if (req.method === 'POST') {
    const subject = await chosenAccount(req);
    if (!accounts.some((account) => account.subject === subject))
      return send(res, 400, notice('There is no such account.'));
    return provider.interactionFinished(
      req,
      res,
      { login: { accountId: subject! } },
      { mergeWithLastSubmission: false },
    );
  }
  if (req.method !== 'GET') return send(res, 405, notice('This page can be read or submitted, no more.'));
  const target = new URL(String(interaction.params['redirect_uri'])).origin;
  return send(res, 200, accountsPage(accounts), [target]);
}

async function chosenAccount(req: IncomingMessage): Promise<string | undefined> {
  if (Number(req.headers['content-length'] ?? Infinity) > MAX_FORM_BYTES) return undefined;
  return new URLSearchParams(await text(req)).get('account') ?? undefined;
}

function accountsPage(accounts: readonly OpenIdAccount[]): string {
  const buttons = accounts.map(
    ({ subject, name, department, roles }) =>
      `<button name="account" value="${escapeHtml(subject)}">${escapeHtml(name)}` +
      `<small>${escapeHtml([department, ...roles].join(' · '))}</small></button>`,
  );
  return page(
    'ShareHub sign-in',
    `<h1>Sign in to ShareHub</h1><p>Demo accounts of this machine. They have no password; a real deployment uses its own OpenID provider.</p>` +
      `<form method="post">${buttons.join('')}</form>`,
  );
}

const notice = (message: string) =>
  page('ShareHub sign-in', `<h1>Sign in to ShareHub</h1><p>${escapeHtml(message)}</p>`);

function send(res: ServerResponse, status: number, html: string, formTargets: readonly string[] = []): void {
  res.writeHead(status, pageHeaders(formTargets)).end(html);
}
