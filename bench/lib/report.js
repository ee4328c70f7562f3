import { markdown, medianRatio, mediansOf } from './table.js';

const US = 'sharehub';

/** The aims of the first release, each as a ratio of CPU per request that must not be above its limit. */
const AIMS = [
  { title: '@apollo/gateway, defaults', of: US, to: 'apollo', limit: 1 / 6 },
  { title: '@graphql-hive/gateway, Rust planner', of: US, to: 'hive-rust', limit: 0.6 },
  { title: 'itself without share rules, callers and record', of: US, to: 'sharehub-permissive', limit: 1.15 },
];

/** What evidence may cost: throughput against the same gateway without it. */
const EVIDENCE = { of: US, to: 'sharehub-no-record', least: 0.85 };

/** Medians of every round, and what they say of the aims, as text.
 *  @param measured  query → contender's name → one figure set for each round
 *  @param fetches   query → contender's name → fetches for one request */
export function reportOf(measured, contenders, fetches) {
  const sections = Object.entries(measured).map(([query, byName]) => {
    const medians = Object.fromEntries(Object.entries(byName).map(([name, rounds]) => [name, mediansOf(rounds)]));
    const ours = byName[US] ?? Object.values(byName)[0];
    const rows = contenders.flatMap(({ name, title }) => {
      const figures = medians[name];
      if (!figures) return [];
      const { cpu, instructions, throughput, p99, memory } = figures;
      const ratio = (key) => `${medianRatio(byName[name], ours, key).toFixed(2)}x`;
      return [
        [
          title,
          cpu.toFixed(3),
          ratio('cpu'),
          ...(instructions === undefined ? ['', ''] : [instructions.toFixed(2), ratio('instructions')]),
          throughput.toFixed(0),
          ratio('throughput'),
          p99.toFixed(1),
          ratio('p99'),
          memory.toFixed(0),
          ratio('memory'),
          fetches[query][name],
        ],
      ];
    });
    const head = ['', 'CPU ms', '', 'M instr.', '', 'req/s', '', 'p99 ms', '', 'MB', '', 'fetches'];
    return { query, byName, medians, text: `### ${query}\n\n${markdown(head, rows)}` };
  });
  const aims = AIMS.flatMap(({ title, of, to, limit }) =>
    sections.flatMap(({ query, byName }) => {
      if (!byName[of] || !byName[to]) return [];
      const found = medianRatio(byName[of], byName[to], 'cpu');
      const counted = byName[of][0].instructions && medianRatio(byName[of], byName[to], 'instructions');
      const verdict = found <= limit ? 'met' : 'missed';
      return [[`${query}: ${title}`, found.toFixed(3), counted?.toFixed(3) ?? '', limit.toFixed(3), verdict]];
    }),
  );
  const text = [...sections.map((section) => section.text)];
  if (aims.length > 0)
    text.push(`### Aims\n\n${markdown(['ShareHub against', 'CPU', 'instructions', 'CPU at most', ''], aims)}`);
  const evidence = sections.flatMap(({ query, byName: { [EVIDENCE.of]: on, [EVIDENCE.to]: off } }) => {
    if (!on || !off) return [];
    const [throughput, cpu, p50] = ['throughput', 'cpu', 'p50'].map((key) => medianRatio(on, off, key));
    const verdict = throughput >= EVIDENCE.least ? 'met' : 'missed';
    return [[query, throughput.toFixed(3), EVIDENCE.least.toFixed(3), cpu.toFixed(3), p50.toFixed(3), verdict]];
  });
  if (evidence.length > 0)
    text.push(`### Evidence on against off\n\n${markdown(['', 'req/s', 'at least', 'CPU', 'p50', ''], evidence)}`);
  return { text: text.join('\n\n'), medians: Object.fromEntries(sections.map((s) => [s.query, s.medians])), aims };
}
