/** Every sentence that the room subscriptions says to a caller, in English. Braces hold what is put in. */
export const en = {
  'position.range': 'Name a whole position from 1 to {most}.',
  'subscription.known': 'There is a subscription with this target. Resume or replay it.',
  'subscription.most': 'A department has at most {most}.',
  'position.delivered': 'Name a whole position from 1 to {most}, up to which it was delivered.',
  'subscription.unknown': 'You have no subscription {id}.',
  'subscription.disabled': 'The operator has disabled this subscription. Ask the authority to resume it.',
  'cursor.other': 'The cursor `after` is not one of this list. Start without it.',
  'target.off': 'Push by {kind} is not switched on here. Ask the operator ({setting}).',
  'target.folder': 'A folder is named with small letters, digits, hyphens and underscores, at most 63.',
  'target.url': 'A webhook needs a URL of at most {most} characters.',
  'target.bareUrl': 'The URL must name no user, password or fragment.',
  'target.host': 'The operator has not listed this host, port and protocol. Ask to have it listed (PUSH_HOSTS).',
  'subscription.targetTaken':
    '{department} delivers to the same target already ({subscription}). End one of them first.',
} as const;
