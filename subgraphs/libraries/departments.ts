/** A department that the libraries need beside the demo's, with its data administrator and a function (职能). */
export interface LibraryDepartment {
  readonly code: string;
  readonly name: string;
  readonly administrator: { readonly subject: string; readonly name: string };
  readonly duty: { readonly name: string; readonly source: string };
}

const department = (
  code: string,
  name: string,
  administrator: readonly [subject: string, name: string],
  duty: readonly [name: string, source: string],
): LibraryDepartment => ({
  code,
  name,
  administrator: { subject: administrator[0], name: administrator[1] },
  duty: { name: duty[0], source: duty[1] },
});

export const LIBRARY_DEPARTMENTS: readonly LibraryDepartment[] = [
  department('development-reform', '发展和改革委员会', ['fan.jie', '范杰'], ['社会信用、价格和能源管理', '价格法']),
  department('statistics', '统计局', ['jiang.wen', '江文'], ['国民经济核算', '统计法']),
  department(
    'health-commission',
    '卫生健康委员会',
    ['shen.yun', '沈芸'],
    ['医疗卫生服务管理', '基本医疗卫生与健康促进法'],
  ),
  department('emergency-management', '应急管理局', ['lei.hong', '雷洪'], ['安全生产和应急管理', '安全生产法']),
  department('construction', '城乡建设委员会', ['shi.kai', '石凯'], ['建筑活动监督管理', '建筑法']),
  department('political-legal', '政法委员会', ['qin.zheng', '秦正'], ['基层社会治理', '中国共产党政法工作条例']),
  department('ecology', '生态环境局', ['lu.qing', '陆青'], ['环境保护监督管理', '环境保护法']),
  department('transport', '交通运输局', ['lu.tong', '路通'], ['道路运输管理', '道路运输条例']),
  department('meteorology', '气象局', ['feng.yu', '冯雨'], ['气象预报和灾害预警', '气象法']),
];
