import type { Coordinate } from '../../../../shared/kernel/index.js';
import type { Profile } from '../../../../shared/law/index.js';
import { resolveProcess } from '../review/resolve-process.rule.js';
import { type ApplicationKind, type ReviewProcess } from '../review/review-process.js';
import type { ApplicationFacts } from './application-facts.js';
import type { AddFinding } from './form-finding.js';
import type { FormValues } from './form-values.js';
import { say } from '../messages/index.js';

/** The part of an application that one provider will review. */
export interface ReviewPlan {
  readonly provider: string;
  readonly process: ReviewProcess;
  readonly coordinates: readonly Coordinate[];
}

interface ItemGroup {
  readonly kind: ApplicationKind;
  readonly provider: string;
  readonly higherLevel: boolean;
  readonly coordinates: Coordinate[];
}

/** Divides an application by provider and kind, each part with the process that the law has for it. */
export function planReviews(
  profile: Profile,
  form: FormValues,
  facts: ApplicationFacts,
  add: AddFinding,
): ReviewPlan[] {
  const { mode, special = false } = form;
  if (!mode) {
    const clauses = profile.applications?.content?.find(({ value }) => value.includes('SERVICE_KIND'))?.clauses;
    add('MODE_MISSING', 'mode', say('form.mode'), clauses);
  }
  const groups = groupItems(form, facts, add);
  if (special) checkBody(profile, facts, add);
  if (!mode) return [];
  return groups.flatMap(({ kind, provider, higherLevel, coordinates }): ReviewPlan[] => {
    const process = resolveProcess(profile, { kind, mode, higherLevel });
    if (!('code' in process)) return [{ provider, process, coordinates }];
    add(process.code, process.code === 'MODE_CLOSED' ? 'mode' : 'special', process.message, process.clauses);
    return [];
  });
}

function groupItems(form: FormValues, facts: ApplicationFacts, add: AddFinding): ItemGroup[] {
  const { mode, uncatalogued, special = false, coordinates = [] } = form;
  const groups = new Map<string, ItemGroup>();
  const groupOf = (kind: ApplicationKind, provider: string, higherLevel: boolean): ItemGroup => {
    const key = `${provider} ${kind}`;
    const group = groups.get(key) ?? { kind, provider, higherLevel, coordinates: [] };
    groups.set(key, group);
    return group;
  };
  for (const { coordinate, provider, shareType, higherLevel } of facts.items) {
    if (provider === facts.department) add('OWN_ITEM', 'coordinates', say('form.ownItem', { item: coordinate }));
    else if (shareType === 'UNCONDITIONAL' && mode !== 'BULK') {
      const message = say('form.unconditional', { item: coordinate });
      add('NO_APPLICATION_NEEDED', 'coordinates', message);
    } else {
      const kind = shareType === 'NOT_SHARED' ? 'NOT_SHARED' : 'CONDITIONAL';
      groupOf(special ? 'SPECIAL' : kind, provider, higherLevel).coordinates.push(coordinate);
    }
  }
  const published = new Set<string>(facts.items.map(({ coordinate }) => coordinate));
  for (const at of coordinates.filter((one) => !published.has(one))) {
    const message = say('form.notCatalogued', { item: at });
    add('ITEM_UNKNOWN', 'coordinates', message);
  }
  if (uncatalogued) {
    const provider = facts.providers.get(uncatalogued.provider);
    if (!provider) {
      const message = say('form.providerUnknown', { provider: uncatalogued.provider });
      add('PROVIDER_UNKNOWN', 'uncatalogued', message);
    } else if (uncatalogued.provider === facts.department) add('OWN_ITEM', 'uncatalogued', say('form.ownData'));
    else groupOf('UNCATALOGUED', uncatalogued.provider, provider.higherLevel);
  } else if (coordinates.length === 0) add('ITEMS_MISSING', 'coordinates', say('form.nameItems'));
  return [...groups.values()];
}

/** Checks that the department is one of the bodies with a procedure of their own. @source QZ-5.9a */
function checkBody({ applications }: Profile, { departmentName }: ApplicationFacts, add: AddFinding): void {
  const special = applications?.specialProcedure;
  const name = departmentName.replace(/(机关|部门|委员会|局|厅|办公室)$/, '');
  if (!special || special.value.bodies.some((body) => name.endsWith(body))) return;
  const message = say('form.specialBodies', { bodies: special.value.bodies.join('、'), department: departmentName });
  add('NOT_A_SPECIAL_BODY', 'special', message, special.clauses);
}
