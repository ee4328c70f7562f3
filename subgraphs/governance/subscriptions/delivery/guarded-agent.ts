import { Agent } from 'undici';
import { classOf, plainAddress } from '../../../../shared/network/address-class.js';
import { guardedLookup } from '../../../../shared/network/guarded-lookup.js';

/** True where a host name may lead a webhook. Addresses of the government's own networks are allowed: a host on the
 *  operator's list may have any of those. `localhost` is allowed because it can be listed only by itself. An address that
 *  the operator has listed as such is not looked up. */
export const isAllowedTarget = (address: string, hostname: string): boolean =>
  hostname === 'localhost' || ['public', 'private'].includes(classOf(plainAddress(address) ?? '').name);

/** HTTP client of webhooks.
 *  @param timeoutMs  longest time to connect, and longest silence afterwards */
export const guardedAgent = (timeoutMs: number): Agent =>
  new Agent({
    connect: { timeout: timeoutMs, lookup: guardedLookup(isAllowedTarget) },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxHeaderSize: 16_384,
    pipelining: 1,
  });
