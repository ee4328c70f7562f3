import { rooms } from './rooms.js';

export { migrations } from './migrations/index.js';
export const entities = rooms.flatMap((room) => [...room.entities]);
