import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ERROR_CODES, HubError, textIn, type Language } from '../kernel/index.js';

/** An error as it leaves the subgraph: a known code with its message, or nothing but the fact that it failed. What was the
 *  cause of one is for the log too.
 *  @param report  gets the faults, which are for the provider's log only */
export function toClientError(
  formatted: GraphQLFormattedError,
  error: unknown,
  language: Language,
  report: (fault: unknown) => void,
): GraphQLFormattedError {
  const { locations: _, ...rest } = formatted;
  const cause = unwrapResolverError(error);
  if (cause instanceof HubError && cause.cause !== undefined) report(cause.cause);
  if (cause instanceof HubError)
    return { ...rest, message: textIn(cause.text, language), extensions: { code: cause.code } };
  const code = formatted.extensions?.['code'];
  const ours = cause instanceof GraphQLError && typeof code === 'string' && code in ERROR_CODES;
  if (ours) {
    const { stacktrace: __, ...extensions } = formatted.extensions ?? {};
    return { ...rest, extensions };
  }
  if (isBadValue(cause))
    return {
      ...rest,
      message: 'An argument has a value that cannot be looked up.',
      extensions: { code: 'BAD_USER_INPUT' },
    };
  report(cause);
  return { ...rest, message: 'The provider failed on this field.', extensions: { code: 'SUBGRAPH_ERROR' } };
}

/** PostgreSQL's class 22, and 08P01 for a text that holds a zero character: the value is at fault, not the provider. */
const isBadValue = (cause: unknown): boolean =>
  /^(22...|08P01)$/.test(String((cause as { code?: unknown } | null)?.code));
