import { isDeepStrictEqual } from 'node:util';
import { QUERIES } from '../queries/index.js';

/** Asks every contender everything that is going to be measured, ShareHub under every caller's token, and refuses to measure
 *  gateways that do not give the same answer.
 *  @returns name of the query → `{ bodies, answers, expectedBytes: contender's name → length of each answer }` */
export async function agreeOnAnswers(session, contenders, known) {
  const agreed = {};
  for (const { name, bodies } of Object.values(QUERIES)) {
    const all = known?.[name] ?? { bodies, answers: [], expectedBytes: {} };
    for (const contender of contenders) {
      const lengths = (all.expectedBytes[contender.name] = []);
      for (let turn = 0; turn < turnsOf(contender, bodies, session.tokens); turn++) {
        const at = turn % bodies.length;
        const { status, text } = await session.send(
          contender,
          bodies[at],
          session.tokens[turn % session.tokens.length],
        );
        const { data, errors } = status === 200 ? JSON.parse(text) : {};
        all.answers[at] ??= data;
        if (!data || errors || !isDeepStrictEqual(data, all.answers[at])) {
          throw new Error(`${contender.title} answers ${name} otherwise (${status}): ${text.slice(0, 500)}`);
        }
        lengths[at] = Buffer.byteLength(text);
      }
    }
    agreed[name] = all;
  }
  return agreed;
}

const turnsOf = ({ knowsCallers }, bodies, tokens) =>
  knowsCallers ? Math.max(bodies.length, tokens.length) : bodies.length;
