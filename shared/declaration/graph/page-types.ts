/** The position of a page, as every subgraph publishes it; the kit has the same as a class. */
export const PAGE_INFO = `
"分页信息"
type PageInfo @shareable @share(type: UNCONDITIONAL) {
  "是否有下一页"
  hasNextPage: Boolean!
  "是否有上一页\\nTrue on every page that was asked for with \`after\`."
  hasPreviousPage: Boolean!
  "首条游标"
  startCursor: String
  "末条游标\\nGive it as \`after\` to get the next page."
  endCursor: String
}`;

/** The number of a list's records, as the kit's counted connections have it. */
export const TOTAL_COUNT = `"总数\\nRecords that all pages together give you, whatever \`first\` and \`after\` are."
  totalCount: Int`;

/** Arguments of every list. */
export const PAGE_ARGUMENTS = `"1 to 100." first: Int! = 20
  "Cursor of the record that the page starts after, e.g. \`endCursor\` of the page before." after: String`;
