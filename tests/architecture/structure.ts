import { measureRooms, type Arrow } from './support/measure-rooms.js';

/** `npm run structure`: how the rooms of governance hang together. */
const { rooms, arrows, upward, circular } = await measureRooms();
const show = (list: readonly Arrow[]) => list.map(({ from, to }) => `${from} → ${to}`).join(', ') || 'none';
process.stdout.write(`${rooms.length} rooms: ${rooms.join(', ')}
${arrows.length} arrows
upward: ${show(upward)}
circular: ${circular.join(', ') || 'none'}
`);
