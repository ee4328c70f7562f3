export { holdActs, recordActs } from './append-act.js';
export type { DailyTable, EvidenceTables, RecordTable } from './evidence-tables.js';
export { LocalDays } from './local-days.js';
export { ACT_CHANNEL } from './notify-channels.js';
export { recordMonths } from './record-months.js';
export { subjectNumber } from './record-row.js';
export { ChainMoved, RecordStore, type ChainEnd, type StoredLine } from './record-store.js';
export { connectionOf, type Query, type Row, type StoreConnection } from './store-connection.js';
