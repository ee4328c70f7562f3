/** Name of one of its types, from 0. */
export const typeName = (number: number, type: number): string => `S${number}T${type}`;

/** One of many declared subgraphs: types with ten items each.
 *  @param number  from 0
 *  @param types   how many types
 *  @param more    a further item of the first type */
export function declareNumbered(number: number, types: number, more?: string): string {
  const declare = (type: number): string => `
  ${typeName(number, type)}:
    title: 资源${number}第${type}类
    resource: { code: '${String(400000 + number).padStart(6, '0')}/${String(type + 1).padStart(6, '0')}' }
    share: { type: UNCONDITIONAL }
    from: { hosted: {} }
    keys: [[number]]
    items:
      number: { title: 编号, required: true }
${['name', 'kind', 'place', 'phone', 'owner', 'state', 'unit', 'note'].map((item, i) => `      ${item}: { title: 项目${i} }`).join('\n')}
      area: { title: 面积, type: Decimal }${type === 0 && more ? `\n      ${more}: { title: 新增 }` : ''}
    lists: { list${typeName(number, type)}: [kind, place] }
    lookups: { one${typeName(number, type)}: [number] }`;
  return `version: 1
subgraph: numbered-${number}
department: civil-affairs
types:${Array.from({ length: types }, (_type, type) => declare(type)).join('')}
`;
}
