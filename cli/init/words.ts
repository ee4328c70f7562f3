/** Meaning of a column, by its name: it decides on format, mask, subject and the proposed share type. */
export type Meaning =
  | 'IDENTITY_NUMBER'
  | 'CREDIT_CODE'
  | 'DIVISION_CODE'
  | 'PERSON_NAME'
  | 'PHONE'
  | 'ADDRESS'
  | 'INCOME'
  | 'HEALTH'
  | 'FINANCE'
  | 'BELIEF'
  | 'BIOMETRIC'
  | 'MOVEMENT'
  | 'FAMILY'
  | 'PERSONAL'
  | 'SECRET';

export interface Word {
  readonly english: string;
  readonly chinese: readonly string[];
  /** Abbreviations by Pinyin initials and English names, without separators. */
  readonly latin: readonly string[];
  readonly meaning?: Meaning;
}

const word = (english: string, chinese: string, latin = '', meaning?: Meaning): Word => ({
  english,
  chinese: chinese.split(' '),
  latin: [english.toLowerCase(), ...latin.split(' ').filter((each) => each !== '')],
  ...(meaning && { meaning }),
});

/** Words of columns and tables that departments use, each with the name that it gets in the graph.
 *  @source GB 11643, GB 32100, GB/T 2260 for the numbers; 个人信息保护法 第二十八条 for what is sensitive */
export const WORDS: readonly Word[] = [
  word(
    'idNumber',
    '公民身份号码 公民身份证号码 居民身份证号码 居民身份证号 身份证件号码 身份证号码 身份证号 身份号码 身份证',
    'sfzh sfzhm shfzhm shfzh sfzjhm gmsfhm gmsfzhm gmsfzh sfhm idcard idcardno idcardnumber idno identityno identitynumber identitycard cardid citizenid shenfenzheng shenfenzhenghao shenfenzhenghaoma',
    'IDENTITY_NUMBER',
  ),
  word('documentNumber', '证件号码 证件号', 'zjhm zjh certno certificateno', 'PERSONAL'),
  word('passportNumber', '护照号码 护照号', 'hzhm hzh passport passportno', 'PERSONAL'),
  word(
    'creditCode',
    '统一社会信用代码 社会统一信用代码 社会信用代码 统一信用代码 信用代码',
    'tyshxydm shtyxydm tyxydm shxydm xydm uscc usci socialcreditcode unifiedsocialcreditcode uniscid',
    'CREDIT_CODE',
  ),
  word(
    'division',
    '行政区划代码 行政区划编码 行政区划 区划代码 所属区划 所在区划 地区代码',
    'xzqh xzqhdm xzqhbm xzqdm qhdm ssqh divisioncode areacode regioncode adcode districtcode',
    'DIVISION_CODE',
  ),
  word(
    'phone',
    '联系电话 手机号码 手机号 电话号码 移动电话 固定电话 联系方式 手机 电话',
    'lxdh sjhm sjh dhhm yddh gddh lxfs mobile tel telephone phonenumber mobilephone cellphone',
    'PHONE',
  ),
  word('email', '电子邮箱 电子邮件 邮箱', 'dzyx mail', 'PERSONAL'),
  word('householdAddress', '户籍地址 户口所在地 户籍所在地', 'hjdz hkszd hjszd', 'ADDRESS'),
  word('residence', '居住地址 现住址 家庭住址 家庭地址 住址 居住地', 'jzdz jtzz jtdz homeaddress', 'ADDRESS'),
  word('registeredAddress', '注册地址 住所', 'zcdz'),
  word('address', '通讯地址 联系地址 详细地址 地址', 'txdz lxdz xxdz dz addr', 'ADDRESS'),
  word('income', '年收入 月收入 收入 工资 薪资 薪酬', 'nsr salary wage annualincome', 'INCOME'),
  word(
    'bankAccount',
    '银行账号 银行账户 银行卡号 开户账号 账号 银行卡',
    'yhzh yhkh khzh bankcard bankcardno accountno',
    'FINANCE',
  ),
  word('balance', '账户余额 余额', 'zhye', 'FINANCE'),
  word('diagnosis', '诊断 病情 病种 疾病 病史 主诉', 'disease illness icd', 'HEALTH'),
  word('disability', '残疾等级 残疾类别 残疾', 'cjdj cjlb handicap', 'HEALTH'),
  word('bloodType', '血型', '', 'HEALTH'),
  word('health', '健康状况 健康', 'jkzk', 'HEALTH'),
  word('religion', '宗教信仰 宗教', 'zjxy', 'BELIEF'),
  word('politicalStatus', '政治面貌', 'zzmm', 'PERSONAL'),
  word('photo', '照片 相片 人脸', 'portrait face', 'BIOMETRIC'),
  word('fingerprint', '指纹', '', 'BIOMETRIC'),
  word('longitude', '经度', 'lng lon'),
  word('latitude', '纬度', 'lat'),
  word('track', '行踪 轨迹', 'trajectory', 'MOVEMENT'),
  word('maritalStatus', '婚姻状况 婚姻', 'hyzk', 'FAMILY'),
  word('password', '密码 口令', 'mm pwd passwd secret token salt', 'SECRET'),
  word('ethnicity', '民族', 'mz nation', 'PERSONAL'),
  word('bornOn', '出生日期 出生年月日 出生年月 生日', 'csrq csny birthday birthdate dateofbirth dob', 'PERSONAL'),
  word('sex', '性别', 'xb gender', 'PERSONAL'),
  word('age', '年龄', 'nl', 'PERSONAL'),
  word('nativePlace', '籍贯', 'jg', 'PERSONAL'),
  word('education', '文化程度 学历', 'whcd xl', 'PERSONAL'),
  word('name', '姓名', 'xm', 'PERSON_NAME'),
  word('legalRepresentative', '法定代表人 法人代表', 'fddbr frdb', 'PERSON_NAME'),
  word('contact', '联系人', 'lxr contactperson', 'PERSON_NAME'),
  word('guardian', '监护人', 'jhr', 'PERSON_NAME'),
  word('householder', '户主', '', 'PERSON_NAME'),
  word('handler', '经办人 承办人', 'jbr cbr', 'PERSON_NAME'),
  word('householdNumber', '户口簿号 户号', 'hkbh'),
  word('studentNumber', '学籍号 学号', 'xjh xh studentno'),
  word('schoolCode', '学校代码', 'xxdm'),
  word('schoolName', '学校名称', 'xxmc'),
  word('organisationCode', '组织机构代码', 'zzjgdm orgcode'),
  word('organisationName', '单位名称 机构名称', 'dwmc jgmc orgname'),
  word('companyName', '企业名称', 'qymc'),
  word('remark', '备注 说明', 'bz remarks memo note comment'),
  word('createdAt', '创建时间 录入时间 新增时间', 'cjsj lrsj xzsj createtime gmtcreate createdtime'),
  word('updatedAt', '更新时间 修改时间', 'gxsj xgsj updatetime gmtmodified modifytime'),
  word('registeredOn', '登记日期 注册日期', 'djrq zcrq'),
  word('issuedOn', '发证日期 签发日期 颁发日期', 'fzrq qfrq bfrq'),
  word('validUntil', '有效期至 有效期止 截止日期', 'yxqz jzrq'),
  word('startedOn', '开始日期 起始日期', 'ksrq qsrq startdate'),
  word('endedOn', '结束日期 终止日期', 'jsrq zzrq enddate'),
  word('status', '状态', 'zt state'),
  word('score', '成绩 分数'),
  word('amount', '金额'),
  word('quantity', '数量', 'qty'),
  word('grade', '年级'),
  word('year', '年度 年份'),
  word('month', '月份'),
  word('serialNumber', '序号 流水号', 'lsh seq serialno'),
  word('licenceNumber', '许可证号 证照编号 执照号', 'xkzh zzbh licenseno'),
  word('businessScope', '经营范围', 'jyfw'),
  word('registeredCapital', '注册资本', 'zczb'),
];

/** Parts of Chinese names, for those that are no word of their own. */
export const PARTS: Readonly<Record<string, string>> = {
  ...{
    学生: 'student',
    学校: 'school',
    学籍: 'enrolment',
    教师: 'teacher',
    班级: 'class',
    课程: 'course',
    企业: 'company',
  },
  ...{
    单位: 'organisation',
    机构: 'institution',
    部门: 'department',
    人员: 'person',
    居民: 'resident',
    人口: 'population',
  },
  ...{
    户籍: 'household',
    家庭: 'family',
    车辆: 'vehicle',
    房屋: 'house',
    不动产: 'realEstate',
    土地: 'land',
    项目: 'project',
  },
  ...{ 证照: 'licence', 许可: 'permit', 合同: 'contract', 案件: 'case', 处罚: 'penalty', 行政: 'administrative' },
  ...{
    医院: 'hospital',
    病人: 'patient',
    患者: 'patient',
    就诊: 'visit',
    药品: 'medicine',
    疫苗: 'vaccine',
    医疗: 'medical',
  },
  ...{
    保险: 'insurance',
    参保: 'insured',
    养老: 'pension',
    社保: 'socialSecurity',
    缴费: 'payment',
    低保: 'livingAllowance',
  },
  ...{
    婚姻: 'marriage',
    出生: 'birth',
    死亡: 'death',
    户主: 'householder',
    监护人: 'guardian',
    法定代表人: 'legalRepresentative',
  },
  ...{
    名称: 'name',
    姓名: 'name',
    代码: 'code',
    编码: 'code',
    编号: 'number',
    号码: 'number',
    日期: 'date',
    时间: 'time',
  },
  ...{
    年度: 'year',
    类型: 'kind',
    类别: 'category',
    种类: 'kind',
    等级: 'level',
    级别: 'level',
    状态: 'status',
    原因: 'reason',
  },
  ...{
    金额: 'amount',
    数量: 'quantity',
    面积: 'area',
    地址: 'address',
    电话: 'phone',
    负责人: 'head',
    联系人: 'contact',
  },
  ...{
    开始: 'start',
    结束: 'end',
    登记: 'registration',
    注册: 'registration',
    发证: 'issue',
    批准: 'approval',
    审批: 'approval',
  },
  ...{
    备注: 'remark',
    是否: 'is',
    所在: '',
    所属: '',
    信息: '',
    情况: '',
    记录: 'record',
    明细: 'detail',
    名录: '',
    表: '',
  },
  ...{
    业务: 'business',
    服务: 'service',
    工作: 'work',
    职务: 'post',
    职业: 'occupation',
    国籍: 'nationality',
    标志: 'flag',
  },
};
