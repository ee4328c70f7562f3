import { HubError } from '../../../shared/kernel/index.js';
import { problemCodes } from '../problem-codes.js';

/** What composing may take. */
export interface ComposerLimits {
  /** Longest time for one graph, milliseconds. */
  readonly timeoutMs: number;
  /** Largest heap of the composing process, MiB. */
  readonly memoryMb: number;
}

const SERVES_ON = 'The graph in force serves on.';
const REASONS = {
  COMPOSITION_TOO_SLOW: ({ timeoutMs }: ComposerLimits) =>
    `Composing the subgraphs took longer than ${timeoutMs} ms (COMPOSE_TIMEOUT_MS) and was stopped. ${SERVES_ON}`,
  COMPOSITION_TOO_LARGE: ({ memoryMb }: ComposerLimits) =>
    `Composing the subgraphs took more than ${memoryMb} MiB of memory (COMPOSE_MEMORY_MB) and was stopped. ${SERVES_ON}`,
} as const;
const TOO_DEEP = 'COMPOSITION_TOO_DEEP';

export const beyondLimits = (code: keyof typeof REASONS, limits: ComposerLimits): HubError =>
  toError(code, REASONS[code](limits));

export const tooDeep = (): HubError =>
  toError(TOO_DEEP, 'The subgraphs are nested too deeply to be composed, such as by a list of lists of lists.');

const toError = (code: string, message: string): HubError =>
  new HubError('COMPOSITION_FAILED', message, { errors: [{ code, message }] });

/** True for subgraphs that cannot be composed within the limits: another attempt would end as this one did. */
export const isBeyondLimits = (error: unknown): boolean =>
  problemCodes(error).some((code) => code in REASONS || code === TOO_DEEP);

/** True for an error that comes of a stack that was not deep enough. */
export function isStackExceeded(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof RangeError && /call stack/.test(at.message)) return true;
  return false;
}
