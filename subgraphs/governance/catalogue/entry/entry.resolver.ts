import type { EntityManager } from '@mikro-orm/postgresql';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { Duty, vacancyOf } from '../../register/index.js';
import { cleanText, type GovernanceContext, omitNulls, findTextProblem } from '../../core/index.js';
import { ResourceDetails, ResourceInput } from './catalogue-input.js';
import { CatalogueFinding, CatalogueResult } from './catalogue-result.js';
import { describe } from './describe.js';
import { describesSecret, wrongDescription } from './describe.rule.js';
import { decided, onEntry, refuse, refused } from './entry-commands.js';
import { findingsOf } from '../checks/entry-findings.js';
import { EntryStore } from './entry-store.js';
import { stepsOf } from '../review/review.rule.js';
import { VERSION } from './version-argument.js';

const SECRET = 'State secrets are not on this platform. Use the channels of the law on secrecy; nothing was kept.';

/** What a provider does with its own entries: describe, submit, withdraw. @source HZ-5.3a, HZ-5.3b, QZ-9.2d, CZ-9.1d */
@Resolver()
export class EntryResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, {
    description: '新建目录条目\nOf data that no subgraph serves; a served one comes from its schema.',
  })
  async createResource(
    @Arg('input', () => ResourceInput) given: ResourceInput,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    const input = omitNulls(given);
    const { em, fetch, own } = context;
    if (describesSecret(input))
      return refuse('STATE_SECRET', SECRET, own.profile.stateSecrets?.clauses ?? ['HZ-7.3b', 'YN-2a']);
    const wrong = [...wrongDescription(input), findTextProblem('name', input.name, { max: 100 })].filter(
      (one) => one !== undefined,
    );
    if (!/^\d[\d/]{2,30}$/.test(input.code))
      wrong.push('`code` must be digits with a slash before the sequence number.');
    if (wrong.length > 0) return refuse('RESOURCE_MALFORMED', wrong.join(' '), [], wrong);
    return own.auditLog.transact(em, fetch, async (em) => {
      const store = new EntryStore(em, fetch, own.now);
      const { code, category, library } = input;
      if ((await store.open(code)) ?? (await store.standing(code)))
        return refused('RESOURCE_KNOWN', `There is an entry ${code} already.`);
      if (await isForeignDuty(em, input.duty, fetch.department))
        return refused('DUTY_UNKNOWN', `${fetch.department} has no function ${input.duty}.`);
      const row = {
        code,
        kind: 'DATA',
        name: cleanText(input.name),
        provider: fetch.department,
        category,
        library,
      } as const;
      const bare = { ...row, opennessBasis: [], legalBasis: [], related: [], supplement: false };
      const added = await store.add(bare, [], { act: 'DESCRIBE_RESOURCE' });
      const { resource } = await describe(added, [], input, store, { act: 'DESCRIBE_RESOURCE' });
      const findings = await findingsOf(em, resource, await store.itemsOf(resource), own.profile);
      return decided('DESCRIBE_RESOURCE', resource, {}, findings);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, { description: '补充目录条目说明\nOn an entry in force it begins a new revision.' })
  async describeResource(
    @Arg('code', () => String) code: string,
    @Arg(...VERSION) version: number,
    @Arg('details', () => ResourceDetails) given: ResourceDetails,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    const details = omitNulls(given);
    const { fetch, own } = context;
    if (describesSecret(details))
      return refuse('STATE_SECRET', SECRET, own.profile.stateSecrets?.clauses ?? ['HZ-7.3b', 'YN-2a']);
    const wrong = wrongDescription(details);
    if (wrong.length > 0) return refuse('RESOURCE_MALFORMED', wrong.join(' '), [], wrong);
    const chosen = {
      on: 'open',
      states: ['DRAFT', 'CHANGES_REQUESTED', 'PUBLISHED'],
      mine: isOf(fetch.department),
    } as const;
    return onEntry(context, { code, version }, chosen, async (entry, store, em) => {
      if (await isForeignDuty(em, details.duty, entry.provider))
        return refused('DUTY_UNKNOWN', `${entry.provider} has no function ${details.duty}.`);
      const draft = entry.state === 'PUBLISHED' ? await store.draftOf(entry, { act: 'DESCRIBE_RESOURCE' }) : entry;
      const items = await store.itemsOf(draft);
      const { resource, attributes, unknown } = await describe(draft, items, details, store, {
        act: 'DESCRIBE_RESOURCE',
      });
      if (unknown.length > 0) return refused('ITEM_UNKNOWN', `${code} has no item ${unknown.join(', ')}.`);
      const findings = await findingsOf(em, resource, await store.itemsOf(resource), own.profile);
      return decided('DESCRIBE_RESOURCE', resource, { attributes }, findings);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, { description: '提交目录条目\nRefused with everything that is wrong with it.' })
  submitResource(
    @Arg('code', () => String) code: string,
    @Arg(...VERSION) version: number,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    const { fetch, own } = context;
    const chosen = { on: 'open', states: ['DRAFT', 'CHANGES_REQUESTED'], mine: isOf(fetch.department) } as const;
    return onEntry(context, { code, version }, chosen, async (entry, store, em) => {
      const vacancy = await vacancyOf(em, entry.provider, own.profile);
      if (vacancy) return { result: { refusal: vacancy } };
      const findings = await findingsOf(em, entry, await store.itemsOf(entry), own.profile);
      const errors = findings.filter(({ severity }) => severity === 'ERROR');
      if (errors.length > 0) {
        const clauses = [...new Set(errors.flatMap((finding) => finding.clauses))];
        const details = errors.map((finding) => finding.message);
        const { refusal } = refuse(
          'RESOURCE_INCOMPLETE',
          `${errors.length} things are wrong with ${code}; nothing is lost.`,
          clauses,
          details,
        );
        return { result: { refusal, findings: findings.map((finding) => CatalogueFinding.of(finding)) } };
      }
      const submitted = await store.change(
        entry,
        {
          process: stepsOf(own.profile),
          reviews: [],
          submittedAt: new Date(own.now()),
          submittedBy: fetch.person ?? fetch.system,
        },
        { act: 'SUBMIT_RESOURCE', state: 'SUBMITTED' },
      );
      return decided('SUBMIT_RESOURCE', submitted, {}, findings);
    });
  }
}

const isOf = (department: string) => (entry: { readonly provider: string }) => entry.provider === department;

const isForeignDuty = async (em: EntityManager, id: string | undefined, department: string): Promise<boolean> =>
  id !== undefined && (await em.count(Duty, { id, department, endedAt: null })) === 0;
