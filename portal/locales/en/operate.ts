export { default as enums } from './enums/operate.generated.js';

import type zh from '../zh/operate.js';

export default {
  health: 'Health',
  healthIntro: 'Whether the hub is well, what waits, what fails.',
  again: 'Look again',
  ready: 'The hub serves',
  notReady: 'The hub cannot serve now',
  details: 'Details',
  pulls: 'Pulls',
  none: 'None.',
  failing: 'failed {{count}} times: {{why}}',
  checked: 'checked {{at}}',
  next: 'next {{at}}',
  pushes: 'Pushes of uses',
  lag: '{{count}} to come',
  loads: 'Loads under way',
  rowsRead: '{{count}} rows read',
  versions: 'Latest versions',
} satisfies typeof zh;
