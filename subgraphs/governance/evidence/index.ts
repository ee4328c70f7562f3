export { evidence } from './module.js';
