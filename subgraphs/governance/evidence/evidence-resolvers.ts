import { SealResolver } from '../seal/seal.resolver.js';
import { ActResolver } from './act.resolver.js';
import { FigureResolver } from './figure.resolver.js';
import { SubjectUsesResolver } from './subject-uses.resolver.js';
import { TimelineResolver } from './timeline.resolver.js';
import { UseResolver } from './use.resolver.js';

/** Every field by which evidence is read, and what is kept from being read sealed. */
export const evidenceResolvers = [
  ...[UseResolver, ActResolver, TimelineResolver, FigureResolver, SubjectUsesResolver, SealResolver],
];
