import type { ShareType } from '../../shared/kernel/index.js';
import type { ShareItem } from '../../shared/share/share-index.js';

const LAW_NAMES: Readonly<Record<ShareType, string>> = {
  UNCONDITIONAL: '无条件共享',
  CONDITIONAL: '有条件共享',
  NOT_SHARED: '不予共享',
};

/** Conditions of a field's release, as one line of its description: share type, provider, resource, basis, condition.
 *  @source share-rules section 2: the catalogue is open to every department */
export function shareNote(item: ShareItem): string {
  const parts = [
    `提供部门 ${item.provider}`,
    item.resource && `资源 ${item.resource.code} ${item.resource.name}`,
    item.basic && '基础信息项',
    item.basis.length > 0 && `依据 ${item.basis.join('、')}`,
    item.condition && `条件 ${item.condition}`,
    item.verifiable && '可比对核查',
    (item.dimension || item.measure) && '可统计',
    item.mask && `脱敏 ${item.mask}`,
  ].filter(Boolean);
  return `【${LAW_NAMES[item.shareType]} ${item.shareType}】${parts.join('；')}`;
}
