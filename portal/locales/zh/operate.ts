export { default as enums } from './enums/operate.generated.js';

export default {
  health: '运行状况',
  healthIntro: '平台是否正常，哪些事项在等待，哪些出现故障。',
  again: '刷新',
  ready: '平台正常提供服务',
  notReady: '平台暂不能提供服务',
  details: '详情',
  pulls: '定时拉取',
  none: '没有。',
  failing: '连续失败 {{count}} 次：{{why}}',
  checked: '最近核对 {{at}}',
  next: '下次 {{at}}',
  pushes: '使用日志推送',
  lag: '待处理 {{count}} 条',
  loads: '正在载入',
  rowsRead: '已读 {{count}} 行',
  versions: '最近的子图版本',
};
