import { openCatalogue, type Sentence } from '../../kernel/index.js';
import type { ConsentScope, Release } from './release.js';

const say = openCatalogue({
  en: {
    receiver: 'subgraph {subgraph} ({departments})',
    KEY: 'The key of {coordinate} sends {item} to {receiver}',
    REQUIRES: '{coordinate} requires {item}, which is sent to {receiver}',
    ARGUMENT: 'An argument of {coordinate} is filled with {item}, which is sent to {receiver}',
    OVERRIDE: '{item} is taken over by {receiver}',
    SHAREABLE: '{item} is served a second time by {receiver}',
    PROVIDES: '{coordinate} provides {item} by {receiver}',
    ROOT_FIELD: 'The root field {item} is served by {receiver}',
    TYPE: '{item} is entered in the catalogue by {receiver}',
  },
  zh: {
    receiver: '子图 {subgraph}（{departments}）',
    KEY: '{coordinate} 的键会将 {item} 发送给{receiver}',
    REQUIRES: '{coordinate} 需要 {item}，须将其发送给{receiver}',
    ARGUMENT: '{coordinate} 的参数由 {item} 填入，须将其发送给{receiver}',
    OVERRIDE: '{item} 由{receiver}接管',
    SHAREABLE: '{item} 由{receiver}另行提供',
    PROVIDES: '{coordinate} 由{receiver}连带提供 {item}',
    ROOT_FIELD: '根字段 {item} 由{receiver}提供',
    TYPE: '{item} 由{receiver}列入目录',
  },
});

/** A release in a sentence, without its full stop. */
export function describeRelease(release: Release): Sentence {
  const { use, item, forCoordinate, receiverSubgraph, receiverDepartments } = release;
  const receiver = say('receiver', { subgraph: receiverSubgraph, departments: receiverDepartments.join(', ') });
  switch (use) {
    case 'KEY':
    case 'REQUIRES':
    case 'ARGUMENT':
    case 'PROVIDES':
      return say(use, { item, coordinate: forCoordinate, receiver });
    default:
      return say(use, { item, receiver });
  }
}

/** The consent that a release needs: the input of the act that proposes it. */
export const toConsentScope = (release: Release): ConsentScope => ({
  item: release.item,
  owner: release.owner,
  receiver: release.receiverDepartments[0] ?? '',
  receiverSubgraph: release.receiverSubgraph,
  use: release.use,
  coordinate: release.forCoordinate,
});
