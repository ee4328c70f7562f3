export { default as app } from './app.js';
export { default as enums } from './enums/app.generated.js';

/** Words of each feature, loaded with the first of its pages. */
export const features = {
  aggregation: () => import('./aggregation.js'),
  application: () => import('./application.js'),
  audit: () => import('./audit.js'),
  catalogue: () => import('./catalogue.js'),
  check: () => import('./check.js'),
  correction: () => import('./correction.js'),
  freshness: () => import('./freshness.js'),
  govern: () => import('./govern.js'),
  grant: () => import('./grant.js'),
  operate: () => import('./operate.js'),
  provide: () => import('./provide.js'),
  quality: () => import('./quality.js'),
  try: () => import('./try.js'),
  work: () => import('./work.js'),
};
