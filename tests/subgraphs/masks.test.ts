import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Mask } from '../../shared/kernel/index.js';
import { divisions } from '../../shared/sample/divisions.js';
import { maskValue } from '../../shared/share/mask-value.js';

const mask = (form: Mask) => (value: string) => maskValue(value, form);

describe('an address', () => {
  /** What stays of each; everything behind it is an asterisk a character. */
  it.each([
    // prefecture, county
    ['浙江省杭州市西湖区', '文三路478号'],
    ['浙江省杭州市桐庐县', '桐君街道1号'],
    ['杭州市西湖区', '文三路'],
    ['西湖区', '文三路'],
    ['浙江省西湖区', '文三路'],
    ['浙江省 杭州市 西湖区', ' 文三路'],
    // county-level cities, with and without what is above them
    ['浙江省杭州市建德市', '新安江街道'],
    ['浙江省宁波市余姚市', '阳明街道'],
    ['余姚市', '阳明街道'],
    ['江苏省昆山市', '玉山镇'],
    ['湖北省仙桃市', '沙嘴街道'],
    ['河南省济源市', '沁园街道'],
    ['海南省五指山市', '通什镇'],
    ['新疆维吾尔自治区石河子市', '北泉镇'],
    // prefectures without counties: their towns are below the county
    ['广东省东莞市', '南城街道鸿福路区1号'],
    ['东莞市', '松山湖高新技术产业开发区'],
    ['广东省中山市', '石岐区街道'],
    ['中山市', '东区街道中山四路'],
    ['海南省儋州市', '那大镇中兴大街'],
    ['海南省三沙市', '永兴镇'],
    ['甘肃省嘉峪关市', '雄关区新华路'],
    ['海南省三亚市吉阳区', '迎宾路'],
    // names that end like a county's, and are none
    ['浙江省杭州市', '阳光小区3幢'],
    ['杭州市', '翠苑社区'],
    ['杭州市', '翠苑一区2幢'],
    ['江苏省苏州市', '工业园区星湖街'],
    ['江苏省苏州市', '苏州工业园区星湖街'],
    ['天津市', '经济技术开发区第三大街'],
    ['河北省石家庄市', '石家庄高新技术产业开发区'],
    ['西安市', '高新区科技路'],
    ['成都市', '交大校区'],
    ['南京市', '鼓楼小区'],
    ['上海市', '市区人民路'],
    ['杭州市', '江干区凯旋路'], // a district that is no more
    ['甘肃省', '兰州新区'],
    ['山西省忻州市', '五台山风景名胜区'],
    ['', '阳光小区3幢1单元'],
    ['', '文三路478号西湖区'],
    ['', '开发区'],
    ['', '翠苑社区居民委员会'],
    // municipalities
    ['北京市朝阳区', '望京街道'],
    ['上海市浦东新区', '世纪大道'],
    ['天津市滨海新区', '新城镇'],
    ['重庆市巫山县', '高唐街道'],
    ['重庆市石柱土家族自治县', '南宾街道'],
    // autonomous regions, prefectures, counties and banners; leagues and areas
    ['内蒙古自治区呼伦贝尔市鄂温克族自治旗', '巴彦托海镇'],
    ['内蒙古自治区锡林郭勒盟锡林浩特市', '希日塔拉街道'],
    ['内蒙古自治区阿拉善盟阿拉善左旗', '巴彦浩特镇'],
    ['内蒙古自治区通辽市科尔沁左翼中旗', '保康镇'],
    ['云南省大理白族自治州大理市', '古城镇'],
    ['云南省西双版纳傣族自治州勐海县', '勐海镇'],
    ['云南省临沧市双江拉祜族佤族布朗族傣族自治县', '勐勐镇'],
    ['贵州省黔东南苗族侗族自治州凯里市', '大十字街道'],
    ['新疆维吾尔自治区阿克苏地区库车市', '热斯坦街道'],
    ['新疆维吾尔自治区伊犁哈萨克自治州伊宁市', '都来提巴格街道'],
    ['西藏自治区拉萨市城关区', '八廓街道'],
    ['广西壮族自治区桂林市龙胜各族自治县', '龙胜镇'],
    // names within names
    ['山西省阳泉市城区', '上站街道'],
    ['山西省阳泉市郊区', '荫营镇'],
    ['河北省沧州市沧县', '旧州镇'],
    ['吉林省吉林市船营区', '德胜街道'],
    ['辽宁省朝阳市朝阳县', '柳城街道'],
    // a level that is not named by its full name ends what is shown
    ['浙江省', '杭州西湖区文三路'],
    ['云南省', '大理州大理市'],
    ['', '浙江杭州西湖区'],
    // outside the lists of counties
    ['香港特别行政区', '中西区皇后大道中'],
    ['台湾省', '台北市中正区'],
    // rare characters
    ['浙江省杭州市西湖区', '𠮷祥路𬒈1号'],
    ['', '葛\u{E0100}城区'],
  ])('shows %p and hides %p', (shown, hidden) => {
    const length = (hidden.match(/\P{M}\p{M}*/gu) ?? []).length;
    expect(maskValue(shown + hidden, 'ADDRESS')).toBe(shown + '*'.repeat(length));
  });

  it('shows nothing below the county, whatever is below it', () => {
    const all = divisions().filter(({ level }) => level !== 'TOWNSHIP');
    const isZone = (code: string) => /^\d{4}7[1-9]$/.test(code);
    const county = fc.constantFrom(...all.filter(({ level, code }) => level === 'COUNTY' && !isZone(code)));
    const below = fc.constantFrom(
      '西湖区',
      '阳光小区',
      '开发区',
      '市辖区',
      '鼓楼区',
      '旗',
      '县',
      '一区',
      '中山市',
      '1号',
    );
    fc.assert(
      fc.property(county, fc.array(below, { minLength: 1, maxLength: 3 }), ({ fullName }, parts) => {
        const shown = String(maskValue(fullName + parts.join(''), 'ADDRESS')).replace(/\*+$/, '');
        expect(fullName.startsWith(shown)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a name', () => {
  it.each([
    ['张三丰', '张**'],
    ['王芳', '王*'],
    ['欧阳询', '欧**'],
    // nothing is left to hide behind a single character
    ['王', '*'],
    ['', ''],
    ['买买提·艾力', '买*****'],
    ['阿卜杜勒·热合曼·买买提', '阿***********'],
    ['𠮷田一郎', '𠮷***'],
    ['𬒈', '*'],
    // one character with its variation selector, or its accents
    ['葛\u{E0100}城', '葛\u{E0100}*'],
    ['葛\u{E0100}', '*'],
    ['e\u0301a', 'e\u0301*'],
    ['e\u0301', '*'],
    ['Anna Schmidt', 'A***********'],
  ])('%p is %p', (value, form) => expect(mask('NAME')(value)).toBe(form));
});

describe('a number', () => {
  it.each([
    ['PHONE', '13812345678', '138****5678'],
    ['PHONE', '+8613812345678', '+86*******5678'],
    ['PHONE', '0571-87654321', '057******4321'],
    // as many as the form shows, or few more: hidden whole
    ['PHONE', '8765432', '*******'],
    ['PHONE', '87654321', '********'],
    ['PHONE', '1381234567', '**********'],
    ['PHONE', '110', '***'],
    ['IDENTITY', '330102199003070014', '330102***********4'],
    ['IDENTITY', '330102900307001', '330102********1'],
    // travel permits and passports
    ['IDENTITY', 'H01234567', '*********'],
    ['IDENTITY', 'H0123456700', '***********'],
    ['IDENTITY', 'E12345678', '*********'],
    ['IDENTITY', 'L00000001', '*********'],
    ['IDENTITY', '8300000000000X', '**************'],
    ['IDENTITY', '830000199003070014', '830000***********4'],
    ['IDENTITY', '1234567', '*******'],
    ['IDENTITY', '12345678', '********'],
  ] as const)('%s of %p is %p', (form, value, shown) => expect(mask(form)(value)).toBe(shown));
});

it('is nothing where the form hides all, where it is unknown, and of what is no text', () => {
  expect(maskValue('张三', 'HIDDEN')).toBeNull();
  expect(maskValue('张三', 'constructor' as Mask)).toBeNull();
  for (const value of [1, true, ['张三'], { name: '张三' }, new Date(0)]) expect(maskValue(value, 'NAME')).toBeNull();
});
