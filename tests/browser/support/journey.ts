import type { Browser } from 'playwright-core';

/** A person's piece of work in the portal, done in `browser` at the hub of this address. */
export type Journey = (browser: Browser, hub: string) => Promise<void>;
