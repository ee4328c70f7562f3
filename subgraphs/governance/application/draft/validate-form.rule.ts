import type { Coordinate, GrantMode, Role, ShareType } from '../../../../shared/kernel/index.js';
import type { Profile } from '../../../../shared/law/index.js';
import {
  resolveProcess,
  type ApplicationKind,
  type ApplicationPart,
  type ReviewProcess,
} from '../review/review-process.rule.js';

/** What was typed into an application so far. */
export interface FormValues {
  readonly scenario?: string | undefined;
  readonly special?: boolean | undefined;
  /** Persons who see it, where the procedure is special. */
  readonly applicants?: readonly string[] | undefined;
  readonly mode?: GrantMode | undefined;
  readonly coordinates?: readonly string[] | undefined;
  readonly uncatalogued?: { readonly provider: string; readonly description: string } | undefined;
  readonly duty?: string | undefined;
  readonly need?: string | undefined;
  readonly reason?: string | undefined;
  readonly use?: string | undefined;
  readonly uses?: readonly string[] | undefined;
  readonly scopeOfUse?: string | undefined;
  readonly securityMeasures?: string | undefined;
  readonly contactName?: string | undefined;
  readonly contactPhone?: string | undefined;
  readonly bulkFinding?: string | undefined;
  readonly rows?: readonly string[] | undefined;
  /** ISO 8601 instants. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly quotaPerDay?: number | undefined;
}
/** An item in force. */
export interface WantedItem {
  readonly coordinate: Coordinate;
  readonly provider: string;
  readonly shareType: ShareType;
  /** The provider belongs to a higher level of government than the hub's authority. */
  readonly higherLevel: boolean;
}
/** What the register and the catalogue say about it. */
export interface ApplicationFacts {
  readonly department: string;
  readonly departmentName: string;
  readonly scenarios: readonly string[];
  /** Live duties of the department, by id. */
  readonly duties: readonly string[];
  readonly posts: readonly string[];
  /** Roles that no other department has. */
  readonly soleRoles?: readonly Role[];
  /** Those of the wanted items that are in force. */
  readonly items: readonly WantedItem[];
  /** Departments that publish data, and their level against that of the hub's authority. */
  readonly providers: ReadonlyMap<string, { readonly higherLevel: boolean }>;
  /** ms since the epoch. */
  readonly now: number;
}
/** Something to correct before an application can be sent. */
export interface FormFinding {
  readonly code: string;
  /** Field of the form that it is about. */
  readonly part: string;
  readonly message: string;
  readonly clauses: readonly string[];
}
/** What goes to one provider. */
export interface ReviewPlan {
  readonly provider: string;
  readonly process: ReviewProcess;
  readonly coordinates: readonly Coordinate[];
}

/** Everything that keeps an application from being sent, told at once, and where it would go.
 *  @source HZ-3.4a, HZ-8.5b, QZ-2.4a, QZ-5.3d, QZ-5.9a, CZ-5.2a, YN-16c, YN-16d, YN-16e, YN-16f, YN-17a */
export function validateForm(
  profile: Profile,
  form: FormValues,
  facts: ApplicationFacts,
): { readonly findings: readonly FormFinding[]; readonly plans: readonly ReviewPlan[] } {
  const findings: FormFinding[] = [];
  const find = (code: string, part: string, message: string, clauses: readonly string[] = []) =>
    void findings.push({ code, part, message, clauses });
  const plans = plansOf(profile, form, facts, find);
  examineGround(profile, form, facts, find);
  examinePeriod(form, facts, find);
  const asked = new Map(plans.flatMap(({ process }) => process.parts).map((each) => [each.part, each]));
  for (const { part, clauses } of asked.values()) {
    const lack = PARTS[part];
    if (lack && !lack.given(form)) find('PART_MISSING', lack.field, lack.message, clauses);
  }
  for (const { process } of plans)
    for (const { by, clauses } of deciding(process))
      for (const role of by.filter((one) => facts.soleRoles?.includes(one)))
        find(
          'NO_OTHER_DECIDER',
          'department',
          `Only your own department acts as ${role}, and nobody decides what it asks for itself. Apply to the level above.`,
          clauses,
        );
  return { findings: distinct(findings), plans };
}

/** Who must agree, or coordinate. */
const deciding = ({
  steps,
  coordinated,
}: ReviewProcess): readonly { readonly by: readonly Role[]; readonly clauses: readonly string[] }[] =>
  coordinated ? [...steps, { by: ['authority'], clauses: coordinated }] : steps;

type Find = (code: string, part: string, message: string, clauses?: readonly string[]) => void;

function plansOf(profile: Profile, form: FormValues, facts: ApplicationFacts, find: Find): ReviewPlan[] {
  const { mode, uncatalogued, special = false } = form;
  if (!mode) {
    const asked = profile.applications?.content?.find(({ value }) => value.includes('SERVICE_KIND'))?.clauses;
    find('MODE_MISSING', 'mode', 'Choose how the data is to be used: QUERY, VERIFY, STATISTICS or BULK.', asked);
  }
  const groups = new Map<string, { kind: ApplicationKind; provider: string; higher: boolean; items: Coordinate[] }>();
  const add = (kind: ApplicationKind, provider: string, higher: boolean, item?: Coordinate) => {
    const key = `${provider} ${kind}`;
    const group = groups.get(key) ?? { kind, provider, higher, items: [] };
    groups.set(key, group);
    if (item) group.items.push(item);
  };
  for (const { coordinate, provider, shareType, higherLevel } of facts.items) {
    if (provider === facts.department)
      find('OWN_ITEM', 'coordinates', `${coordinate} is your own department's; it needs no application.`);
    else if (shareType === 'UNCONDITIONAL' && mode !== 'BULK')
      find(
        'NO_APPLICATION_NEEDED',
        'coordinates',
        `${coordinate} is shared with every department; leave it out and query it.`,
      );
    else
      add(
        special ? 'SPECIAL' : shareType === 'NOT_SHARED' ? 'NOT_SHARED' : 'CONDITIONAL',
        provider,
        higherLevel,
        coordinate,
      );
  }
  const known = new Set<string>(facts.items.map(({ coordinate }) => coordinate));
  for (const at of form.coordinates ?? [])
    if (!known.has(at))
      find(
        'ITEM_UNKNOWN',
        'coordinates',
        `${at} is not in the catalogue. Describe it in \`uncatalogued\` to ask for it.`,
      );
  if (uncatalogued) {
    const provider = facts.providers.get(uncatalogued.provider);
    if (!provider)
      find('PROVIDER_UNKNOWN', 'uncatalogued', `There is no department ${uncatalogued.provider} that provides data.`);
    else if (uncatalogued.provider === facts.department)
      find('OWN_ITEM', 'uncatalogued', 'What your own department has needs no application.');
    else add('UNCATALOGUED', uncatalogued.provider, provider.higherLevel);
  } else if ((form.coordinates ?? []).length === 0)
    find('ITEMS_MISSING', 'coordinates', 'Name the items, or describe in `uncatalogued` what the catalogue lacks.');
  if (special) examineBody(profile, facts, find);
  if (!mode) return [];
  return [...groups.values()].flatMap(({ kind, provider, higher, items }): ReviewPlan[] => {
    const process = resolveProcess(profile, { kind, mode, higherLevel: higher });
    if (!('code' in process)) return [{ provider, process, coordinates: items }];
    find(process.code, process.code === 'MODE_CLOSED' ? 'mode' : 'special', process.message, process.clauses);
    return [];
  });
}

/** Whether the department is one of the bodies with a procedure of their own. @source QZ-5.9a */
function examineBody({ applications }: Profile, { departmentName }: ApplicationFacts, find: Find): void {
  const special = applications?.specialProcedure;
  const name = departmentName.replace(/(机关|部门|委员会|局|厅|办公室)$/, '');
  if (special && !special.value.bodies.some((body) => name.endsWith(body)))
    find(
      'NOT_A_SPECIAL_BODY',
      'special',
      `The special procedure is for ${special.value.bodies.join('、')}; ${departmentName} is none of them.`,
      special.clauses,
    );
}

/** Scenario, duty and posts: on what ground the department may apply at all. */
function examineGround(profile: Profile, { scenario, duty }: FormValues, facts: ApplicationFacts, find: Find): void {
  const bound = profile.grants?.scenarioBound?.clauses ?? [];
  if (!scenario) find('SCENARIO_MISSING', 'scenario', 'Name the scenario in which the data is used.', bound);
  else if (!facts.scenarios.includes(scenario))
    find('SCENARIO_UNKNOWN', 'scenario', `Your department has no scenario "${scenario}".`, bound);
  const asked = profile.applications?.content?.find(({ value }) => value.includes('DUTY'))?.clauses ?? [];
  if (!duty) find('DUTY_MISSING', 'duty', 'Name the duty of your department that the data serves.', asked);
  else if (!facts.duties.includes(duty))
    find('DUTY_UNKNOWN', 'duty', `"${duty}" is no duty that your department has now.`, asked);
  for (const { value, clauses } of profile.persons?.named ?? [])
    for (const post of value)
      if (!facts.posts.includes(post))
        find('POST_VACANT', 'department', `Your department must first name its ${post}.`, clauses);
}

function examinePeriod({ from, until, rows, quotaPerDay }: FormValues, { now }: ApplicationFacts, find: Find): void {
  const begins = from === undefined ? now : Date.parse(from);
  if (until !== undefined && Date.parse(until) <= Math.max(begins, now))
    find('PERIOD_WRONG', 'until', 'The period must end after it begins, and not in the past.');
  for (const row of rows ?? [])
    if (!/^\d{2,12}$/.test(row)) find('ROWS_WRONG', 'rows', `"${row}" is no division code prefix (2 to 12 digits).`);
  if (rows?.length === 0) find('ROWS_WRONG', 'rows', '`rows` names no division; leave it out for all rows.');
  if (quotaPerDay !== undefined && quotaPerDay < 1) find('QUOTA_WRONG', 'quotaPerDay', 'A quota is at least 1 a day.');
}

const filled = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';
const wants = ({ coordinates = [], uncatalogued }: FormValues): boolean =>
  coordinates.length > 0 || uncatalogued !== undefined;

/** How each part that a law asks for is given; what is not listed is known without being typed. */
const PARTS: Partial<
  Record<ApplicationPart, { field: string; message: string; given: (form: FormValues) => boolean }>
> = {
  CONTACT: {
    field: 'contactPhone',
    message: 'Name a contact, `contactName` and `contactPhone`.',
    given: ({ contactName, contactPhone }) => filled(contactName) && filled(contactPhone),
  },
  NEED: { field: 'need', message: 'Say in `need` what is needed.', given: (form) => filled(form.need) && wants(form) },
  REASON: { field: 'reason', message: 'Say in `reason` why it is applied for.', given: ({ reason }) => filled(reason) },
  USE: {
    field: 'use',
    message: 'Say what it is used for, in `use` and by at least one of `uses`.',
    given: ({ use, uses = [] }) => filled(use) && uses.length > 0,
  },
  SCOPE_OF_USE: {
    field: 'scopeOfUse',
    message: 'Say in `scopeOfUse` who uses it and where.',
    given: ({ scopeOfUse }) => filled(scopeOfUse),
  },
  SECURITY_MEASURES: {
    field: 'securityMeasures',
    message: 'Say in `securityMeasures` how it is kept safe.',
    given: ({ securityMeasures }) => filled(securityMeasures),
  },
  BULK_FINDING: {
    field: 'bulkFinding',
    message: 'Say in `bulkFinding` why neither queries nor verification will do.',
    given: ({ bulkFinding }) => filled(bulkFinding),
  },
};

const distinct = (findings: readonly FormFinding[]): FormFinding[] => [
  ...new Map(findings.map((finding) => [`${finding.code} ${finding.part} ${finding.message}`, finding])).values(),
];
