/** OpenAPI descriptions of services, as departments have them. */

export const described = (paths: object, more: object = {}) => ({
  openapi: '3.0.3',
  info: { title: '接口', version: '1' },
  paths,
  ...more,
});

/** Responses of an operation that answers with a schema. */
export const ok = (schema: object, example?: unknown, more: object = {}) => ({
  responses: {
    200: { description: 'ok', content: { 'application/json': { schema, ...(example !== undefined && { example }) } } },
    ...more,
  },
});

export const wrapped = (data: object, code: object = { type: 'integer', description: '0 表示成功' }) => ({
  type: 'object',
  properties: { code, msg: { type: 'string' }, data },
});

const PATIENT = { $ref: '#/components/schemas/PatientVO' };
const none = { 404: { description: '无此患者' } };
const parameter = (name: string, place: string, more: object = {}) => ({
  ...{ name, in: place, required: place === 'path', schema: { type: 'string' } },
  ...more,
});

/** Patients: a list by pages, one by number, one by identity number, several by POST, and an operation that changes. */
export const describedClinic = (server: string) =>
  described(
    {
      '/patients': {
        get: {
          parameters: [
            parameter('xzqh', 'query'),
            parameter('page', 'query', { schema: { type: 'integer', default: 1 } }),
            parameter('pageSize', 'query', { schema: { type: 'integer', maximum: 50 } }),
            parameter('X-App-Key', 'header', { required: true }),
          ],
          ...ok(
            wrapped({
              type: 'object',
              properties: { records: { type: 'array', items: PATIENT }, total: { type: 'integer' } },
            }),
          ),
        },
        post: { operationId: 'createPatient', ...ok(wrapped(PATIENT)) },
      },
      '/patients/{id}': {
        parameters: [parameter('id', 'path')],
        get: ok(wrapped(PATIENT), undefined, none),
      },
      '/patients/byIdCard': {
        get: { parameters: [parameter('sfzh', 'query', { required: true })], ...ok(wrapped(PATIENT), undefined, none) },
      },
      '/patients/query': {
        post: {
          summary: '批量查询',
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['ids'],
                  properties: { ids: { type: 'array', maxItems: 200, items: { type: 'string' } } },
                },
              },
            },
          },
          ...ok(wrapped({ type: 'array', items: PATIENT })),
        },
      },
    },
    {
      servers: [{ url: server }],
      components: {
        securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-App-Key' } },
        schemas: {
          PatientVO: {
            type: 'object',
            title: '患者信息',
            required: ['patientId'],
            properties: {
              patientId: { type: 'string', description: '患者编号' },
              person: { $ref: '#/components/schemas/Person' },
              xzqh: { type: 'string', description: '行政区划代码' },
              bornOn: { type: 'string', format: 'date', title: '出生日期' },
              visitedAt: { type: 'string', format: 'date-time', title: '就诊时间' },
              fee: { type: 'number', format: 'decimal', title: '费用' },
              cardNumber: { type: 'integer', format: 'int64', title: '卡号' },
              visits: { type: 'integer', format: 'int32', title: '次数' },
              weight: { type: 'number', format: 'double', title: '体重' },
              level: { type: 'string', enum: ['A', 'B'], title: '级别' },
              active: { type: 'boolean', title: '是否在册' },
              diagnoses: { type: 'array', items: { type: 'object', properties: { icd: { type: 'string' } } } },
              mother: PATIENT,
            },
          },
          Person: {
            allOf: [
              { type: 'object', properties: { sfzh: { type: 'string' } } },
              { type: 'object', properties: { xm: { type: 'string' } } },
            ],
          },
        },
      },
    },
  );
