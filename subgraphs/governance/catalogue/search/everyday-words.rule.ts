/** Words of everyday life and the words of catalogues that mean the same or hold it. */
const GROUPS: readonly (readonly [everyday: string, official: string])[] = [
  ['手机 手机号 手机号码 移动电话 座机', '电话'],
  ['身份证 身份证号 身份证号码 身份号码', '公民身份号码 身份号码 居民身份证'],
  ['户口 户口本 户口簿 户口所在地', '户籍 户号 常住人口'],
  ['社保 五险 社保卡 社保号', '社会保险 社会保障 养老保险 医疗保险'],
  ['医保 医保卡', '医疗保险 医保卡号'],
  ['养老金 退休金 养老', '养老保险 基本养老金'],
  ['低保 低保户 困难户 五保', '最低生活保障 救助 特困'],
  ['婚姻 婚姻状况 结婚 离婚', '结婚证 配偶 婚姻'],
  ['老公 老婆 丈夫 妻子 爱人', '配偶'],
  ['孩子 小孩 儿女', '子女 新生儿'],
  ['爸爸 妈妈 父亲 母亲', '父母'],
  ['房产 房子 房屋 产权 住房 房本 房产证', '不动产 房屋 宗地 坐落'],
  ['地址 住址 家庭住址', '地址 住所 坐落'],
  ['老板 法人 法人代表', '法定代表人'],
  ['公司 厂家 商户', '企业'],
  ['执照 工商执照', '营业执照'],
  ['税号 组织机构代码 信用代码', '统一社会信用代码'],
  ['驾照 驾驶证 驾驶执照', '机动车驾驶证'],
  ['工资 薪水', '收入 工资'],
  ['犯罪 前科 案底', '犯罪'],
  ['去世 死亡', '死亡 注销'],
  ['生日 出生年月', '出生日期'],
  ['残疾 残疾证', '残疾'],
  ['学历 文凭', '学历 毕业证书'],
];
const OFFICIAL = new Map(
  GROUPS.flatMap(([everyday, official]) => everyday.split(' ').map((word) => [word, official.split(' ')] as const)),
);

/** Finds the words of catalogues for a word of everyday life; none for any other word. */
export const findOfficialWords = (word: string): readonly string[] => OFFICIAL.get(word) ?? [];
