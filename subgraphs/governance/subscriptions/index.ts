export { subscriptions } from './module.js';
export { allowedOrigins } from './delivery/allowed-origins.js';
export { Pusher } from './delivery/pusher.js';
export { streams } from './streams.js';
