import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import { projectRoot } from '../../shared/share/directive-definitions.js';

/** Shows the process and the build beside the hub's own metrics: CPU, memory, event loop, garbage collection, open files;
 *  version of the hub and of Node. */
export function observeProcess(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'sharehub_build_info',
    help: 'The version that runs; always 1.',
    labelNames: ['version', 'node'],
    registers: [registry],
  }).set({ version: readVersion(), node: process.versions.node }, 1);
}

const readVersion = (): string =>
  (JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { version: string }).version;
