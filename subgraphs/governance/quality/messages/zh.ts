import type { en } from './en.js';

/** The same sentences in Chinese. */
export const zh = {
  'person.required': '须由个人办理，系统不能办理。',
  'place.unknown': '没有 {place} 的可检查信息项。请写明子图和类型，如 population.Resident。',
  'place.others': '{place} 属于其他部门。',
  'place.noRules': '{place} 没有已确认的规则。',
  'place.running': '{place} 已有一次检查在等待。',
  'rule.unknown': '本部门没有规则 {id}。',
  'rule.state': '{id} 当前状态为“{state}”。',
  'rule.item': '该类型没有可检查的信息项 {item}。',
  'rule.format': '格式规则须针对文本项，并在 format 中写明格式。',
  'rule.values': 'values 须有 1 至 500 个代码，且该项为文本或者有代码表。',
  'rule.code': '{code} 不是该项的代码。',
  'rule.range': 'least、most 对数值项须为数字，对其他项须为日期（如 2026-01-31），且下限在前。',
  'rule.recent': 'days 须为 0 至 36500，且该项为日期或者时间。',
  'rule.consistent': '请在 other 中写明同一类型的另一项，在 relation 中写明两项的关系。',
  'rule.reference': '请在 target 中写明其他部门的文本项；本项也须为文本。',
  'rule.referenceTells':
    '{item} 不是无条件共享，引用检查的数字会透露谁在其记录之中。请使用须经其提供部门同意的多元校核。',
  'rule.known': '已有相同规则：{id}。',
  'rule.most': '一个资源最多有 {most} 条已启用或者待确认的规则。',
  'rule.noDrafts': '从信息项的登记内容中得不出更多规则。',
  'rule.own': '{id} 的提出人不能确认该规则，须由本部门另一人确认。',
  'rule.none': '请写明 1 至 {most} 条规则。',
  'reason.missing': '请在 reason 中说明原因。',
  'schedule.hour': 'hour 须为 0 至 23。',
  'schedule.item': '{item} 不能说明记录的更新时间：须为该类型的日期或者时间项。',
  'run.noItem': '{place} 没有指定更新时间项（scheduleQuality）。',
} as const satisfies Readonly<Record<keyof typeof en, string>>;
