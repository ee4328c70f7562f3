import { HubError } from '../../shared/kernel/index.js';

/** Codes of what is wrong with a refused graph, each once. */
export function problemCodes(error: unknown): string[] {
  if (!(error instanceof HubError)) return ['COMPOSITION_FAILED'];
  const { errors = [] } = error.details as { errors?: readonly { code: string }[] };
  return [...new Set(errors.length > 0 ? errors.map(({ code }) => code) : [error.code])];
}
