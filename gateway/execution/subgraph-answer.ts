import { parseJsonExactly } from '../../shared/kernel/exact-number.js';
import { toText } from '../supergraph/subgraph-wire.js';
import { say } from '../request/messages/index.js';
import { Failure } from './failure.js';

/** Reads the answer of a subgraph.
 *  @param status  of HTTP
 *  @returns       the parsed answer, or why it is none */
export function readAnswer(subgraph: string, status: number, text: string): unknown {
  let answer: unknown;
  try {
    answer = parseJsonExactly(text);
  } catch {
    answer = undefined;
  }
  const isGraphQL = typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer);
  if (isGraphQL && (status < 300 || status >= 400)) return answer;
  if (status >= 500) return toUnavailable(subgraph);
  return toBadAnswer(subgraph, status === 200 ? 'the answer is not GraphQL' : 'unexpected status');
}

/** The body of an answer with status 200. */
export class AnswerBytes {
  constructor(readonly bytes: Buffer) {}

  /** @returns the parsed answer, or why it is none */
  parse(subgraph: string): unknown {
    return readAnswer(subgraph, 200, toText(this.bytes));
  }
}

export const toUnavailable = (subgraph: string) =>
  new Failure('SUBGRAPH_UNAVAILABLE', say('subgraph.unavailable', { subgraph }), { subgraph });
export const toHung = (subgraph: string) =>
  new Failure('SUBGRAPH_UNAVAILABLE', say('subgraph.hung', { subgraph }), { subgraph });
export const toTimeout = (subgraph: string) =>
  new Failure('SUBGRAPH_TIMEOUT', say('subgraph.timeout', { subgraph }), { subgraph });
export const toInterrupted = (subgraph: string) =>
  new Failure('GRANTS_STALE', say('subgraph.interrupted', { subgraph }), { subgraph });
export const toBadAnswer = (subgraph: string, reason?: string) =>
  new Failure('SUBGRAPH_BAD_ANSWER', say('subgraph.badAnswer', { subgraph }), {
    subgraph,
    ...(reason ? { reason } : {}),
  });
