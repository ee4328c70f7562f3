// Three charts from four departments in one request, and one number that is not given.
import { askHub } from './ask-hub.js';
import { drawBars, drawRefusal } from './charts.js';
import { CONFIG } from './config.js';
import { accessToken, finishSignIn, signIn } from './sign-in.js';

const STREETS = { 330102001: '清波街道', 330102003: '湖滨街道', 330106002: '北山街道', 330106005: '翠苑街道' };

/** Numbers, not persons: `totalCount` is counted in the department's database, and no record of a person leaves it. */
const forStreet = (code) => `
  residents_${code}: residents(first: 1, division: "${code}") { totalCount }
  enterprises_${code}: enterprises(first: 1, division: "${code}", status: ACTIVE) { totalCount }
  parcels_${code}: parcels(first: 1, division: "${code}", landUse: RESIDENTIAL) { totalCount }
  insured_${code}: pensionInsurances(first: 1, division: "${code}", status: ACTIVE) { totalCount }`;
const QUERY = `query Board {
  ${Object.keys(STREETS).map(forStreet).join('')}
  savings: statisticsPensionInsurance(by: [STATUS], measures: [ACCOUNT_BALANCE]) { cells { status count } }
}`;

const board = document.querySelector('#board');
const status = document.querySelector('#status');
const button = document.querySelector('#ask');

async function show() {
  button.disabled = true;
  status.textContent = '正在查询… / Asking…';
  try {
    if (!accessToken()) return void (await signIn());
    const { data, refusals } = await askHub(QUERY);
    const count = (name) => Object.keys(STREETS).map((code) => data[`${name}_${code}`]?.totalCount ?? null);
    const labels = Object.values(STREETS);
    const savings = refusals.get('savings');
    board.innerHTML = [
      drawBars('常住人口（公安局）', labels, [{ name: '人', colour: '#0958d9', values: count('residents') }]),
      drawBars('企业与住宅用地（市场监督管理局、自然资源局）', labels, [
        { name: '存续企业', colour: '#135200', values: count('enterprises') },
        { name: '住宅用地宗数', colour: '#874d00', values: count('parcels') },
      ]),
      drawBars('养老保险正常参保（人力资源和社会保障局）', labels, [
        { name: '人', colour: '#531dab', values: count('insured') },
      ]),
      savings ? drawRefusal('养老保险个人账户余额', savings, CONFIG.hub) : '',
    ].join('');
    status.textContent = `${new Date().toLocaleString()}`;
  } catch (error) {
    status.textContent = `没有成功 / Failed: ${error.message}`;
  } finally {
    button.disabled = false;
    button.textContent = '重新查询 / Ask again';
  }
}

// Every question is a record of use and counts against quotas. So it is asked when somebody clicks, and once when they come
// back from signing in; never by a timer, when the window gets the focus, or when the pointer passes over something.
button.addEventListener('click', show);
finishSignIn().then(
  () => accessToken() && show(),
  (error) => (status.textContent = `没有登录 / Not signed in: ${error.message}`),
);
