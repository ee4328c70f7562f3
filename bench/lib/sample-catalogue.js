import { buildPairVector, buildSearchVector } from '../../dist/subgraphs/governance/catalogue/search/search-words.js';

const SUBJECTS = [
  ...[
    '常住人口',
    '流动人口',
    '企业登记',
    '个体工商户',
    '社会组织',
    '不动产登记',
    '建设用地',
    '城镇职工养老保险',
    '城乡居民医疗保险',
  ],
  ...[
    '失业保险',
    '低保对象',
    '残疾人',
    '婚姻登记',
    '出生医学证明',
    '机动车',
    '驾驶人',
    '道路运输',
    '行政许可',
    '行政处罚',
    '税务登记',
  ],
  ...[
    '水质监测',
    '空气质量',
    '危险化学品',
    '食品经营许可',
    '药品经营',
    '学籍',
    '教师资格',
    '公积金缴存',
    '公租房',
    '林木采伐',
  ],
];
const ASPECTS = [
  '基础信息',
  '变更记录',
  '年度统计',
  '审批结果',
  '监督检查',
  '缴费明细',
  '待遇发放',
  '证照信息',
  '信用评价',
  '历史档案',
];
const AREAS = [
  '市本级',
  '上城区',
  '拱墅区',
  '西湖区',
  '滨江区',
  '萧山区',
  '余杭区',
  '临平区',
  '钱塘区',
  '富阳区',
  '临安区',
  '桐庐县',
  '淳安县',
  '建德市',
];
const ITEMS = [
  ...[
    '姓名',
    '公民身份号码',
    '联系电话',
    '户籍地址',
    '现居住地址',
    '统一社会信用代码',
    '单位名称',
    '法定代表人',
    '注册资本',
    '登记日期',
  ],
  ...[
    '有效期起',
    '有效期止',
    '许可证编号',
    '发证机关',
    '办理状态',
    '办结时间',
    '受理编号',
    '缴费基数',
    '缴费月数',
    '待遇标准',
    '开户银行',
  ],
  ...[
    '银行账号',
    '面积',
    '坐落',
    '用途',
    '权利类型',
    '监测点位',
    '监测时间',
    '监测值',
    '处罚事由',
    '处罚金额',
    '整改期限',
    '车牌号码',
  ],
  ...[
    '车辆类型',
    '学校名称',
    '年级',
    '班级',
    '学历',
    '专业',
    '证书编号',
    '诊断名称',
    '就诊日期',
    '药品名称',
    '批准文号',
    '生产企业',
  ],
];
const LIBRARIES = ['POPULATION', 'LEGAL_ENTITY', 'GEOGRAPHY', 'LICENCE', 'CREDIT', 'HEALTH', null];
const TYPES = ['UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED'];

/** Entries of a catalogue in force, with so many items in all: subjects by aspects by areas, twenty items an entry. */
export async function* sampleCatalogue(count) {
  for (let at = 0; at * 20 < count; at++) {
    const name = `${AREAS[Math.floor(at / 300) % AREAS.length]}${SUBJECTS[at % 30]}${ASPECTS[Math.floor(at / 30) % 10]}${at >= 4200 ? `（${at}）` : ''}`;
    const code = `3${String(at % 100).padStart(2, '0')}001/${at + 1}`;
    const library = LIBRARIES[at % LIBRARIES.length];
    const items = [];
    for (let n = 0; n < 20; n++) {
      const item = `${ITEMS[(at * 7 + n) % ITEMS.length]}`;
      items.push({
        ...{ id: `${code}@1#${n}`, name: item, shareType: TYPES[Math.floor(at / 3 + n) % 3] },
        words: await buildSearchVector({ name: item, resource: name, rest: `${library ?? ''} ${code}` }),
        grams: buildPairVector(`${name} ${item}`),
      });
    }
    yield { id: `${code}@1`, code, name, library, openness: at % 2 ? 'NOT_OPEN' : 'UNCONDITIONAL', items };
  }
}

/** What people look for: common words, several words, rare ones, a mistyped one, one with filters, one without a hit. */
export const SEARCHES = [
  { text: '联系电话' },
  { text: '信息' },
  { text: '姓名' },
  { text: '常住人口 户籍地址' },
  { text: '西湖区不动产登记' },
  { text: '养老保险缴费基数' },
  { text: '统一社会信用代码', shareType: 'CONDITIONAL' },
  { text: '许可证', library: 'LICENCE', openness: 'NOT_OPEN' },
  { text: '处罚金颔' },
  { text: '常驻人囗' },
  { text: '量子纠缠' },
  { text: '登记', from: 1000 },
];
