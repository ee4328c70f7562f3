/** Kinds that a provision may be of, by the ending of its title: a 条例 may be of the State Council or of a local congress. */
const ENDINGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(办法|规章|规则)$/, ['RULE', 'STATE_PROVISION']],
  [/(法|法典|宪法|决定)$/, ['LAW']],
  [/条例$/, ['REGULATION', 'ADMINISTRATIVE_REGULATION']],
  [/(规定|细则)$/, ['ADMINISTRATIVE_REGULATION', 'RULE', 'STATE_PROVISION']],
  [/(意见|通知|方案|规划|纲要)$/, ['CENTRAL_POLICY', 'PROVINCIAL_POLICY', 'STATE_PROVISION']],
];

/** Kinds of provision that a citation may stand for; none where its title gives no clue. A citation may name its kind
 *  itself in front of a colon, e.g. `STATE_PROVISION:国办发〔2016〕51号`.
 *  @param citation  title, and behind a space the article, e.g. `个人信息保护法 第二十八条` */
export function readProvisionKinds(citation: string): readonly string[] {
  const stated = /^([A-Z_]+):/.exec(citation)?.[1];
  if (stated) return [stated];
  const title = citation
    .replace(/[《》]/g, '')
    .replace(/\s*第[〇一二三四五六七八九十百千零\d]+[条款项章节].*$/, '')
    .trim();
  return ENDINGS.find(([ending]) => ending.test(title.replace(/([((].*[))])$/, '')))?.[1] ?? [];
}

/** Reports whether one of the citations is of a kind that the law accepts. */
export const citesAcceptedKind = (citations: readonly string[], accepted: readonly string[]): boolean =>
  citations.some((citation) => readProvisionKinds(citation).some((kind) => accepted.includes(kind)));
