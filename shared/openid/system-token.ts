import { allowInsecureRequests, clientCredentialsGrant, discovery } from 'openid-client';
import { HubError } from '../kernel/index.js';

export interface SystemToken {
  readonly accessToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Asks an OpenID provider for the access token of one system, by the client credentials grant (RFC 6749 section 4.4)
 *  with a resource indicator (RFC 8707).
 *  @throws HubError NOT_READY when no provider answers; UNAUTHENTICATED when it refuses the system */
export async function requestSystemToken(options: {
  issuer: string;
  audience: string;
  clientId: string;
  clientSecret: string;
}): Promise<SystemToken> {
  const { issuer, clientId, clientSecret, audience } = options;
  const plainHttp = new URL(issuer).protocol === 'http:' ? { execute: [allowInsecureRequests] } : undefined;
  const server = await discovery(new URL(issuer), clientId, clientSecret, undefined, plainHttp).catch(
    (error: unknown) => {
      throw new HubError(
        'NOT_READY',
        `No OpenID provider answers at ${issuer}. Is the hub running? Start it with \`npm start\`.`,
        { issuer },
        { cause: error },
      );
    },
  );
  try {
    const answer = await clientCredentialsGrant(server, { resource: audience });
    return { accessToken: answer.access_token, expiresAt: Date.now() + (answer.expires_in ?? 0) * 1000 };
  } catch (error) {
    const why = (error as { error_description?: string; error?: string }).error_description ?? (error as Error).message;
    throw new HubError(
      'UNAUTHENTICATED',
      `The OpenID provider refused ${clientId}: ${why}.`,
      { clientId },
      { cause: error },
    );
  }
}
