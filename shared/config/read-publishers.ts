import { z } from 'zod';
import { YamlFile } from '../law/yaml-file.js';
import { RELEASE_USES, type ReleasePolicy } from '../share/releases/release.js';

const name = z.string().min(1);
const instant = z.iso.datetime({ offset: true, error: 'must be a time with its offset, 2036-01-01T00:00:00+08:00' });
const consent = z.strictObject({
  id: name,
  item: name,
  identity: name.optional(),
  owner: name,
  receiver: name,
  receiverSubgraph: name,
  use: z.enum(RELEASE_USES),
  coordinate: name,
  purpose: name,
  until: instant.transform((text) => Date.parse(text)),
  proposedBy: name.optional(),
  decidedBy: z.array(name).min(2, 'must be two persons of the owner').optional(),
  revokedAt: instant.transform((text) => Date.parse(text)).optional(),
});
const publishers = z.strictObject({
  publishers: z.record(name, z.array(name).min(1, 'must name at least one department')),
  consents: z.array(consent).default([]),
});

/** Reads which subgraph publishes for which departments, and what owners consented to, from a file. It is for composing
 *  and checking without a hub; at run time governance is the truth.
 *  @throws HubError CONFIG_INVALID naming every mistake with its line */
export function readPublishers(file: string): ReleasePolicy {
  const { publishers: permits, consents } = YamlFile.read(file).parse(publishers);
  return { publishers: new Map(Object.entries(permits)), consents };
}
