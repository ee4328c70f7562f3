// Signs a person in by the authorisation code flow with PKCE (RFC 7636). There is no secret in a page: the proof is a random
// text that only this tab knows. The token stays in memory and is gone with the tab.
import { CONFIG } from './config.js';

/** The page itself, as it was registered, letter by letter. */
const RETURN_TO = new URL('index.html', document.baseURI).href;
const KEPT = 'sign-in';

let token;

/** @returns  the person's access token; undefined while nobody is signed in */
export const accessToken = () => token;

/** Sends the person to the provider, which sends them back to `RETURN_TO` with a code. */
export async function signIn() {
  const { authorization_endpoint: address } = await discover();
  const [verifier, state] = [randomText(), randomText()];
  sessionStorage.setItem(KEPT, JSON.stringify({ verifier, state }));
  const question = new URL(address);
  question.search = new URLSearchParams({
    response_type: 'code',
    client_id: CONFIG.clientId,
    redirect_uri: RETURN_TO,
    scope: 'openid',
    state,
    code_challenge: base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))),
    code_challenge_method: 'S256',
  }).toString();
  location.assign(question);
}

/** Takes the code out of the address, where the person comes back with one, and changes it for a token.
 *  @throws  an error with the provider's words, where it refused */
export async function finishSignIn() {
  const answer = new URLSearchParams(location.search);
  if (!answer.has('code') && !answer.has('error')) return;
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}');
  sessionStorage.removeItem(KEPT);
  // A code must not stay in the history, nor be used twice.
  history.replaceState(null, '', RETURN_TO);
  if (answer.get('state') !== kept.state) throw new Error('This answer belongs to no sign-in of this tab.');
  if (answer.has('error')) throw new Error(answer.get('error_description') ?? answer.get('error'));
  const { token_endpoint: address } = await discover();
  const response = await fetch(address, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CONFIG.clientId,
      redirect_uri: RETURN_TO,
      code: answer.get('code'),
      code_verifier: kept.verifier,
    }),
  });
  const result = await response.json();
  if (!response.ok) throw new Error(result.error_description ?? result.error);
  token = result.access_token;
}

export function forgetToken() {
  token = undefined;
}

async function discover() {
  const response = await fetch(`${CONFIG.issuer}/.well-known/openid-configuration`);
  return response.json();
}

const randomText = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
