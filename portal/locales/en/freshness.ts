export { default as enums } from './enums/freshness.generated.js';

import type zh from '../zh/freshness.js';

export default {
  title: 'Freshness',
  intro:
    'When each published resource was updated last, and by when it must be again. Where nobody knows the last update, it is unknown and not called fresh.',
  resource: 'Resource',
  provider: 'Provider',
  anyProvider: 'Any provider',
  state: 'State',
  anyState: 'Any state',
  cycle: 'Update cycle',
  lastUpdate: 'Last update',
  unknown: 'unknown',
  due: 'Due',
  left: '{{days}} working days left',
  lateBy: '{{days}} working days late',
  provisional: 'provisional',
  flags: 'Way of updating',
  anyFlags: 'Any way of updating',
  flagged: 'with faults',
  nothing: 'No resource is like that.',
  acts: 'Acts',
  report: 'Report an update',
  reportHelp: 'When the data has been updated at its source. The reason may describe the batch.',
  propose: 'Ask for an exception',
  proposeHelp:
    'A quarterly window needs the approval of the authority; updates that are not in real time are filed with their cycle, and that holds at once. An exception that the law in force does not know cannot be asked for.',
  kind: 'Kind',
  intervalCycle: 'Cycle (of updates that are not in real time)',
  exceptions: 'Exceptions',
  exceptionsIntro: 'Resources that are updated by the quarter with approval, and filed intervals.',
  noExceptions: 'There are no exceptions.',
  number: 'Number',
  reason: 'Reason',
  proposed: 'Proposed',
  clauses: 'Clauses',
  approve: 'Approve',
  refuse: 'Refuse',
  end: 'End',
  endHelp: 'From then the general rule of the law holds.',
} satisfies Record<keyof typeof zh, string>;
