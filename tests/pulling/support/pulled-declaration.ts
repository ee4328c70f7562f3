/** Pupils that are pulled into a hosted table.
 *  @param pull  what stands in `pull` */
export const pulledPupils = (pull: string): string => `version: 1
subgraph: pulled-pupils
department: education
types:
  Pupil:
    title: 学籍信息
    resource: { code: 301001/000022, library: EDUCATION, category: 主题类, updateCycle: DAILY }
    share: { type: UNCONDITIONAL }
    from:
      hosted:
        pull: { ${pull.replaceAll('\n', '')} }
    keys: [[number]]
    items:
      number: { title: 学号, column: xh, required: true }
      name: { title: 姓名, column: xm }
      card: { title: 卡号, type: Decimal }
      bornOn: { title: 出生日期, type: Date, column: csrq }
      changed: { title: 更新时间, type: DateTime, column: gxsj }
    lookups: { pupil: [number] }
`;

export const FROM_SERVICE = `service: edu-gate, success: { at: /code, is: [0] }, every: DAILY,
  calls: [{ path: /pupils, query: { p: '{$page}' }, rows: /data, pages: { by: number, size: 2 } }]`;
export const FROM_SERVICE_CHANGED = `service: edu-gate, success: { at: /code, is: [0] }, every: '0 * * * *', mode: upsert,
  watermark: { item: changed, overlapMinutes: 10 },
  calls: [{ path: /pupils, query: { p: '{$page}', since: '{$since}' }, rows: /data, pages: { by: number, size: 2 } }]`;
export const FROM_DATABASE = `database: front-machine, table: pupil, every: '30 1 * * 1-5'`;
